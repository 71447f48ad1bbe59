#include "guard/repair.h"

#include <composelint/run.h>

#include <algorithm>
#include <utility>

#include "analyzer/engine/fix_pass.h"
#include "analyzer/shell/command_words.h"
#include "analyzer/text/edit.h"

namespace composelint::guard {

std::optional<std::vector<std::string>> repaired(const GuardedCommand& command,
                                                 const std::vector<Finding>& findings) {
  Run run;
  for (const Finding& finding : findings) {
    // What is only told is left as it is.
    const bool wrong = finding.severity >= Severity::kWarning;
    if (wrong && finding.span.file == command.text) run.findings.push_back(finding);
  }
  const engine::FixPass pass = engine::choose_fixes(
      run, FixSafety::kSafe, [&](const SourceFile& file) { return &file == command.text; });
  const auto edits = pass.edits.find(command.text);
  if (edits == pass.edits.end() || edits->second.empty()) return std::nullopt;
  Result<std::string> text = text::apply_edits(*command.text, edits->second);
  if (!text) return std::nullopt;
  std::optional<std::vector<std::string>> argv = shell::command_words(std::move(*text));
  if (!argv || *argv == command.argv) return std::nullopt;
  return argv;
}

}  // namespace composelint::guard
