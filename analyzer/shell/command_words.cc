#include "analyzer/shell/command_words.h"

#include <utility>

#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"

namespace composelint::shell {

std::optional<std::vector<std::string>> command_words(std::string text) {
  const SourceFile file("", std::move(text));
  const auto script = parse_script(whole_file(file));
  if (!script || script->commands.size() != 1 || !script->commands.front().redirects.empty()) {
    return std::nullopt;
  }
  const auto* simple = script->commands.front().as<SimpleCommand>();
  if (simple == nullptr || simple->words.empty() || !simple->assignments.empty()) {
    return std::nullopt;
  }
  const Scope nothing;
  const std::vector<Expansion> ways = expand(simple->words, nothing);
  std::vector<std::string> out;
  for (const Argument& word : ways.front().arguments) {
    if (!word.known()) return std::nullopt;
    out.push_back(word.text);
  }
  return out;
}

}  // namespace composelint::shell
