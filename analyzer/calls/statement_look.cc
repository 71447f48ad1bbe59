#include "analyzer/calls/statement_look.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/calls/read_only_functions.h"
#include "analyzer/calls/statement_characters.h"

namespace composelint::calls {

namespace {

enum class Kind { kWord, kQuoted, kString, kSign };

struct Token {
  Kind kind = Kind::kSign;
  std::string text;  // a word in lower case; a sign is one character
};

// Servers read quotes and comments differently. What two of them may read as two things is not read
// at all.
class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  std::optional<std::vector<Token>> read() {
    std::vector<Token> out;
    while (at_ < sql_.size()) {
      const char c = sql_[at_];
      if (is_space(c)) {
        ++at_;
      } else if (ahead("--")) {
        if (!comment()) return std::nullopt;
      } else if (ahead("/*")) {
        if (!block()) return std::nullopt;
      } else if (c == '\'' || c == '"' || c == '`') {
        std::optional<std::string> text = quoted(c);
        if (!text) return std::nullopt;
        out.push_back({c == '\'' ? Kind::kString : Kind::kQuoted, std::move(*text)});
      } else if (is_word(c)) {
        out.push_back({Kind::kWord, word()});
      } else if (c == '\\' && ends_with_g()) {
        break;
      } else if (c == '\\' || c == '$' || c == '\0' || (c == '#' && several_lines())) {
        return std::nullopt;
      } else {
        out.push_back({Kind::kSign, std::string(1, c)});
        ++at_;
      }
    }
    return out;
  }

 private:
  [[nodiscard]] bool ahead(std::string_view text) const {
    return sql_.substr(at_).starts_with(text);
  }
  [[nodiscard]] bool several_lines() const {
    return sql_.find('\n', at_) != std::string_view::npos;
  }

  // `show slave status\G`, as the last that stands there.
  [[nodiscard]] bool ends_with_g() const {
    const std::string_view rest = sql_.substr(at_);
    return (rest.starts_with("\\G") || rest.starts_with("\\g")) &&
           rest.substr(2).find_first_not_of("; \t\n") == std::string_view::npos;
  }

  bool comment() {
    if (at_ + 2 < sql_.size() && !is_space(sql_[at_ + 2])) return false;  // MySQL: two minus signs
    at_ = std::min(sql_.find('\n', at_), sql_.size());
    return true;
  }

  bool block() {
    const std::size_t end = sql_.find("*/", at_ + 2);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = sql_.substr(at_ + 2, end - at_ - 2);
    // MySQL executes these; PostgreSQL counts those within.
    if (inside.starts_with('!') || inside.starts_with("M!") ||
        inside.find("/*") != std::string_view::npos) {
      return false;
    }
    at_ = end + 2;
    return true;
  }

  std::optional<std::string> quoted(char quote) {
    const std::size_t end = sql_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string text(sql_.substr(at_ + 1, end - at_ - 1));
    // Some servers read a backslash as itself: it must not stand before a quote.
    if (!text.empty() && text.back() == '\\') return std::nullopt;
    at_ = end + 1;
    return text;
  }

  std::string word() {
    std::string out;
    for (; at_ < sql_.size() && is_word(sql_[at_]); ++at_) {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(sql_[at_])));
    }
    return out;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
};

// `\dt public.*`, `.schema items`: one line of the client's own.
bool client_looks(std::string_view line) {
  static constexpr std::array<std::string_view, 9> kDots = {".databases", ".dbinfo",  ".help",
                                                            ".indexes",   ".indices", ".schema",
                                                            ".show",      ".tables",  ".version"};
  if (line.find_first_of("`\n|;\"'") != std::string_view::npos) return false;
  const std::string_view word = line.substr(0, line.find(' '));
  if (line.find('\\', 1) != std::string_view::npos) return false;
  // \d, \dt, \dn+; but \lo_unlink begins as \l does.
  static constexpr std::array<std::string_view, 19> kBackslash = {
      "\\?",  "\\a",    "\\conninfo", "\\echo",   "\\encoding", "\\h",  "\\l",
      "\\l+", "\\list", "\\list+",    "\\p",      "\\pset",     "\\sf", "\\sf+",
      "\\sv", "\\sv+",  "\\t",        "\\timing", "\\x"};
  // With a file's name psql's writes what was typed there.
  if (line == "\\s" || line == "\\z" || line.starts_with("\\z ")) return true;
  return word.starts_with("\\d") || one_of(word, kBackslash) || one_of(word, kDots);
}

class Statement {
 public:
  explicit Statement(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  [[nodiscard]] bool asks() const {
    static constexpr std::array<std::string_view, 10> kAsk = {
        "select", "show", "explain", "describe", "desc",
        "values", "with", "table",   "exists",   "use"};
    std::size_t first = 0;
    while (first < tokens_.size() && is_sign(first, '(')) ++first;
    if (first == tokens_.size()) return first == 0;
    if (tokens_[first].kind != Kind::kWord) return false;
    const std::string& verb = tokens_[first].text;
    if (verb == "pragma") return asks_pragma(first + 1);
    if (first == 0 && is_of_a_session()) return true;
    if (verb == "explain" || verb == "describe" || verb == "desc") return explains(first + 1);
    return one_of(tokens_[first].text, kAsk) && rest_asks(first);
  }

  // COPY … TO STDOUT …
  [[nodiscard]] bool exports() const {
    if (tokens_.empty() || tokens_.front().text != "copy") return false;
    for (std::size_t at = 1; at < tokens_.size(); ++at) {
      if (is_word(at, "from") && depth_at(at) == 0) return false;
      if (!is_word(at, "to") || depth_at(at) > 0) continue;
      return at + 1 < tokens_.size() && is_word(at + 1, "stdout") &&
             Statement({tokens_.begin() + 1, tokens_.begin() + static_cast<std::ptrdiff_t>(at)})
                 .rest_asks(0);
    }
    return false;
  }

 private:
  [[nodiscard]] bool is_sign(std::size_t at, char sign) const {
    return at < tokens_.size() && tokens_[at].kind == Kind::kSign && tokens_[at].text[0] == sign;
  }
  [[nodiscard]] bool is_word(std::size_t at, std::string_view word) const {
    return at < tokens_.size() && tokens_[at].kind == Kind::kWord && tokens_[at].text == word;
  }
  [[nodiscard]] int depth_at(std::size_t end) const {
    int depth = 0;
    for (std::size_t at = 0; at < end; ++at) {
      depth += is_sign(at, '(') ? 1 : is_sign(at, ')') ? -1 : 0;
    }
    return depth;
  }

  [[nodiscard]] bool asks_pragma(std::size_t at) const {
    if (at + 1 < tokens_.size() && is_sign(at + 1, '.')) at += 2;  // main.user_version
    if (at >= tokens_.size() || tokens_[at].kind != Kind::kWord) return false;
    if (!is_reading_pragma(tokens_[at].text)) return false;
    // `journal_mode(delete)` sets it.
    const bool asks_of = takes_a_name(tokens_[at].text);
    for (std::size_t i = at + 1; i < tokens_.size(); ++i) {
      if (is_sign(i, '=') || (is_sign(i, '(') && !asks_of)) return false;
    }
    return true;
  }

  // `begin read only`, `set statement_timeout = '5s'`, `status`: nothing that outlives the session.
  [[nodiscard]] bool is_of_a_session() const {
    static constexpr std::array<std::string_view, 9> kVerbs = {
        "abort", "begin", "commit", "end", "help", "rollback", "set", "start", "status"};
    static constexpr std::array<std::string_view, 15> kTransaction = {
        "as",          "characteristics", "committed",    "deferrable",
        "isolation",   "level",           "not",          "only",
        "read",        "repeatable",      "serializable", "session",
        "transaction", "uncommitted",     "work"};
    static constexpr std::array<std::string_view, 17> kSettings = {
        "application_name",
        "client_encoding",
        "client_min_messages",
        "datestyle",
        "extra_float_digits",
        "idle_in_transaction_session_timeout",
        "intervalstyle",
        "lock_timeout",
        "max_execution_time",
        "max_statement_time",
        "names",
        "search_path",
        "statement_timeout",
        "time_zone",
        "timezone",
        "transaction_read_only",
        "work_mem"};
    const std::string& verb = tokens_.front().text;
    if (!one_of(verb, kVerbs)) return false;
    if (verb == "status" || verb == "help") return tokens_.size() == 1;
    std::size_t at = 1;
    const auto only_transaction = [&] {
      return std::all_of(
          tokens_.begin() + static_cast<std::ptrdiff_t>(at), tokens_.end(), [](const Token& token) {
            return token.kind == Kind::kWord ? one_of(token.text, kTransaction)
                                             : token.kind == Kind::kSign && token.text == ",";
          });
    };
    if (verb != "set") return only_transaction();
    if (is_word(at, "transaction")) return only_transaction();
    if (is_word(at, "local") || is_word(at, "session")) ++at;
    if (is_word(at, "transaction") || is_word(at, "characteristics")) return only_transaction();
    if (at >= tokens_.size() || !one_of(tokens_[at].text, kSettings)) return false;
    const bool lists = tokens_[at].text == "search_path";
    // Behind another schema a built-in function is another one's.
    return std::all_of(tokens_.begin() + static_cast<std::ptrdiff_t>(at) + 1, tokens_.end(),
                       [&](const Token& token) {
                         return token.kind != Kind::kSign
                                    ? token.text.find("pg_catalog") == std::string::npos &&
                                          token.text != "global" && token.text != "persist"
                                    : token.text == "=" || token.text == "-" ||
                                          (lists && token.text == ",");
                       });
  }

  // `explain analyze select`: what is explained may run, and has to ask itself.
  [[nodiscard]] bool explains(std::size_t at) const {
    static constexpr std::array<std::string_view, 17> kOptions = {
        "analyse", "analyze",  "buffers", "costs", "extended", "false", "format",  "json", "off",
        "on",      "settings", "summary", "text",  "timing",   "true",  "verbose", "wal"};
    const std::size_t begin = at;
    bool runs = false;
    for (; at < tokens_.size(); ++at) {
      const Token& token = tokens_[at];
      const bool option = token.kind == Kind::kWord && one_of(token.text, kOptions);
      runs = runs || is_word(at, "analyze") || is_word(at, "analyse");
      const bool sign =
          is_sign(at, '(') || is_sign(at, ')') || is_sign(at, ',') || is_sign(at, '=');
      if (!option && !sign && !(is_word(at, "tree") || is_word(at, "traditional"))) break;
    }
    if (!runs) return rest_asks(begin);
    // The statement may begin with a parenthesis of its own.
    return at < tokens_.size() && begin < at &&
           (is_word(at, "select") || is_word(at, "with") || is_word(at, "values") ||
            is_word(at, "table")) &&
           rest_asks(at);
  }

  [[nodiscard]] bool rest_asks(std::size_t from) const {
    static constexpr std::array<std::string_view, 12> kStore = {
        "into",    "insert", "update", "delete",  "merge", "analyze",
        "analyse", "call",   "copy",   "execute", "exec",  "truncate"};
    for (std::size_t at = from; at < tokens_.size(); ++at) {
      const Token& token = tokens_[at];
      if (token.kind == Kind::kWord && one_of(token.text, kStore)) return false;
      if (!is_sign(at + 1, '(')) continue;
      if (token.kind == Kind::kQuoted) return false;
      if (token.kind == Kind::kWord && !calls_reader(at)) return false;
    }
    return true;
  }

  // A word before a parenthesis.
  [[nodiscard]] bool calls_reader(std::size_t at) const {
    const std::string& name = tokens_[at].text;
    if (at >= 2 && is_sign(at - 1, '.')) {
      return is_word(at - 2, "pg_catalog") && is_read_only_function(name);
    }
    // `with recent as (…)`, `with recent(id) as (…)`, `… as t(a, b)`
    const bool named = is_word(at - 1, "as") || (at > 0 && is_word(at - 1, "with")) ||
                       (at > 0 && is_word(at - 1, "recursive"));
    return (at > 0 && named) || may_precede_parenthesis(name) || is_read_only_function(name);
  }

  std::vector<Token> tokens_;
};

template <typename Each>
bool every_statement(std::string_view sql, Each each) {
  const std::size_t begin = sql.find_first_not_of(" \t\r\n;");
  if (begin == std::string_view::npos) return true;
  sql.remove_prefix(begin);
  if (sql.front() == '\\' || sql.front() == '.') {
    while (is_space(sql.back()) || sql.back() == ';') sql.remove_suffix(1);
    return client_looks(sql);
  }
  std::optional<std::vector<Token>> tokens = Lexer(sql).read();
  if (!tokens) return false;
  std::vector<Token> one;
  tokens->push_back({Kind::kSign, ";"});
  for (Token& token : *tokens) {
    if (token.kind != Kind::kSign || token.text != ";") {
      one.push_back(std::move(token));
      continue;
    }
    if (!each(Statement(std::move(one)))) return false;
    one.clear();
  }
  return true;
}

}  // namespace

bool only_asks(std::string_view sql) {
  return every_statement(sql, [](const Statement& statement) { return statement.asks(); });
}

bool only_exports(std::string_view sql) {
  // psql's own \copy is a COPY to standard output that psql writes somewhere.
  if (sql.find_first_not_of(' ') != std::string_view::npos) {
    const std::string_view trimmed = sql.substr(sql.find_first_not_of(' '));
    const bool one_line = trimmed.find_first_of("\n\\`", 1) == std::string_view::npos;
    if (trimmed.starts_with("\\copy") && one_line) sql = trimmed.substr(1);
  }
  return every_statement(
      sql, [](const Statement& statement) { return statement.asks() || statement.exports(); });
}

}  // namespace composelint::calls
