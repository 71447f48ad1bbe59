#include "analyzer/signs/data/additive_change.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/dumps/fed_dump.h"

namespace composelint {

namespace {

// In lower case, one blank between words.
bool adds(std::string_view statement) {
  static constexpr std::array<std::string_view, 7> kMakes = {
      "create extension if not exists ", "create index concurrently if not exists ",
      "create index if not exists ",     "create schema if not exists ",
      "create table if not exists ",     "create unique index if not exists ",
      "create sequence if not exists "};
  static constexpr std::array<std::string_view, 4> kChanges = {" alter ", " drop ", " rename ",
                                                               " set "};
  if (statement.starts_with("grant ")) return true;
  if (statement.starts_with("alter table ")) {
    return statement.find(" add column if not exists ") != statement.npos &&
           !has_one_of(statement, kChanges);
  }
  return std::any_of(kMakes.begin(), kMakes.end(),
                     [&](std::string_view make) { return statement.starts_with(make); });
}

bool only_adds(std::string_view sql) {
  std::string text;
  for (const char c : lower_case(sql)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      text += c;
    } else if (!text.empty() && text.back() != ' ' && text.back() != ';') {
      text += ' ';
    }
  }
  bool some = false;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view statement = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(statement.size() + 1, rest.size()));
    if (statement.empty()) continue;
    if (!adds(statement)) return false;
    some = true;
  }
  return some;
}

}  // namespace

bool only_adds_what_is_missing(const Step& step) {
  static constexpr std::array<std::string_view, 4> kStatement = {"--command", "--execute", "-c",
                                                                 "-e"};
  const std::vector<Argument>& words = words_of_task(step);
  bool some = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (std::find(kStatement.begin(), kStatement.end(), words[i - 1].text) == kStatement.end()) {
      continue;
    }
    if (!words[i].known() || !only_adds(words[i].text)) return false;
    some = true;
  }
  return some;
}

}  // namespace composelint
