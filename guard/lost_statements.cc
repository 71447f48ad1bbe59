#include "guard/lost_statements.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace composelint::guard {

namespace {

using Tokens = std::vector<std::string>;

constexpr std::string_view kEndOfRows = "\n\\.";

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '"' ||
         c == '`' || static_cast<unsigned char>(c) >= 0x80;
}

// SQL in words of lower case and single signs. Strings are empty words.
class Reader {
 public:
  // `more`: another piece follows, and what stands at the end may go on in it.
  Reader(std::string_view sql, Strings strings, bool more)
      : sql_(sql), strings_(strings), more_(more) {}

  // The next statement; false: none that has an end.
  bool read(Tokens& statement) {
    out_.clear();
    ended_ = false;
    while (at_ < sql_.size() && !ended_) next();
    if (!ended_ && more_) return false;
    if (ended_ || !out_.empty()) done_ = at_;
    statement = out_;
    return ended_ || !out_.empty();
  }
  [[nodiscard]] std::size_t done() const { return done_; }  // bytes of what has been read in full
  // The rows of a COPY go on behind the last byte.
  [[nodiscard]] bool in_rows() const { return in_rows_; }

 private:
  void next() {
    const char c = sql_[at_];
    const std::string_view rest = sql_.substr(at_);
    if (rest.starts_with("--") || (c == '#' && strings_ == Strings::kEscaped)) {
      at_ = std::min(sql_.find('\n', at_), sql_.size());
    } else if (rest.starts_with("/*") && !rest.starts_with("/*!")) {
      past("*/", at_ + 2);
    } else if (c == '\'' || quotes_apostrophe()) {
      string();
    } else if (c == '$') {
      dollar();
    } else if (is_name(c)) {
      name();
    } else if (const std::size_t sent = sign_of_client(rest); sent != 0) {
      at_ += sent;
      if (at_ < sql_.size() || !more_) end_of_statement();
    } else {
      ++at_;
      if (c == ';') return end_of_statement();
      if (c == ',' || c == '(' || c == ')' || c == '=') out_.emplace_back(1, c);
    }
  }

  // `\g`, `\gexec`, `\G`: a client sends what it has read so far. MySQL goes on right behind it.
  static std::size_t sign_of_client(std::string_view rest) {
    static constexpr std::array<std::string_view, 7> kSigns = {
        "crosstabview", "g", "gdesc", "gexec", "gset", "gx", "watch"};
    if (rest.front() != '\\') return 0;
    std::size_t end = 1;
    while (end < rest.size() && std::isalpha(static_cast<unsigned char>(rest[end])) != 0) ++end;
    const std::string_view name = rest.substr(1, end - 1);
    if (std::find(kSigns.begin(), kSigns.end(), name) != kSigns.end()) return end;
    return name.starts_with('g') || name.starts_with('G') ? 2 : 0;
  }

  void past(std::string_view end, std::size_t from) {
    const std::size_t found = sql_.find(end, from);
    at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
  }

  // Of a `"` that opens: `"don't"`.
  bool quotes_apostrophe() {
    if (sql_[at_] != '"' || at_ == closing_) return false;
    const std::size_t end = sql_.find('"', at_ + 1);
    if (end == std::string_view::npos) return more_;
    if (sql_.substr(at_, end - at_).find('\'') != std::string_view::npos) return true;
    closing_ = end;
    return false;
  }

  void string() {
    const char quote = sql_[at_];
    const bool e = at_ > 0 && (sql_[at_ - 1] == 'E' || sql_[at_ - 1] == 'e') &&
                   (at_ == 1 || !is_name(sql_[at_ - 2]));  // E'…'
    for (++at_; at_ < sql_.size() && sql_[at_] != quote; ++at_) {
      if ((e || strings_ == Strings::kEscaped) && sql_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_ + 1, sql_.size());
    out_.emplace_back("''");
  }

  // `$$` or `$body$`: what it surrounds is done now, unless a function is made of it.
  void dollar() {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && is_name(sql_[end])) ++end;
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    if (tag.back() != '$' || tag.size() < 2) {
      ++at_;
    } else if (!out_.empty() && out_.front() == "create") {
      past(tag, end + 1);
    } else {
      at_ = end + 1;
    }
  }

  void name() {
    std::string word;
    for (; at_ < sql_.size() && is_name(sql_[at_]) && !quotes_apostrophe(); ++at_) {
      if (sql_[at_] == '"' || sql_[at_] == '`') continue;
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql_[at_])));
    }
    out_.push_back(std::move(word));
  }

  // The rows of `COPY … FROM stdin;` stand behind it.
  void end_of_statement() {
    ended_ = true;
    const bool rows = !out_.empty() && out_.front() == "copy" &&
                      std::find(out_.begin(), out_.end(), "stdin") != out_.end();
    if (!rows) return;
    in_rows_ = more_ && sql_.find(kEndOfRows, at_) == std::string_view::npos;
    past(kEndOfRows, at_);
  }

  std::string_view sql_;
  Strings strings_;
  bool more_;
  std::size_t at_ = 0;
  std::size_t done_ = 0;
  std::size_t closing_ = std::string_view::npos;  // the `"` that ends what one before it opened
  Tokens out_;
  bool ended_ = false;
  bool in_rows_ = false;
};

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
  [[nodiscard]] bool holds_for_all(std::size_t at) const {
    int depth = 0;
    bool all = true;  // of the part between two ORs
    Tokens one;
    const auto end_of_one = [&] {
      all = all && is_always_true(one);
      one.clear();
    };
    for (; at < tokens_.size(); ++at, ++steps_) {
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
  Reader reader(rest_, strings_, more);
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
