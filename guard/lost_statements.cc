#include "guard/lost_statements.h"

#include <composelint/data_task.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <vector>

namespace composelint::guard {

namespace {

using Tokens = std::vector<std::string>;

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '"' ||
         c == '`' || static_cast<unsigned char>(c) >= 0x80;
}

// Words in lower case and single signs, the statements one behind the other; ';' stands between
// them. Strings are empty words.
Tokens tokens_of(std::string_view sql) {
  Tokens out;
  for (std::size_t at = 0; at < sql.size();) {
    const char c = sql[at];
    const std::string_view rest = sql.substr(at);
    if (rest.starts_with("--")) {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (rest.starts_with("/*") && !rest.starts_with("/*!")) {
      const std::size_t end = sql.find("*/", at + 2);
      at = end == std::string_view::npos ? sql.size() : end + 2;
    } else if (c == '\'') {
      at = std::min(sql.find('\'', at + 1), sql.size()) + 1;
      out.emplace_back("''");
    } else if (is_name(c)) {
      std::string word;
      for (; at < sql.size() && is_name(sql[at]); ++at) {
        if (sql[at] == '"' || sql[at] == '`') continue;
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql[at])));
      }
      out.push_back(std::move(word));
    } else {
      if (c == ';' || c == ',' || c == '(' || c == ')') out.emplace_back(1, c);
      ++at;
    }
  }
  out.emplace_back(";");
  return out;
}

class Statement {
 public:
  Statement(const Tokens& tokens, const std::set<std::string>& temporary)
      : tokens_(tokens), temporary_(temporary) {}

  [[nodiscard]] Statements read() const {
    Statements gravest = Statements::kNone;
    for (std::size_t at = 0; at < tokens_.size(); ++at) gravest = std::max(gravest, at_word(at));
    return gravest;
  }

 private:
  [[nodiscard]] bool is(std::size_t at, std::string_view word) const {
    return at < tokens_.size() && tokens_[at] == word;
  }

  [[nodiscard]] Statements at_word(std::size_t at) const {
    static constexpr std::array<std::string_view, 3> kWhole = {"database", "schema", "table"};
    const bool whole = at + 1 < tokens_.size() &&
                       std::find(kWhole.begin(), kWhole.end(), tokens_[at + 1]) != kWhole.end();
    if (is(at, "drop") && whole) return names_from(at + 2);
    if (is(at, "drop") && is(at + 1, "temporary") && is(at + 2, "table")) {
      return Statements::kBounded;
    }
    if (is(at, "drop") && (is(at + 1, "owned") || is(at + 1, "column"))) return Statements::kLose;
    // A function of this name has its parenthesis right behind it.
    if (is(at, "truncate") && !is(at + 1, "("))
      return names_from(at + (is(at + 1, "table") ? 2 : 1));
    if (is(at, "delete") && is(at + 1, "from")) {
      const bool some = std::find(tokens_.begin() + static_cast<std::ptrdiff_t>(at), tokens_.end(),
                                  "where") != tokens_.end();
      return some ? Statements::kBounded : names_from(at + 2);
    }
    return Statements::kNone;
  }

  // [IF EXISTS] [ONLY] a, b [CASCADE]
  [[nodiscard]] Statements names_from(std::size_t at) const {
    static constexpr std::array<std::string_view, 3> kBefore = {"exists", "if", "only"};
    bool any = false;
    for (bool due = true; at < tokens_.size(); ++at) {
      const std::string& word = tokens_[at];
      if (word == ",") {
        due = true;
      } else if (due && std::find(kBefore.begin(), kBefore.end(), word) == kBefore.end()) {
        any = true;
        due = false;
        if (!is_scratch(word)) return Statements::kLose;
      }
    }
    return any ? Statements::kBounded : Statements::kLose;
  }

  [[nodiscard]] bool is_scratch(const std::string& name) const {
    return temporary_.contains(name) || name.starts_with("pg_temp.") || says_scratch(name);
  }

  const Tokens& tokens_;
  const std::set<std::string>& temporary_;
};

// `create temp table x`, `create temporary table if not exists x`
std::set<std::string> temporary_tables(const Tokens& tokens) {
  std::set<std::string> out;
  for (std::size_t at = 0; at + 3 < tokens.size(); ++at) {
    const bool makes = tokens[at] == "create" &&
                       (tokens[at + 1] == "temp" || tokens[at + 1] == "temporary") &&
                       tokens[at + 2] == "table";
    if (!makes) continue;
    const std::size_t name = at + (tokens[at + 3] == "if" ? 6 : 3);
    if (name < tokens.size()) out.insert(tokens[name]);
  }
  return out;
}

}  // namespace

Statements statements_in(std::string_view sql) {
  const Tokens all = tokens_of(sql);
  const std::set<std::string> temporary = temporary_tables(all);
  Statements gravest = Statements::kNone;
  Tokens one;
  for (const std::string& token : all) {
    if (token != ";") {
      one.push_back(token);
      continue;
    }
    gravest = std::max(gravest, Statement(one, temporary).read());
    one.clear();
  }
  return gravest;
}

}  // namespace composelint::guard
