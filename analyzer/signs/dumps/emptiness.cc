#include "analyzer/signs/dumps/emptiness.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"

namespace composelint {

namespace {

// `COUNT(*) FROM information_schema.tables`.
bool counts_tables(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kCounts = {
      "count(",   "COUNT(",      "information_schema", "pg_tables",
      "pg_class", "show tables", "SHOW TABLES"};
  return has_one_of(text, kCounts);
}

// Some line sets the variable that the test begins with to such a count.
bool tests_a_count(std::string_view test, const SourceFile& file) {
  std::string_view name = test.substr(std::min(test.find('$'), test.size()));
  name.remove_prefix(std::min(name.find_first_not_of("${"), name.size()));
  name = leading_name(name);
  if (name.empty()) return false;
  const std::string set = std::string(name) + "=";
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    if (text.find(set) != std::string_view::npos && counts_tables(text)) return true;
  }
  return false;
}

// `[ "$(is_db_empty)" = 1 ]`, `[ "$TABLES" -eq 0 ]`.
bool finds_nothing(const Branch& branch) {
  static constexpr std::array<std::string_view, 6> kNothing = {"-eq 0", "= 0",  "= \"0\"",
                                                               "= '0'", "-lt ", "-z "};
  static constexpr std::array<std::string_view, 5> kOpposite = {"! ", "not", "non", "alse", "= no"};
  const std::string_view test = branch.condition.text();
  if (test.find("empty") != std::string_view::npos) {
    return !has_one_of(test, kOpposite) && !has_one_of(test, kNothing);
  }
  return has_one_of(test, kNothing) &&
         (counts_tables(test) || tests_a_count(test, *branch.condition.file));
}

}  // namespace

bool is_for_an_empty_database(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    const bool tests = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd;
    return tests && way.arm == 0 && branch.condition.file != nullptr && finds_nothing(branch);
  });
}

}  // namespace composelint
