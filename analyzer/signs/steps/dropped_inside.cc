#include "analyzer/signs/steps/dropped_inside.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/calls/task.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/steps/inner_command.h"

namespace composelint {

namespace {

using Commands = std::vector<Command>;

std::vector<Argument> words_of(const Command& command) {
  const auto* simple = command.as<SimpleCommand>();
  if (simple == nullptr || simple->words.empty()) return {};
  return shell::expand(simple->words, shell::Scope()).front().arguments;
}

// The word that it throws a status away by, where it is one that does nothing.
std::string_view does_nothing(const Command& command) {
  const std::vector<Argument> words = words_of(command);
  if (words.size() == 1 && words.front().is("true")) return "|| true";
  if (words.size() == 1 && words.front().is(":")) return "|| :";
  if (words.size() == 2 && words.front().is("exit") && words.back().is("0")) return "|| exit 0";
  return {};
}

// `psql -c 'create schema x' || true`: it fails where that is there.
bool makes_room(const std::vector<Argument>& words) {
  std::string text;
  for (const Argument& word : words) text += word.text + " ";
  return only_makes_room(lower_case(text));
}

std::optional<DroppedInside> search(const Commands& commands, Effect effect);

// `a && b || true`: neither of them counts.
std::optional<DroppedInside> search(const AndOrList& list, Effect effect) {
  for (std::size_t i = 0; i + 1 < list.commands.size(); ++i) {
    if (list.operators[i] != ListOperator::kOr) continue;
    const std::string_view drop = does_nothing(list.commands[i + 1]);
    if (drop.empty()) continue;
    for (std::size_t k = 0; k <= i; ++k) {
      const std::vector<Argument> words = words_of(list.commands[k]);
      if (words.empty() || makes_room(words)) continue;
      const calls::Judgement task = calls::judge(words);
      if (task.effect == effect && task.role != Role::kMakesMigration) {
        return DroppedInside{task.effect_name, std::string(drop)};
      }
    }
  }
  return search(list.commands, effect);
}

// A task of a condition is asked for there; what stands in a branch or a loop is one of several.
std::optional<DroppedInside> search(const Commands& commands, Effect effect) {
  for (const Command& command : commands) {
    std::optional<DroppedInside> found;
    if (const auto* list = command.as<AndOrList>()) found = search(*list, effect);
    if (const auto* group = command.as<Group>()) found = search(group->body, effect);
    if (found) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<DroppedInside> dropped_inside(const Step& step, Effect effect) {
  const auto inner = inner_command_of(step);
  if (!inner || inner->opaque) return std::nullopt;
  const auto shell = shell_script_in(*inner->words);
  if (!shell) return std::nullopt;
  const auto script = shell::parse_script(shell::script_in((*inner->words)[shell->at]));
  return script ? search(script->commands, effect) : std::nullopt;
}

bool hands_out_status(const Step& step) {
  const auto inner = inner_command_of(step);
  const auto kept = step.out.kind == StreamKind::kCaptured || step.out.kind == StreamKind::kFile;
  return kept && inner &&
         std::any_of(inner->words->begin(), inner->words->end(),
                     [](const auto& w) { return w.text.find("$?") != std::string::npos; });
}

}  // namespace composelint
