#include "tests/report/sample.h"

namespace composelint::report {

namespace {

constexpr const char* kScript =
    "#!/bin/sh\n"
    "cd /srv/shop\n"
    "docker compose run app ./manage.py migrate\n"
    "\tdocker-compose exec db pg_dump -U \"größe\" > dump.sql   # nightly\n"
    "$DC run $TASK\n";

constexpr const char* kCompose =
    "services:\n"
    "  app:\n"
    "    image: shop\n"
    "  db:\n"
    "    image: postgres\n";

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run app ./manage.py migrate",
    .safe = "docker compose run --rm app ./manage.py migrate",
    .compose = "services:\n  app:\n    image: shop\n",
}};

constexpr Rule kRunWithoutRm = {
    .slug = "run-without-rm",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A one-off container is left behind",
    .rationale =
        "`docker compose run` keeps its container after the command has ended, and the container "
        "keeps its anonymous volumes.\n\nThey pile up:\n\n- `docker compose down` leaves them "
        "alone, because they are no part of what it started, and says so only in a warning\n"
        "- a later `run --name` of the same name fails\n",
    .silent_on =
        "A script that removes the container itself:\n\n```sh\ndocker compose rm -f\n```\n",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 459,
};

constexpr Rule kDump = {
    .slug = "exec-redirect-without-t",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kNote},
    .summary = "A terminal | between program and file",
    .rationale = "The terminal turns line feeds into CR LF.",
    .silent_on = "",
    .examples = {},
    .fix = FixKind::kOffer,
};

constexpr const Rule* kRules[] = {&kDump, &kRunWithoutRm};

Finding left_behind(const Sample& sample) {
  const Span run = place_of(sample.script, "run app");
  Finding finding;
  finding.rule = "run-without-rm";
  finding.span = {run.file, run.begin, run.begin + 3};
  finding.message = "`run app` leaves its container behind";
  finding.key = {"shop", "app", "run"};
  finding.context = "ops";
  finding.related = {{place_of(sample.compose, "app"), "the service is declared here"}};
  finding.fixes = {
      {"Add --rm", FixSafety::kSafe, {{{run.file, run.begin + 3, run.begin + 3}, " --rm"}}}};
  return finding;
}

Finding broken_dump(const Sample& sample) {
  const Span exec = place_of(sample.script, "exec");
  Finding finding;
  finding.rule = "exec-redirect-without-t";
  finding.severity = Severity::kError;
  finding.confidence = Confidence::kMedium;
  finding.span = place_of(sample.script, "> dump.sql");
  finding.message = "dump.sql gets carriage returns, and messages among the data";
  finding.key = {"shop", "db", "exec", "pg_dump"};
  finding.context = "ci";
  finding.fixes = {{"Replace docker-compose",
                    FixSafety::kUnsafe,
                    {{place_of(sample.script, "docker-compose"), "docker compose"},
                     {{exec.file, exec.end, exec.end}, " -T"}}}};
  return finding;
}

std::unique_ptr<Step> step(const SourceFile& script, std::string_view text) {
  auto result = std::make_unique<Step>();
  result->span = place_of(script, text);
  result->call.emplace();
  result->call->span = result->span;
  return result;
}

Argument word(std::string text) {
  Argument argument;
  argument.text = std::move(text);
  return argument;
}

void add_calls(Sample& sample) {
  auto known = step(sample.script, "docker compose run app ./manage.py migrate");
  known->directory = "/srv/shop";
  known->call->verb = "run";
  known->call->operands = {word("app")};
  known->call->inner = {word("./manage.py"), word("migrate")};
  known->call->effect = Effect::kMigrates;
  known->call->effect_name = "Django migration";
  known->call->target.project = &sample.project;
  auto unknown = step(sample.script, "$DC run $TASK");
  unknown->call->verb = "run";
  unknown->call->program = ComposeProgram::kStandalone;
  unknown->call->resolved_by = ResolvedBy::kVariable;
  unknown->call->global_options = {{"--file", {}, word("prod.yml")}};
  unknown->call->operands = {word("")};
  unknown->call->operands[0].holes = {{0, "TASK"}};
  unknown->call->target.why_unknown = "the working directory is not known";
  unknown->place = Place::kRemote;
  unknown->place_name = "db.example.org";
  sample.run.calls = {{known.get(), Context::kOps, "task deploy", ""},
                      {unknown.get(), Context::kCi, "directory tests", "smoke"}};
  sample.steps.push_back(std::move(known));
  sample.steps.push_back(std::move(unknown));
}

}  // namespace

Span place_of(const SourceFile& file, std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(file.bytes().find(text));
  return {&file, begin, begin + static_cast<std::uint32_t>(text.size())};
}

Sample::Sample() : script("ops/deploy now.sh", kScript), compose("compose.yaml", kCompose) {
  project.name.value = "shop";
  project.files = {&compose};
  run.findings = {left_behind(*this), broken_dump(*this)};
  Finding allowed = left_behind(*this);
  allowed.fixes.clear();
  allowed.related.clear();
  allowed.span = place_of(script, "run $TASK");
  run.suppressed = {{std::move(allowed), place_of(script, "# nightly"), "kept for its logs"}};
  run.notifications = {{Severity::kError, "shut.sh", {}, "cannot read shut.sh: Permission denied"},
                       {Severity::kWarning, "compose.yaml", place_of(compose, "db"), "odd name"}};
  run.stats = {3, 1, 2, 2};
  add_calls(*this);
}

std::span<const Rule* const> sample_rules() {
  return kRules;
}

}  // namespace composelint::report
