#include "analyzer/signs/data/dropped_data.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
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

// The table of `copy events (…) from`, `insert into events … select`: the whole of it comes in
// again. Empty: the statement is none of these.
std::string_view loaded_by(std::string_view statement) {
  const auto table = [&](std::string_view verb, std::string_view how) -> std::string_view {
    if (!statement.starts_with(verb)) return {};
    const std::string_view rest = statement.substr(verb.size());
    const std::size_t end = rest.find_first_of(" (");
    return end != rest.npos && rest.find(how, end) != rest.npos ? rest.substr(0, end)
                                                                : std::string_view();
  };
  const std::string_view copied = table("copy ", " from ");
  return copied.empty() ? table("insert into ", "select ") : copied;
}

// Where each table is loaded last.
std::map<std::string_view, std::size_t> loads_of(std::string_view statements) {
  std::map<std::string_view, std::size_t> out;
  for (std::size_t at = 0; at < statements.size();) {
    const std::size_t end = std::min(statements.find(';', at), statements.size());
    const std::string_view table = loaded_by(without_blanks(statements.substr(at, end - at)));
    if (!table.empty()) out[table] = at;
    at = end + 1;
  }
  return out;
}

// Of `truncate events; copy events from …` what goes is loaded anew by the same statements.
bool empties_for_good(std::string_view statements) {
  constexpr std::string_view kTruncate = "truncate ";
  std::size_t at = statements.find(kTruncate);
  if (at == statements.npos) return false;
  const std::map<std::string_view, std::size_t> loads = loads_of(statements);
  for (; at != statements.npos; at = statements.find(kTruncate, at + 1)) {
    std::string_view rest = without_blanks(statements.substr(at + kTruncate.size()));
    if (rest.starts_with("table ")) rest = without_blanks(rest.substr(6));
    const std::string_view name = named_behind(rest);
    const auto load = loads.find(name);
    // `cascade` and a second name empty more than that.
    const bool alone = without_blanks(rest.substr(name.size())).starts_with(';');
    if (!alone || load == loads.end() || load->second <= at) return true;
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
