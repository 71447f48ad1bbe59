#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

std::string_view without_quotes(std::string_view text) {
  while (text.starts_with('"') || text.starts_with('\'')) text.remove_prefix(1);
  while (text.ends_with('"') || text.ends_with('\'')) text.remove_suffix(1);
  return text;
}

// Another command in the same container names the file that `<` opens on this machine.
const Step* looks_there(const Step& step, const Timeline& timeline) {
  if (step.in.kind != StreamKind::kFile) return nullptr;
  const std::string_view path = without_quotes(step.in.target.span.text());
  const auto same = [&](const Step& other) {
    if (&other == &step || !other.docker || !other.docker->is("container exec")) return false;
    const auto& theirs = other.docker->operands;
    const auto& own = step.docker->operands;
    if (theirs.empty() || own.empty() || theirs.front().span.text() != own.front().span.text()) {
      return false;
    }
    // A name in a variable may be one on either side, unless the container is asked for it.
    const auto& inner = other.docker->inner;
    if (inner.empty() || (!path.starts_with('/') && !inner.front().is("test"))) return false;
    return std::any_of(inner.begin(), inner.end(), [&](const Argument& word) {
      return without_quotes(word.span.text()) == path;
    });
  };
  const auto found = std::find_if(timeline.steps.begin(), timeline.steps.end(), same);
  return found == timeline.steps.end() ? nullptr : &*found;
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.docker || step.place == Place::kContainer || context.timeline() == nullptr) return;
  const DockerInvocation& call = *step.docker;
  if (!call.is("container exec") || call.inner.empty() || call.opaque_options) return;
  if (call.has("--interactive") || call.has("--detach")) return;
  if (!is_fed(step) || !feeds_it_alone(step)) return;
  const std::string program =
      call.inner.front().known() ? quoted(call.inner.front().text) : std::string("the command");
  const std::string name =
      call.operands.empty() || !call.operands.front().known() ? "" : call.operands.front().text;
  if (const Step* other = looks_there(step, *context.timeline())) {
    const std::string path(without_quotes(step.in.target.span.text()));
    Finding& finding = context.report(
        step.in.span,
        quoted("<") + " opens " + quoted(path) + " on this machine, not in the container" +
            (name.empty() ? "" : " " + quoted(name)) + ": where there is no such file here " +
            program + " does not even start",
        {"docker exec", name, call.inner.front().text});
    finding.related.push_back({other->span, "here it is a path in the container"});
    return;
  }
  Finding& finding = context.report(
      call.verb_span,
      "without -i nothing of it arrives: " + program + (name.empty() ? "" : " in " + quoted(name)) +
          " sees an empty standard input, and the line ends as if all were well",
      {"docker exec", name, call.inner.front().text});
  finding.related.push_back({step.in.span, "this is dropped"});
  // `-it` would stop at once: input that is no terminal.
  if (call.has("--tty")) return;
  if (auto fix = add_option(call, "-i")) finding.fixes.push_back(std::move(*fix));
}

// What is dropped differs from place to place; `<` for a file of the container is one slip.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> opened;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(opened),
               [](const Finding* each) { return each->span.text().starts_with('<'); });
  tell_once_a_file(facts, opened);
}

constexpr Example kExamples[] = {{
    .unsafe = "gunzip -c app.sql.gz | docker exec app_db psql -U app appdb\n",
    .safe = "gunzip -c app.sql.gz | docker exec -i app_db psql -U app appdb\n",
}};

}  // namespace

COMPOSELINT_RULE(docker_exec_without_i) = {
    .slug = "docker-exec-without-i",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Data is piped into docker exec, and there is no -i to let it in",
    .rationale =
        "Plain `docker exec` passes standard input on only with `-i`. Without it the command "
        "inside reads nothing: `psql` restores an empty file, ends with 0, and the data is "
        "dropped without a word (measured with engine 20.10). `docker compose exec` is "
        "interactive unless told otherwise. `<` is the host's: where the file is in the container "
        "-i does not help, and none is written, which is told once a file.",
    .silent_on =
        "Input that belongs to a loop or a group around the command, `< /dev/null`, and lines "
        "with unknown options.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
