#include "guard/lost_statements.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "guard/statement_words.h"

namespace composelint::guard {

namespace {

using Tokens = std::vector<std::string>;

class Statement {
 public:
  Statement(const Tokens& tokens, const std::set<std::string>& temporary)
      : tokens_(tokens), temporary_(temporary) {}

  [[nodiscard]] Statements read() const {
    if (only_explains()) return Statements::kBounded;
    Statements gravest = Statements::kNone;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      gravest = std::max(gravest, at_word(at));
      // What goes on and on like that is not for anybody to understand.
      if (gravest == Statements::kLose || steps_ > kMostSteps) return Statements::kLose;
    }
    return gravest;
  }

 private:
  [[nodiscard]] bool is(std::size_t at, std::string_view word) const {
    return at < tokens_.size() && tokens_[at] == word;
  }

  // `explain delete from a`: the plan alone, unless ANALYZE has it run.
  [[nodiscard]] bool only_explains() const {
    static constexpr std::array<std::string_view, 3> kVerbs = {"desc", "describe", "explain"};
    const bool explains = !tokens_.empty() &&
                          std::find(kVerbs.begin(), kVerbs.end(), tokens_.front()) != kVerbs.end();
    return explains && std::none_of(tokens_.begin(), tokens_.end(), [](const std::string& word) {
             return word == "analyze" || word == "analyse";
           });
  }

  [[nodiscard]] Statements at_word(std::size_t at) const {
    static constexpr std::array<std::string_view, 3> kWhole = {"database", "schema", "table"};
    const bool whole = at + 1 < tokens_.size() &&
                       std::find(kWhole.begin(), kWhole.end(), tokens_[at + 1]) != kWhole.end();
    if (is(at, "drop") && whole) return names_from(at + 2);
    if (is(at, "replace") && is(at - 1, "or") && is(at + 1, "table")) return names_from(at + 2);
    if (is(at, "drop") && is(at + 1, "temporary") && is(at + 2, "table")) {
      return Statements::kBounded;
    }
    if (is(at, "drop") && (is(at + 1, "owned") || is(at + 1, "column"))) return Statements::kLose;
    if (is(at, "drop") && is(0, "alter") && is(1, "table")) return dropped_from_table(at + 1);
    // A function of this name has its parenthesis right behind it.
    if (is(at, "truncate") && !is(at + 1, "("))
      return names_from(at + (is(at + 1, "table") ? 2 : 1));
    if (is(at, "delete") && is(at + 1, "from")) {
      return is_bounded_from(at + 2) ? Statements::kBounded : names_from(at + 2);
    }
    if (is(at, "update")) return update(at);
    if (is(at, "merge") && is(at + 1, "into")) return merge(at + 2);
    // With the columns of its types, wherever they are.
    const bool typed = is(at + 1, "extension") || is(at + 1, "type") || is(at + 1, "domain");
    if (is(at, "drop") && typed && tokens_.back() == "cascade") return Statements::kLose;
    return Statements::kNone;
  }

  // ALTER TABLE a DROP b: a column, unless it says what else; a partition goes with its rows.
  [[nodiscard]] Statements dropped_from_table(std::size_t at) const {
    static constexpr std::array<std::string_view, 12> kOthers = {
        "check", "constraint", "default", "expression", "foreign", "identity",
        "index", "key",        "not",     "period",     "primary", "system"};
    const bool other = at >= tokens_.size() ||
                       std::find(kOthers.begin(), kOthers.end(), tokens_[at]) != kOthers.end();
    if (other) return Statements::kNone;
    static constexpr std::array<std::string_view, 3> kBefore = {"exists", "if", "only"};
    std::size_t name = 2;
    while (name < at && std::find(kBefore.begin(), kBefore.end(), tokens_[name]) != kBefore.end()) {
      ++name;
    }
    return is_scratch(tokens_[name]) ? Statements::kBounded : Statements::kLose;
  }

  // UPDATE [ONLY] a SET …, and not `on update`, `for update`, `on conflict do update set`
  [[nodiscard]] Statements update(std::size_t at) const {
    static constexpr std::array<std::string_view, 12> kBefore = {
        "(",    ")",       "analyse", "analyze", "as",   "begin",
        "else", "explain", "json",    "loop",    "then", "verbose"};
    static constexpr std::array<std::string_view, 3> kBetween = {"ignore", "low_priority", "only"};
    const auto one_of = [&](const auto& words, std::size_t index) {
      return index < tokens_.size() &&
             std::find(words.begin(), words.end(), tokens_[index]) != words.end();
    };
    if (at > 0 && !one_of(kBefore, at - 1)) return Statements::kNone;
    std::size_t name = at + 1;
    while (one_of(kBetween, name)) ++name;
    const auto rest = tokens_.begin() + static_cast<std::ptrdiff_t>(std::min(name, tokens_.size()));
    steps_ += tokens_.size() - at;
    if (is(name, "set") || std::find(rest, tokens_.end(), "set") == tokens_.end()) {
      return Statements::kNone;
    }
    const bool bounded = is_bounded_from(name + 1) || is_scratch(tokens_[name]);
    return bounded ? Statements::kBounded : Statements::kLose;
  }

  // MERGE INTO [ONLY] a USING b ON … WHEN MATCHED [AND …] THEN DELETE: rows that ON finds, unless
  // it finds all; those that the other one has not, where it says so.
  [[nodiscard]] Statements merge(std::size_t at) const {
    if (is(at, "only")) ++at;
    if (at >= tokens_.size() || is_scratch(tokens_[at])) return Statements::kBounded;
    const auto until = [&](std::size_t from, std::string_view word) {
      const auto begin = tokens_.begin() + static_cast<std::ptrdiff_t>(from);
      return static_cast<std::size_t>(std::find(begin, tokens_.end(), word) - tokens_.begin());
    };
    std::size_t when = until(at, "when");
    const std::size_t on = until(at, "on");
    const bool all = on >= when || holds_for_all(on + 1, when);
    while (when < tokens_.size()) {
      const std::size_t then = until(when, "then");
      const bool ends = is(then + 1, "delete") || is(then + 1, "update");
      const std::size_t also = until(when, "and");
      const bool some = also < then && !holds_for_all(also + 1, then);
      const bool others = until(when, "source") < then;
      if (ends && !some && (all || (others && is(then + 1, "delete")))) return Statements::kLose;
      when = until(std::min(then, tokens_.size()), "when");
      steps_ += tokens_.size() - at;
    }
    return Statements::kBounded;
  }

  // A WHERE of its own, and not of a subquery or of what stands around it, that leaves rows out.
  [[nodiscard]] bool is_bounded_from(std::size_t at) const {
    int depth = 0;
    for (; at < tokens_.size() && depth >= 0; ++at, ++steps_) {
      depth += is(at, "(") ? 1 : is(at, ")") ? -1 : 0;
      if (depth == 0 && is(at, "where")) return !holds_for_all(at + 1);
    }
    return false;
  }

  // `true`, `1 = 1`, `id = 3 or 1 = 1`
  [[nodiscard]] bool holds_for_all(std::size_t at, std::size_t end = std::string::npos) const {
    int depth = 0;
    bool all = true;  // of the part between two ORs
    Tokens one;
    const auto end_of_one = [&] {
      all = all && is_always_true(one);
      one.clear();
    };
    for (; at < std::min(end, tokens_.size()); ++at, ++steps_) {
      depth += is(at, "(") ? 1 : is(at, ")") ? -1 : 0;
      if (depth < 0 || (depth == 0 && (is(at, "returning") || is(at, "limit")))) break;
      if (is(at, "and")) {
        end_of_one();
      } else if (is(at, "or")) {
        end_of_one();
        if (all) return true;
        all = true;
      } else if (!is(at, "(") && !is(at, ")")) {
        one.push_back(tokens_[at]);
      }
    }
    end_of_one();
    return all;
  }

  static bool is_always_true(const Tokens& one) {
    if (one.size() == 1) {
      return one[0] == "true" || one[0].find_first_not_of("0123456789") == std::string::npos;
    }
    if (one.size() == 2) return one[0] == "not" && one[1] == "false";
    return one.size() == 3 && one[1] == "=" && one[0] == one[2];
  }

  // [IF EXISTS] [ONLY] a, b [CASCADE]
  [[nodiscard]] Statements names_from(std::size_t at) const {
    static constexpr std::array<std::string_view, 3> kBefore = {"exists", "if", "only"};
    bool any = false;
    for (bool due = true; at < tokens_.size(); ++at, ++steps_) {
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
    return temporary_.contains(name) || name.starts_with("pg_temp.") || names_what_is_scratch(name);
  }

  static constexpr std::size_t kMostSteps = 4'000'000;

  const Tokens& tokens_;
  const std::set<std::string>& temporary_;
  mutable std::size_t steps_ = 0;
};

// `create temp table x`, `create temporary table if not exists x`
void add_temporary_tables(const Tokens& tokens, std::set<std::string>& out) {
  for (std::size_t at = 0; at + 3 < tokens.size(); ++at) {
    const bool makes = tokens[at] == "create" &&
                       (tokens[at + 1] == "temp" || tokens[at + 1] == "temporary") &&
                       tokens[at + 2] == "table";
    if (!makes) continue;
    const std::size_t name = at + (tokens[at + 3] == "if" ? 6 : 3);
    if (name < tokens.size()) out.insert(tokens[name]);
  }
}

// What such a statement does is seen, with words of its strings or without.
bool is_plain(const Tokens& statement) {
  static constexpr std::array<std::string_view, 9> kPlain = {
      "analyze", "begin", "commit", "insert", "select", "set", "show", "values", "vacuum"};
  return std::find(kPlain.begin(), kPlain.end(), statement.front()) != kPlain.end();
}

}  // namespace

void StatementPieces::add(std::string_view piece) {
  if (unread_) return;
  rest_ += piece;
  if (rest_.size() < worth_reading_) return;
  read(true);
  worth_reading_ = 2 * rest_.size();  // else a long statement would be read over and over
  unread_ = rest_.size() > kLongest;
}

Statements StatementPieces::finish() {
  read(false);
  for (const Tokens& one : losing_)
    gravest_ = std::max(gravest_, Statement(one, temporary_).read());
  losing_.clear();
  return gravest_ == Statements::kNone && plain_ && !others_ ? Statements::kBounded : gravest_;
}

void StatementPieces::read(bool more) {
  if (in_rows_) {
    const std::size_t end = rest_.find(kEndOfRows);
    in_rows_ = end == std::string::npos;
    // The sign may be cut through.
    const std::size_t keep = std::min(rest_.size(), kEndOfRows.size() - 1);
    rest_.erase(0, in_rows_ ? rest_.size() - keep : end + kEndOfRows.size());
    if (in_rows_) return;
  }
  StatementReader reader(rest_, strings_, more);
  Tokens one;
  while (reader.read(one)) take(one);
  in_rows_ = reader.in_rows();
  const std::size_t keep = in_rows_ ? std::min(rest_.size(), kEndOfRows.size() - 1) : 0;
  rest_.erase(0, in_rows_ ? rest_.size() - keep : reader.done());
}

void StatementPieces::take(const Tokens& one) {
  add_temporary_tables(one, temporary_);
  const Statements read = Statement(one, temporary_).read();
  if (read == Statements::kNone && !one.empty()) (is_plain(one) ? plain_ : others_) = true;
  // A table that is made anew as a temporary one is dropped before that.
  if (read == Statements::kLose && losing_.size() < kMostKept) {
    losing_.push_back(one);
  } else {
    gravest_ = std::max(gravest_, read);
  }
}

Statements statements_in(std::string_view sql, Strings strings) {
  StatementPieces all(strings);
  all.add(sql);
  return all.finish();
}

}  // namespace composelint::guard
