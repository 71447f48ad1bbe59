#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/steps/docker_terminal.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// With -i alone the command would read on in the script that this shell is fed.
std::optional<Fix> without_both(const OptionUse& use) {
  const std::string_view text = use.span.text();
  const std::string_view bytes = use.span.file->bytes();
  if ((text != "-it" && text != "-ti") || bytes.substr(use.span.end, 1) != " ") {
    return std::nullopt;
  }
  return Fix{
      "Leave -it out", FixSafety::kSafe, {{{use.span.file, use.span.begin, use.span.end + 1}, ""}}};
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.docker || step.place == Place::kContainer) return;
  const DockerInvocation& call = *step.docker;
  if (!call.is("container exec") || !call.has("--tty") || call.opaque_options) return;
  const std::string what = harm_of_terminal(step, context.timeline());
  if (what.empty()) return;
  const OptionUse& use = *call.option("--tty");
  const std::string name = call.operands.empty() || !call.operands.front().known()
                               ? std::string("docker exec")
                               : "docker exec " + call.operands.front().text;
  Finding& finding = context.report(
      use.span, quoted(written_option(use)) + " forces a terminal: " + quoted(name) + " " + what,
      {name});
  if (auto related = stream_of_terminal(step)) finding.related.push_back(std::move(*related));
  auto fix = is_fed_with_the_script(step) ? without_both(use) : without_terminal(use);
  if (fix) finding.fixes.push_back(std::move(*fix));
}

// What gets CRLF does so in all of its places, and what a script without a terminal is fed to stops
// in all of them; others may stop for another reason.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> writing;
  std::map<std::uint32_t, std::vector<Finding*>> fed;
  for (Finding* finding : findings) {
    if (finding->message.find(" writes CRLF ") != std::string::npos) {
      writing.push_back(finding);
    } else if (!finding->related.empty() &&
               finding->related.front().span.end <= finding->span.begin) {
      fed[finding->related.front().span.begin].push_back(finding);
    }
  }
  tell_once_a_file(facts, writing);
  for (const auto& [from, all] : fed) tell_once_a_file(facts, all);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker exec -t app_db pg_dump -U app appdb > app.sql\n",
    .safe = "docker exec app_db pg_dump -U app appdb > app.sql\n",
}};

}  // namespace

COMPOSELINT_RULE(docker_exec_tty_redirected) = {
    .slug = "docker-exec-tty-redirected",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "docker exec -t forces a terminal although its output or input is redirected",
    .rationale =
        "Plain `docker exec -t` takes its user at their word: the command gets a terminal, every "
        "line of the file ends in CRLF, and standard error lands in it as well. A dump made that "
        "way cannot be restored as it is. With `-it` the same line stops from cron with `the "
        "input device is not a TTY`, exit code 1; with `-t` alone it goes on and writes the CRLF "
        "(measured with engine 20.10). "
        "What is written so is reported once a file, and what stops once a here-document.",
    .silent_on =
        "Shells whose session is recorded; output that only gets shown (`| grep`, `| less`, `| "
        "jq`, `| tee` into a log) or that has its carriage returns taken out (`| tr -d '\\r'`), "
        "where it is no dump; logs that `exec >update.log` sends all of a script into.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
