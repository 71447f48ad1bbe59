// The simple commands of a script, wherever they stand in it.
#pragma once

#include <composelint/argument.h>
#include <composelint/shell.h>

#include <type_traits>
#include <vector>

#include "analyzer/shell/expand.h"

namespace composelint::guard {

// `take(command, simple)` gets each one, those of functions and of substitutions as well; where it
// can, `take(command, loop)` each `for` before its body.
template <typename Each>
void each_command(const std::vector<Command>& commands, const Each& take);

template <typename Each>
void each_in_word(const Word& word, const Each& take) {
  for (const WordPart& part : word.parts) each_command(part.commands, take);
}

template <typename Each>
void each_command(const std::vector<Command>& commands, const Each& take) {
  for (const Command& command : commands) {
    if (const auto* simple = command.as<SimpleCommand>()) {
      take(command, *simple);
      for (const Word& word : simple->words) each_in_word(word, take);
      for (const Assignment& each : simple->assignments) each_in_word(each.value, take);
    } else if (const auto* pipeline = command.as<Pipeline>()) {
      each_command(pipeline->commands, take);
    } else if (const auto* list = command.as<AndOrList>()) {
      each_command(list->commands, take);
    } else if (const auto* group = command.as<Group>()) {
      each_command(group->body, take);
    } else if (const auto* clause = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : clause->branches) {
        each_command(branch.condition, take);
        each_command(branch.body, take);
      }
    } else if (const auto* loop = command.as<LoopClause>()) {
      each_command(loop->condition, take);
      each_command(loop->body, take);
    } else if (const auto* each = command.as<ForClause>()) {
      if constexpr (std::is_invocable_v<Each, const Command&, const ForClause&>) {
        take(command, *each);
      }
      each_command(each->body, take);
    } else if (const auto* choice = command.as<CaseClause>()) {
      for (const CaseClause::Item& item : choice->items) each_command(item.body, take);
    } else if (const auto* function = command.as<FunctionDefinition>()) {
      if (function->body) each_command(*function->body, take);
    }
  }
}

// The words of one as far as its own text tells.
[[nodiscard]] inline std::vector<Argument> expanded(const SimpleCommand& simple) {
  const shell::Scope nothing;
  return simple.words.empty() ? std::vector<Argument>()
                              : shell::expand(simple.words, nothing).front().arguments;
}

}  // namespace composelint::guard
