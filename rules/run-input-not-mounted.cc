#include <composelint/inner_command.h>
#include <composelint/mounts.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

// The step of this machine that writes the file, by redirect.
const Step* writer_of(const Timeline& timeline, const Step& step, std::string_view path) {
  return last_before(timeline, step, [&](const Step& other) {
    return same_place(other, step) && other.out.kind == StreamKind::kFile &&
           other.out.target.known() && other.out.target.text == path;
  });
}

// `docker cp dump.sql db:/dump.sql` brings it in.
bool is_brought_in(const Timeline& timeline, std::string_view path) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    const bool copies =
        (step.call && step.call->is("cp")) || (step.docker && step.docker->is("container cp"));
    return copies && std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
             return !word.known() ||
                    word.text.find(path.substr(path.rfind('/'))) != std::string::npos ||
                    word.text.ends_with('/');
           });
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (!inner || inner->opaque || name == nullptr || project == nullptr || project->partial) return;
  const Service* service = project->service(name->text);
  const Timeline* timeline = context.timeline();
  if (service == nullptr || timeline == nullptr) return;
  for (std::size_t i = 1; i < inner->words->size(); ++i) {
    const Argument& word = (*inner->words)[i];
    if (!word.known() || !word.text.starts_with('/') || word.text.starts_with("/dev/")) continue;
    if (may_be_mounted(*service, call, word.text)) continue;
    const Step* writer = writer_of(*timeline, step, word.text);
    if (writer == nullptr || is_brought_in(*timeline, word.text)) continue;
    Finding& finding = context.report(
        word.place(),
        quoted(word.text) + " is a file of this machine, written on " + "line " +
            std::to_string(writer->span.file->line_of(writer->span.begin)) + "; no mount of " +
            quoted(name->text) + " covers it: " + quoted(inner->line) + " does not find it",
        {call.verb, name->text, word.text});
    finding.related.push_back({writer->out.span, "written here"});
    finding.related.push_back({service->span, "the service is declared here"});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "curl -fsS https://example.org/orders.csv > /tmp/orders.csv\n"
              "docker compose run --rm app ./bin/import /tmp/orders.csv\n",
    .safe = "curl -fsS https://example.org/orders.csv > /tmp/orders.csv\n"
            "docker compose run --rm -v /tmp:/tmp app ./bin/import /tmp/orders.csv\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(run_input_not_mounted) = {
    .slug = "run-input-not-mounted",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A command in a container is told to read a file that only the host has",
    .rationale =
        "A container sees of the host what its mounts show. `run app import /tmp/orders.csv` after "
        "`curl … > /tmp/orders.csv` ends with `No such file` (measured with Compose 2.40.3), or "
        "reads an old file of the same name in the image. Standard input or `-v` bring it in.",
    .silent_on =
        "Paths below a mount, files that the script does not write itself, files that `docker cp` "
        "or `compose cp` may bring in.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
