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

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

// `copy events (…) from`, `insert into events … select`: the whole of it comes in again.
bool loads(std::string_view statement, const std::string& name) {
  const auto does = [&](const std::string& verb, std::string_view how) {
    if (!statement.starts_with(verb + name)) return false;
    const std::string_view rest = statement.substr(verb.size() + name.size());
    return !rest.empty() && (rest.front() == ' ' || rest.front() == '(') &&
           rest.find(how) != rest.npos;
  };
  return does("copy ", " from ") || does("insert into ", "select ");
}

// Of `truncate events; copy events from …` what goes is loaded anew by the same statements.
bool empties_for_good(std::string_view statements) {
  constexpr std::string_view kTruncate = "truncate ";
  for (std::size_t at = statements.find(kTruncate); at != statements.npos;
       at = statements.find(kTruncate, at + 1)) {
    std::string_view rest = without_blanks(statements.substr(at + kTruncate.size()));
    if (rest.starts_with("table ")) rest = without_blanks(rest.substr(6));
    const std::string name(named_behind(rest));
    // `cascade` and a second name empty more than that.
    rest = without_blanks(rest.substr(name.size()));
    bool again = false;
    while (!name.empty() && !again && rest.starts_with(';')) {
      rest = without_blanks(rest.substr(1));
      again = loads(rest.substr(0, rest.find(';')), name);
      rest = rest.substr(std::min(rest.find(';'), rest.size()));
    }
    if (!again) return true;
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
