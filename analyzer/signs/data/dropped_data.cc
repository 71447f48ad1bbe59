#include "analyzer/signs/data/dropped_data.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"

namespace composelint {

namespace {

// The name behind `drop table if exists`, `create table if not exists`.
std::string_view named_behind(std::string_view text) {
  for (const std::string_view word : {" ", "if ", "not ", "exists "}) {
    if (text.starts_with(word)) text.remove_prefix(word.size());
  }
  return text.substr(0, text.find_first_of(" ;(\n\"'"));
}

// `create table probe (…); drop table probe`: a write that is tried, and nothing of before.
bool has_made(std::string_view before, std::string_view kind, std::string_view name) {
  const std::string make = "create " + std::string(kind);
  for (std::size_t at = before.find(make); at != before.npos; at = before.find(make, at + 1)) {
    if (named_behind(before.substr(at + make.size())) == name) return !name.empty();
  }
  return false;
}

// `truncate events; copy events from …`: what goes is loaded anew by the same statements.
bool empties_for_good(std::string_view statements) {
  constexpr std::string_view kTruncate = "truncate ";
  for (std::size_t at = statements.find(kTruncate); at != statements.npos;
       at = statements.find(kTruncate, at + 1)) {
    std::string_view rest = statements.substr(at + kTruncate.size());
    if (rest.starts_with("table ")) rest.remove_prefix(6);
    const std::string name(named_behind(rest));
    const auto loads = [&](const char* verb) {
      const std::size_t found = rest.find(verb + name);
      return found != rest.npos &&
             named_behind(rest.substr(found + std::string_view(verb).size())) == name;
    };
    if (name.empty() || name.back() == ',' || !(loads("copy ") || loads("insert into ")))
      return true;
  }
  return false;
}

}  // namespace

bool drops_data(std::string_view statements) {
  static constexpr std::array<std::string_view, 3> kKinds = {"database", "schema", "table"};
  const auto drops = [&](std::string_view kind) {
    const std::string drop = "drop " + std::string(kind);
    for (std::size_t at = statements.find(drop); at != statements.npos;
         at = statements.find(drop, at + 1)) {
      const std::string_view name = named_behind(statements.substr(at + drop.size()));
      if (!has_made(statements.substr(0, at), kind, name)) return true;
    }
    return false;
  };
  return statements.find("drop owned") != statements.npos || empties_for_good(statements) ||
         std::any_of(kKinds.begin(), kKinds.end(), drops);
}

}  // namespace composelint
