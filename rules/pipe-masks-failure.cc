#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/client_program.h"
#include "analyzer/signs/dumps/carried_dump.h"
#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_shell.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/pipefail.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/asked_between.h"
#include "analyzer/signs/words/tested_for_text.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint::rules {
namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool runs_tests(const std::vector<Argument>& words) {
  static constexpr std::array<std::string_view, 12> kRunners = {
      "bats",    "cypress", "jest",  "mocha", "phpunit", "playwright",
      "py.test", "pytest",  "rspec", "test",  "tox",     "vitest"};
  return std::any_of(words.begin(), words.end(), [](const Argument& word) {
    const std::string_view text = word.text;
    return word.known() && one_of(file_name(text), kRunners);
  });
}

// `run bench /bench/rpc.sh`: a job of continuous integration is there to hear how it ended.
bool runs_a_script(const Step& step) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || inner->words->empty()) return false;
  const Argument& program = inner->words->front();
  return program.known() && program.text.ends_with(".sh");
}

// Whether it went well is the point of the step.
bool matters(const Step& step) {
  static constexpr std::array<std::string_view, 3> kVerbs = {"build", "pull", "push"};
  static constexpr std::array<std::string_view, 3> kImages = {"image build", "image pull",
                                                              "image push"};
  if (step.launcher == Launcher::kNone) return false;
  if (step.effect == Effect::kImports || step.effect == Effect::kRestores) return true;
  if (step.role == Role::kClient && step.in.kind == StreamKind::kFile) return true;
  if (step.docker && one_of(step.docker->verb, kImages)) return true;
  if (const std::optional<InnerCommand> inner = inner_command_of(step)) {
    return !inner->opaque && runs_tests(*inner->words);
  }
  if (!step.call) return false;
  return one_of(step.call->verb, kVerbs) ||
         (step.call->is("up") && (step.call->has("--detach") || step.call->has("--wait") ||
                                  step.call->has("--exit-code-from")));
}

// Shows or keeps what it reads, and succeeds whatever that is.
bool shows(const Step& step) {
  static constexpr std::array<std::string_view, 13> kPrograms = {
      "awk", "cat", "column", "cut", "fold", "jq", "logger",
      "nl",  "sed", "tail",   "tee", "tr",   "ts"};
  const std::string_view program = program_name(step);
  // grep returns 1 where nothing is left to show; an error is left by `-v`.
  const bool sieves = program == "grep" &&
                      std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
                        return word.is("-v") || word.is("--invert-match");
                      });
  return sieves || one_of(program, kPrograms);
}

// `while read -r line; do echo "[web] $line"; done`: its last step; null where the loop does more
// than show the lines.
const Step* end_of_shown_lines(const Timeline& timeline, const Step& read) {
  static constexpr std::array<std::string_view, 4> kSay = {"echo", "logger", "printf", "tee"};
  if (program_name(read) != "read") return nullptr;
  const Step* last = nullptr;
  for (std::size_t i = index_of(timeline, read) + 1; i < timeline.steps.size(); ++i) {
    const Step& inside = timeline.steps[i];
    if (inside.pipeline != read.pipeline) break;
    if (!one_of(program_name(inside), kSay) || inside.conditions.empty()) return nullptr;
    last = &inside;
  }
  if (last == nullptr) return nullptr;
  // `case "$line" in *rror*) exit 1` is no step, but a way of its own.
  const Branch& loop = timeline.branches[last->conditions.back().branch];
  const bool parts =
      std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
        return branch.span != loop.span && contains(loop.span, branch.span);
      });
  return loop.kind == BranchKind::kWhile && !parts ? last : nullptr;
}

// Unpack what they read when they are told to.
constexpr std::array<std::string_view, 5> kUnpackers = {"bzip2", "gzip", "pigz", "xz", "zstd"};

constexpr std::array<std::string_view, 8> kUnpack = {"bunzip2", "bzcat", "gunzip", "unxz",
                                                     "unzstd",  "xzcat", "zcat",   "zstdcat"};

// Unpacks a stored dump: one that is cut off comes to an end early, and that as a failure.
bool unpacks(const Step& step) {
  const std::string_view program = program_name(step);
  if (step.launcher != Launcher::kNone || step.argv.size() < 2) return false;
  return one_of(program, kUnpack) || program == "gpg" ||
         (one_of(program, kUnpackers) && step.argv[1].text.starts_with("-") &&
          step.argv[1].text.find('d') != std::string::npos);
}

// `gunzip < dump.sql.gz`, `cat dump.sql.gz | gunzip`.
bool unpacks_what_it_is_fed(const Timeline& timeline, const Step& step) {
  if (step.launcher != Launcher::kNone || step.argv.size() != 1) return false;
  if (!one_of(program_name(step), kUnpack)) return false;
  const std::size_t here = index_of(timeline, step);
  const Step* before = here > 0 ? &timeline.steps[here - 1] : nullptr;
  return step.in.kind == StreamKind::kFile ||
         (before != nullptr && step.pipeline != 0 && before->pipeline == step.pipeline &&
          program_name(*before) == "cat");
}

// `gzip -t dump.sql.gz` before it.
bool is_tested_before(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [](const Step& other) {
           const std::string_view program = program_name(other);
           return (one_of(program, kUnpackers) || program == "gunzip" || program == "zcat") &&
                  std::any_of(other.argv.begin() + 1, other.argv.end(), [](const Argument& word) {
                    return word.is("--test") ||
                           (word.text.starts_with('-') && !word.text.starts_with("--") &&
                            word.text.find('t') != std::string::npos);
                  });
         }) != nullptr;
}

// In a container, or a client of the host in a script that drives containers.
bool is_of_the_stack(const Timeline& timeline, const Step& step) {
  if (step.launcher != Launcher::kNone) return true;
  const std::string_view program = program_name(step);
  return step.place != Place::kContainer && (is_mysql(program) || is_postgres(program)) &&
         drives_containers(timeline);
}

// The client that gets what `step` unpacks, be it through `sed` or `pv`; null where another stage
// unpacks it once more, or reads no more than its beginning.
const Step* fed_by(const Timeline& timeline, const Step& step) {
  const Step* stage = next_stage(timeline, step);
  while (stage != nullptr && !stage->last_in_pipeline) {
    const bool hands_on =
        stage->launcher == Launcher::kNone && !unpacks(*stage) && program_name(*stage) != "head";
    stage = hands_on ? next_stage(timeline, *stage) : nullptr;
  }
  return stage;
}

// `gunzip -c dump.sql.gz | docker compose exec -T db psql`: a client takes what comes for all there
// is.
bool look_at_restore(const Step& step, RuleContext& context) {
  if (!unpacks(step) && !unpacks_what_it_is_fed(*context.timeline(), step)) return false;
  const Step* client = fed_by(*context.timeline(), step);
  if (client == nullptr || client->role != Role::kClient ||
      !is_of_the_stack(*context.timeline(), *client) ||
      is_tested_before(*context.timeline(), step)) {
    return true;
  }
  if (client->status != StatusUse::kStops && client->status != StatusUse::kDecides) return true;
  const std::string program(program_name(step));
  Finding& finding = context.report(
      step.span,
      "when " + quoted(program) +
          " fails half-way, as on a file that is cut off, the pipeline exits "
          "0 with the status of " +
          quoted(task_text(*client)) + ": part of the data is restored, and passes for all",
      {program, "restore"});
  finding.related.push_back({client->span, "its status is all that counts"});
  if (auto fix = set_pipefail(*context.timeline(), step)) finding.fixes.push_back(std::move(*fix));
  return true;
}

// `tar cz dump.sql | age > archive; rm dump.sql`: the only dump goes behind a copy that may be cut
// off.
bool look_at_packing(const Step& step, RuleContext& context) {
  const Timeline& timeline = *context.timeline();
  std::vector<WrittenPath> paths = copied_by(step);
  if (program_name(step) == "cat" && step.argv.size() == 2) paths.push_back(path_of(step.argv[1]));
  if (paths.empty()) return false;
  const WrittenPath* gone = nullptr;
  const Step* removal = first_after(timeline, step, [&](const Step& other) {
    if (!same_place(other, step) || other.conditions != step.conditions) return false;
    gone = removed_of(paths, other);
    return gone != nullptr && is_a_dump(timeline, step, *gone);
  });
  if (removal == nullptr || output_read_between(timeline, step, *removal) ||
      status_read_between(timeline, step, *removal)) {
    return false;
  }
  const std::string program(program_name(step));
  Finding& finding = context.report(
      step.span,
      "when " + quoted(program) +
          " fails half-way, the pipeline exits 0 with the status of its last command: `rm` on " +
          line_of(removal->span, step.span) +
          " removes the dump all the same, and no copy of it is left",
      {program, "rm"});
  finding.related.push_back({removal->span, "removes the dump"});
  if (auto fix = set_pipefail(timeline, step)) finding.fixes.push_back(std::move(*fix));
  return true;
}

// `[ "$running" -eq "$all" ]`, where both are counted of what Compose lists.
bool look_at_counts(const Step& step, RuleContext& context) {
  const Timeline& timeline = *context.timeline();
  if (!is_compared_with_another_count(timeline, step)) return false;
  const std::string what = step.call ? short_form(*step.call) : "docker " + step.docker->verb;
  Finding& finding =
      context.report(asked_at(step),
                     "when " + quoted(what) +
                         " fails, `wc` counts 0 and exits 0: so it does for the other count, and "
                         "the test takes the two for equal",
                     {what, "wc"});
  // Without errexit nothing asks what `a=$(…)` ends with, pipefail or not.
  const Step& count = timeline.steps[index_of(timeline, step) + 1];
  if (count.status != StatusUse::kStops) return true;
  if (auto fix = set_pipefail(timeline, step)) finding.fixes.push_back(std::move(*fix));
  return true;
}

void on_step(const Step& step, RuleContext& context) {
  if (step.status == StatusUse::kMasked && context.timeline() != nullptr &&
      !reads_pipestatus(step) &&
      (look_at_restore(step, context) || look_at_packing(step, context) ||
       look_at_counts(step, context))) {
    return;
  }
  if (step.status != StatusUse::kMasked || context.timeline() == nullptr) return;
  if (!matters(step) && !(context.context() == Context::kCi && runs_a_script(step))) return;
  if (reads_pipestatus(step)) return;
  const Timeline& timeline = *context.timeline();
  const Step* last = nullptr;
  std::string_view shown_by;
  for (const Step* stage = next_stage(timeline, step); stage != nullptr;
       stage = next_stage(timeline, *stage)) {
    const Step* loop = end_of_shown_lines(timeline, *stage);
    if (loop == nullptr && !shows(*stage)) return;
    last = loop == nullptr ? stage : loop;
    shown_by = loop == nullptr ? program_name(*stage) : "while";
  }
  if (last == nullptr || !last->last_in_pipeline) return;
  if (last->out.kind == StreamKind::kCaptured && is_tested_for_text(timeline, step)) return;
  // Nobody would have heard of the failure anyway.
  const bool ends = index_of(timeline, *last) + 1 == timeline.steps.size();
  const bool heard = last->status == StatusUse::kStops || last->status == StatusUse::kDecides;
  if (!heard && !(ends && last->status == StatusUse::kUnchecked)) return;
  const Span place = asked_at(step);
  const std::string what = step.call     ? short_form(*step.call)
                           : step.docker ? "docker " + step.docker->verb
                                         : task_text(step);
  const std::string end = heard && last->status == StatusUse::kStops ? ", and the script goes on"
                          : heard                                    ? ", and passes for done"
                                                                     : ", and so does the script";
  Finding& finding =
      context.report(place,
                     "when " + quoted(what) + " fails, the pipeline exits 0 with the status of " +
                         quoted(shown_by) + end,
                     {what, std::string(shown_by)});
  finding.related.push_back({last->span, "its status is all that counts"});
  if (auto fix = set_pipefail(timeline, step)) finding.fixes.push_back(std::move(*fix));
}

// One `set -o pipefail` mends all pipes of a shell, and one `defaults: run: shell: bash` those of
// a workflow.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> shells;
  std::vector<Finding*> jobs;
  for (Finding* finding : findings) {
    (is_a_workflow(*finding->span.file) ? jobs : shells).push_back(finding);
  }
  tell_once_a_shell(shells);
  tell_once_a_file(facts, jobs);
}

constexpr Example kExamples[] = {{
    .unsafe = "#!/bin/bash\n"
              "set -e\n"
              "docker compose build app | tee build.log\n"
              "docker compose up -d app\n",
    .safe = "#!/bin/bash\n"
            "set -eo pipefail\n"
            "docker compose build app | tee build.log\n"
            "docker compose up -d app\n",
}};

}  // namespace

COMPOSELINT_RULE(pipe_masks_failure) = {
    .slug = "pipe-masks-failure",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A result that the script relies on is lost in a pipe",
    .rationale =
        "A pipeline exits with the status of its last command, so under `set -e` a build that is "
        "piped into `tee` may fail and the deployment goes on with the old image; a test run piped "
        "into a log is green whatever the tests say (measured with bash and Compose 2.40.3: 0 "
        "without `pipefail`, the task's own code with it). `gunzip -c dump.sql.gz | … psql` "
        "restores what "
        "a truncated file still holds, and passes for a whole restore. A `tar` that fails half-way "
        "into a cipher leaves half a copy, and "
        "`rm` of the dump behind it no other.",
    .silent_on =
        "Pipelines under `set -o pipefail`, scripts that read PIPESTATUS. Pipelines whose failure "
        "nobody would hear of anyway, and those into a variable that is then asked for text "
        "(`[ -n \"$rows\" ] || exit`), unless one count of what the engine lists is compared with "
        "another. Archives that are tested before (`gzip -t`). Commands that "
        "only show something, programs that are asked a "
        "question of what they read (`grep -q`, `grep WORD`). Dumps, of which "
        "dump-pipe-without-pipefail tells, "
        "and migrations, of which migration-failure-ignored does.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 252,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
