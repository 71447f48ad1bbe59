#include <algorithm>
#include <array>

#include "guard/lines.h"
#include "guard/parse.h"

namespace composelint::guard {

namespace {

// Takes a word off the front.
std::string_view take_word(std::string_view& rest) {
  rest = trimmed(rest);
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

// "app-db-1" of "3c7dfeef9c52_app-db-1": what is recreated goes by that name for a while.
std::string_view own_name(std::string_view name) {
  constexpr std::size_t kId = 12;
  if (name.size() <= kId + 1 || name[kId] != '_') return name;
  const std::string_view id = name.substr(0, kId);
  const bool hex = id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return hex ? name.substr(kId + 1) : name;
}

}  // namespace

std::vector<PlannedAction> parse_dry_run(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kKinds = {"Container", "Network", "Volume"};
  constexpr std::string_view kMode = "DRY-RUN MODE -";
  std::vector<PlannedAction> actions;
  while (!text.empty()) {
    std::string_view line = trimmed(take_line(text));
    if (line.starts_with(kMode)) line.remove_prefix(kMode.size());
    const std::string_view kind = take_word(line);
    if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end()) continue;
    const std::string_view name = take_word(line);
    const std::string_view action = take_word(line);
    if (action.empty()) continue;
    actions.push_back({std::string(kind), std::string(own_name(name)), std::string(action)});
  }
  return actions;
}

}  // namespace composelint::guard
