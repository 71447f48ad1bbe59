#include "analyzer/signs/steps/exits.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

bool is_exit(const Command& command) {
  if (const auto* list = command.as<AndOrList>()) return is_exit(list->commands.back());
  const auto* simple = command.as<SimpleCommand>();
  return simple != nullptr && !simple->words.empty() && simple->words[0].literal() &&
         simple->words[0].literal_text() == "exit";
}

bool looks_where_it_is(const Command& command) {
  const auto* list = command.as<AndOrList>();
  if (list == nullptr || list->operators.back() != ListOperator::kOr) return false;
  const std::string_view test = list->commands.front().span.text();
  const std::size_t option = test.find(" -");
  const bool asks = (test.starts_with('[') || test.starts_with("test ")) && option != test.npos;
  return asks && std::string_view("defs").find(test[option + 2]) != std::string_view::npos &&
         test.find('/') == test.npos && test.find('$') == test.npos &&
         is_exit(list->commands.back());
}

}  // namespace composelint
