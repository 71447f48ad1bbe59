#include "analyzer/signs/steps/called_under_errexit.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "analyzer/signs/steps/sets_errexit.h"

namespace composelint {

namespace {

bool holds(Span outer, Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

bool is_asked(const std::vector<Command>& commands, Span call);

// Whether errexit rests at a command within this one.
bool is_asked(const Command& command, Span call) {
  if (!holds(command.span, call)) return false;
  if (command.background) return true;
  if (command.as<Pipeline>() != nullptr) return true;
  if (const auto* list = command.as<AndOrList>()) {
    return !holds(list->commands.back().span, call) || is_asked(list->commands.back(), call);
  }
  if (const auto* group = command.as<Group>()) return is_asked(group->body, call);
  if (const auto* clause = command.as<IfClause>()) {
    return std::all_of(clause->branches.begin(), clause->branches.end(), [&](const auto& branch) {
      return std::none_of(branch.body.begin(), branch.body.end(), [&](const Command& each) {
        return holds(each.span, call) && !is_asked(each, call);
      });
    });
  }
  if (const auto* loop = command.as<ForClause>()) return is_asked(loop->body, call);
  if (const auto* choice = command.as<CaseClause>()) {
    return std::any_of(choice->items.begin(), choice->items.end(),
                       [&](const CaseClause::Item& item) { return is_asked(item.body, call); });
  }
  if (const auto* function = command.as<FunctionDefinition>()) {
    return is_asked(*function->body, call);
  }
  return command.as<SimpleCommand>() == nullptr;
}

bool is_asked(const std::vector<Command>& commands, Span call) {
  return std::any_of(commands.begin(), commands.end(),
                     [&](const Command& command) { return is_asked(command, call); });
}

bool is_set_before(const Script& script, Span call) {
  const std::size_t option = script.shebang.find(" -");
  bool set = option != script.shebang.npos &&
             script.shebang.find('e', option) != std::string::npos &&
             script.shebang.find("env ") == script.shebang.npos;
  for (const Command& command : script.commands) {
    if (command.span.begin >= call.begin) break;
    if (const auto* simple = command.as<SimpleCommand>()) {
      set = sets_errexit(*simple).value_or(set);
    }
  }
  return set;
}

bool is_off_at(const std::vector<Command>& commands, Span call);

bool is_off_behind(const Command& command, Span call) {
  const auto within = [&](const std::vector<Command>& body) { return is_off_at(body, call); };
  if (const auto* list = command.as<AndOrList>()) return within(list->commands);
  if (const auto* group = command.as<Group>()) {
    return (!group->subshell || holds(command.span, call)) && within(group->body);
  }
  if (const auto* clause = command.as<IfClause>()) {
    return std::any_of(clause->branches.begin(), clause->branches.end(),
                       [&](const IfClause::Branch& branch) { return within(branch.body); });
  }
  if (const auto* loop = command.as<LoopClause>()) return within(loop->body);
  if (const auto* loop = command.as<ForClause>()) return within(loop->body);
  if (const auto* choice = command.as<CaseClause>()) {
    return std::any_of(choice->items.begin(), choice->items.end(),
                       [&](const CaseClause::Item& item) { return within(item.body); });
  }
  const auto* function = command.as<FunctionDefinition>();
  return function != nullptr && within(*function->body);
}

// `set +e` on some way to the call, also in the function around it or in an `if`.
bool is_off_at(const std::vector<Command>& commands, Span call) {
  bool off = false;
  for (const Command& command : commands) {
    if (command.span.begin >= call.begin) break;
    const auto* simple = command.as<SimpleCommand>();
    const auto set = simple != nullptr ? sets_errexit(*simple) : std::nullopt;
    off = set ? !*set : off || is_off_behind(command, call);
  }
  return off;
}

}  // namespace

bool is_called_under_errexit(const Script& script, const Step& step) {
  return !step.called_from.empty() && step.called_from.front().file == script.file &&
         is_set_before(script, step.called_from.front()) &&
         std::none_of(step.called_from.begin(), step.called_from.end(), [&](Span call) {
           return is_asked(script.commands, call) || is_off_at(script.commands, call);
         });
}

}  // namespace composelint
