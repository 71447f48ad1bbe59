#include "guard/repair.h"

#include <composelint/run.h>

#include <algorithm>

#include "analyzer/engine/fix_pass.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"
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
  const SourceFile file("<command line>", std::move(*text));
  const auto script = shell::parse_script(shell::whole_file(file));
  if (!script || script->commands.size() != 1 || !script->commands.front().redirects.empty()) {
    return std::nullopt;
  }
  const auto* simple = script->commands.front().as<SimpleCommand>();
  if (simple == nullptr || simple->words.empty() || !simple->assignments.empty()) {
    return std::nullopt;
  }
  const shell::Scope nothing;
  const std::vector<shell::Expansion> ways = shell::expand(simple->words, nothing);
  std::vector<std::string> argv;
  for (const Argument& word : ways.front().arguments) {
    if (!word.known()) return std::nullopt;
    argv.push_back(word.text);
  }
  if (argv == command.argv) return std::nullopt;
  return argv;
}

}  // namespace composelint::guard
