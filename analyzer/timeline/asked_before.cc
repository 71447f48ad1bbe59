#include "analyzer/timeline/asked_before.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

// `[ "$1" = logs ]`: a look at variables, which changes nothing and says the same the next time. Of
// files only the machine knows.
bool compares_variables(const std::vector<Command>& condition) {
  static constexpr std::array<std::string_view, 6> kElsewhere = {"$(",      "`",  "RANDOM",
                                                                 "SECONDS", ":=", "EPOCH"};
  const auto* test = condition.size() == 1 ? condition.front().as<SimpleCommand>() : nullptr;
  if (test == nullptr || test->words.empty()) return false;
  const std::string name = test->words.front().literal_text();
  const std::string_view text = span_of(condition).text();
  return (name == "[" || name == "[[" || name == "test") &&
         std::none_of(kElsewhere.begin(), kElsewhere.end(),
                      [&](std::string_view part) { return text.find(part) != text.npos; }) &&
         std::none_of(test->words.begin(), test->words.end(), [](const Word& word) {
           const std::string option = word.literal_text();
           return option.size() == 2 && option[0] == '-' && option != "-n" && option != "-z";
         });
}

}  // namespace

bool is_asked_before(const IfClause& clause, std::size_t arm) {
  const std::string_view text = span_of(clause.branches[arm].condition).text();
  for (std::size_t i = arm; compares_variables(clause.branches[i].condition); --i) {
    if (i < arm && span_of(clause.branches[i].condition).text() == text) return true;
    if (i == 0) break;
  }
  return false;
}

}  // namespace composelint::timeline
