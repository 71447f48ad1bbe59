#include "guard/named_values.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <utility>

#include "analyzer/signs/secrets/secret_name.h"

namespace composelint::guard {

namespace {

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::vector<TextRange> all() {
    for (std::size_t at = 0; at < text_.size();) {
      if (!is_name(text_[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text_.size() && is_name(text_[end])) ++end;
      at = value_of(text_.substr(at, end - at), at, end);
    }
    return std::move(out_);
  }

 private:
  // Takes what the name gives away. Where to go on.
  std::size_t value_of(std::string_view name, std::size_t begin, std::size_t end) {
    const std::string low = lower(name);
    if (low.ends_with("authorization") || low == "cookie" || low == "set-cookie") {
      return header(end);
    }
    const bool password = low.ends_with("password");
    if (password || (low == "by" && is_identified(begin))) {
      if (const std::size_t next = sql_literal(end, name == "BY"); next > 0) return next;
    }
    if (!may_name_a_secret(name)) return end;
    // `PWD=/srv`
    const bool directory = name == "PWD" || name == "OLDPWD";
    const bool certain = names_a_secret(name);
    if (const std::size_t at = value_begin(end, certain); at > 0) {
      return directory && at < text_.size() && text_[at] == '/' ? end : take(at, certain);
    }
    // `--password SECRET` inside of shell text
    if (name.starts_with("--") && end + 1 < text_.size() && text_[end] == ' ' &&
        text_[end + 1] != '-' && text_[end + 1] != ' ') {
      return take(end + 1, certain);
    }
    return end;
  }

  std::size_t header(std::size_t end) {
    std::size_t begin = value_begin(end, true);
    if (begin == 0) return end;
    if (begin < text_.size() && is_quote(text_[begin])) ++begin;
    return add(begin, std::min(text_.find_first_of("\"'\r\n", begin), text_.size()));
  }

  // IDENTIFIED BY, IDENTIFIED WITH plugin BY
  [[nodiscard]] bool is_identified(std::size_t at) const {
    constexpr std::size_t kNear = 60;
    const std::size_t from = at > kNear ? at - kNear : 0;
    return lower(text_.substr(from, at - from)).find("identified") != std::string::npos;
  }

  // PASSWORD 'x', PASSWORD = 'x', PASSWORD('x'), PASSWORD FOR u = 'x', BY 'x'; 0: no literal.
  std::size_t sql_literal(std::size_t end, bool bare) {
    std::size_t at = end;
    while (at < text_.size() && (is_space(text_[at]) || text_[at] == '(')) ++at;
    if (at == end) return 0;
    if (lower(text_.substr(at, 4)) == "for ") {
      at = text_.find('=', at);
      if (at == std::string_view::npos) return 0;
      ++at;
      while (at < text_.size() && is_space(text_[at])) ++at;
      if (lower(text_.substr(at, 9)) == "password(") at += 9;
    }
    if (text_.substr(at, 2) == "$$") {
      return add(at + 2, std::min(text_.find("$$", at + 2), text_.size()));
    }
    if (at + 1 < text_.size() && (text_[at] == 'E' || text_[at] == 'e' || text_[at] == '\\') &&
        is_quote(text_[at + 1])) {
      ++at;
    }
    if (lower(text_.substr(at, 3)) == "u&'") at += 2;
    if (lower(text_.substr(at, 2)) == "n'") ++at;
    if (at < text_.size() && is_quote(text_[at])) return take(at, true);
    return bare && at < text_.size() ? take(at, true) : 0;
  }

  // Where the value behind the name that ends at `at` begins; 0: it has none. `colon`: a ':' is as
  // good as '=' also where no quote tells of JSON: "pass: 12" counts tests.
  [[nodiscard]] std::size_t value_begin(std::size_t at, bool colon) const {
    bool quoted = false;
    if (at + 1 < text_.size() && text_[at] == '\\' && is_quote(text_[at + 1])) ++at;
    if (at < text_.size() && is_quote(text_[at])) {
      quoted = true;
      ++at;
    }
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at >= text_.size() || (text_[at] != '=' && text_[at] != ':')) return 0;
    const bool by_colon = text_[at] == ':';
    at += text_.substr(at, 2) == "=>" ? 2U : 1U;  // PHP, Ruby
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at + 1 < text_.size() && text_[at] == '\\' && is_quote(text_[at + 1])) ++at;
    const bool value_quoted = at < text_.size() && is_quote(text_[at]);
    return by_colon && !colon && !quoted && !value_quoted ? 0 : at;
  }

  // The value that begins at `at`, with its quote. Where to go on.
  std::size_t take(std::size_t at, bool certain) {
    std::size_t begin = at;
    std::size_t end = at;
    if (at < text_.size() && is_quote(text_[at])) {
      begin = at + 1;
      end = closing_quote(at);
    } else {
      while (end < text_.size() && !ends_bare(end)) ++end;
    }
    const std::string_view value = text_.substr(begin, end - begin);
    constexpr std::size_t kCount = 4;  // digits of what is counted
    const bool counts = !certain && value.size() <= kCount &&
                        std::all_of(value.begin(), value.end(),
                                    [](unsigned char c) { return std::isdigit(c) != 0; });
    return counts ? end : add(begin, end);
  }

  // A quote of the same kind that is neither doubled, as in SQL, nor escaped.
  [[nodiscard]] std::size_t closing_quote(std::size_t open) const {
    const char quote = text_[open];
    const bool escaped = open > 0 && text_[open - 1] == '\\';
    for (std::size_t at = open + 1; at < text_.size(); ++at) {
      if (text_[at] == '\\' && at + 1 < text_.size()) {
        if (escaped && text_[at + 1] == quote) return at;
        ++at;
        continue;
      }
      if (text_[at] != quote) continue;
      const bool doubled = quote == '\'' && at + 1 < text_.size() && text_[at + 1] == quote;
      if (!doubled || escaped) return at;
      ++at;
    }
    return text_.size();
  }

  [[nodiscard]] bool ends_bare(std::size_t at) const {
    const char c = text_[at];
    if (is_space(c) || std::string_view("\"';&|").find(c) != std::string_view::npos) return true;
    // In a list of values rather than in one.
    const char next = at + 1 < text_.size() ? text_[at + 1] : ' ';
    return (c == ',' || c == ')') && (is_space(next) || next == '"' || next == '\'' || next == ',');
  }

  std::size_t add(std::size_t begin, std::size_t end) {
    if (end > begin) out_.emplace_back(begin, end);
    return end;
  }

  std::string_view text_;
  std::vector<TextRange> out_;
};

}  // namespace

std::vector<TextRange> named_ranges(std::string_view text) {
  return Scan(text).all();
}

}  // namespace composelint::guard
