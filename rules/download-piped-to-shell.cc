#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool downloads(const Step& step) {
  const std::string_view program = program_name(step);
  if (program != "curl" && program != "wget") return false;
  return std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
    return word.text.starts_with("http://") || word.text.starts_with("https://");
  });
}

// A shell whose standard input is the script: no script is named, none given with -c.
bool reads_a_script(const Step& step) {
  static constexpr std::array<std::string_view, 5> kShells = {"ash", "bash", "dash", "sh", "zsh"};
  const std::string_view program = program_name(step);
  if (std::find(kShells.begin(), kShells.end(), program) == kShells.end()) return false;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    if (!word.known() || word.text == "-c") return false;
    if (word.text == "-" || word.text == "-s" || word.text == "--") return true;
    if (!word.text.starts_with('-')) return false;
  }
  return true;
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || !downloads(step) || step.place == Place::kContainer) return;
  const Step* shell = next_stage(*context.timeline(), step);
  if (shell == nullptr || !reads_a_script(*shell)) return;
  context.report(join(step.span, shell->span),
                 quoted(program_name(*shell)) + " runs what " + quoted(program_name(step)) +
                     " brings while it still comes in: a broken connection leaves half of it done",
                 {std::string(program_name(step)), std::string(program_name(*shell))});
}

constexpr Example kExamples[] = {{
    .unsafe = "curl -fsSL https://get.docker.com | sh\n",
    .safe = "curl -fsSL https://get.docker.com -o get-docker.sh && sh get-docker.sh\n",
}};

}  // namespace

COMPOSELINT_RULE(download_piped_to_shell) = {
    .slug = "download-piped-to-shell",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A download is run while it still comes in",
    .rationale =
        "A shell runs a script line by line as it arrives. When the connection breaks it has run "
        "the first half, and without pipefail the pipeline ends with the status of the last "
        "command of that half. Nobody has seen the text, and the next run may get another one. A "
        "file can be looked at, compared with a checksum, and is run whole or not at all.",
    .silent_on = "Downloads into a file or into a program that is no shell; `sh -c`.",
    .examples = kExamples,
    .cwe = 494,
    .on_step = on_step,
};

}  // namespace composelint::rules
