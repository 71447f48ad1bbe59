#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/streams.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

bool says_the_same(const Argument& one, const Argument& other) {
  return one.text == other.text &&
         std::equal(one.holes.begin(), one.holes.end(), other.holes.begin(), other.holes.end(),
                    [](const Hole& a, const Hole& b) { return a.at == b.at && a.name == b.name; });
}

// `docker exec app test -f FILE`, `docker exec app wc -c < FILE`: the file is the container's, and
// the shell of this machine opens it. Null where nothing says so.
const Step* looked_for_inside(const Timeline& timeline, const Step& step) {
  if (step.in.kind != StreamKind::kFile) return nullptr;
  return last_before(timeline, step, [&](const Step& other) {
    return other.docker && other.docker->is("container exec") && other.docker->inner.size() > 2 &&
           other.docker->inner.front().is("test") &&
           says_the_same(other.docker->inner.back(), step.in.target);
  });
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.docker || step.place == Place::kContainer) return;
  const DockerInvocation& call = *step.docker;
  if (!call.is("container exec") || call.inner.empty() || call.opaque_options) return;
  if (call.has("--interactive") || call.has("--detach")) return;
  if (!is_fed(step) || !feeds_it_alone(step)) return;
  const std::string program =
      call.inner.front().known() ? quoted(call.inner.front().text) : std::string("the command");
  const std::string name =
      call.operands.empty() || !call.operands.front().known() ? "" : call.operands.front().text;
  const Timeline* timeline = context.timeline();
  if (const Step* look = timeline != nullptr ? looked_for_inside(*timeline, step) : nullptr) {
    const Span written = step.in.target.place();
    Finding& finding = context.report(
        call.verb_span,
        quoted(written ? written.text() : "<") +
            " is opened on this machine, and it is a file of the container: the line fails before " +
            program + " is started",
        {"docker exec", name, call.inner.front().text});
    finding.related.push_back({look->span, "looked for in the container here"});
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
        "interactive unless told otherwise.",
    .silent_on =
        "Input that belongs to a loop or a group around the command, `< /dev/null`, and lines "
        "with unknown options.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
};

}  // namespace composelint::rules
