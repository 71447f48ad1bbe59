#include <composelint/inner_command.h>
#include <composelint/mounts.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>

namespace composelint::rules {
namespace {

bool names_output(std::string_view option) {
  static constexpr std::array<std::string_view, 7> kOptions = {
      "--out", "--outfile", "--out-file", "--output", "--output-file", "--output-dir", "--outdir"};
  return std::find(kOptions.begin(), kOptions.end(), option) != kOptions.end();
}

struct Output {
  Span span;
  std::string path;
};

// `--out /tmp/x`, `--out=/tmp/x`.
std::optional<Output> output_of(const std::vector<Argument>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!words[i].known()) continue;
    const std::size_t equals = words[i].text.find('=');
    if (!names_output(words[i].text.substr(0, equals))) continue;
    if (equals != std::string::npos)
      return Output{words[i].place(), words[i].text.substr(equals + 1)};
    if (i + 1 < words.size() && words[i + 1].known())
      return Output{words[i + 1].place(), words[i + 1].text};
  }
  return std::nullopt;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || !call.is("run") || !call.has("--rm") || call.opaque_options) return;
  // A dump that stays inside of a container is another rule's.
  if (call.effect == Effect::kDumps || call.has("--detach")) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || project->partial) return;
  const Service* service = project->service(name->text);
  const std::optional<Output> output = output_of(*inner->words);
  if (service == nullptr || !output || !output->path.starts_with('/')) return;
  if (lies_below(output->path, "/dev") || lies_below(output->path, "/proc")) return;
  if (may_be_mounted(*service, call, output->path)) return;
  Finding& finding = context.report(
      output->span,
      quoted(output->path) + " lies in the container's own layer: --rm removes it when " +
          quoted(short_form(call)) + " ends",
      {"run", name->text, output->path});
  finding.related.push_back({service->span, "no mount of " + quoted(name->text) + " covers it"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm app ./bin/export --out /tmp/orders.csv\n",
    .safe = "docker compose run --rm app ./bin/export --out /exports/orders.csv\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    volumes:\n      - "
               "./exports:/exports\n",
}};

}  // namespace

COMPOSELINT_RULE(run_output_lost) = {
    .slug = "run-output-lost",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kWarning},
    .summary = "The result is written where --rm removes it",
    .rationale =
        "What a one-off writes outside of its mounts is in its own layer, and with `--rm` that is "
        "gone when the task ends (measured with Compose 2.40.3): the export ran, with 0, and there "
        "is no file. A mount, `run -v`, or standard output keep it.",
    .silent_on =
        "Paths below a mount of the service or of `-v`, relative paths, `run` without `--rm`, "
        "scripts of `sh -c`, which may hand the file on themselves.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
