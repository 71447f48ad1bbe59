#include "analyzer/hosts/toml.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace composelint::hosts {
namespace {

using std::string_view;

constexpr int kMaxDepth = 16;  // arrays and inline tables inside each other

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file), bytes_(file.bytes()) {}

  TomlFile read() {
    while (true) {
      skip_gap();
      if (at_ >= bytes_.size()) return std::move(out_);
      if (bytes_[at_] == '[') {
        take_header();
      } else {
        TomlEntry entry;
        entry.path = table_;
        if (take_entry(entry, 0)) out_.entries.push_back(std::move(entry));
      }
      skip_line();
    }
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(at_); }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  // Past blanks, line ends and comments.
  void skip_gap() {
    while (at_ < bytes_.size()) {
      const char c = bytes_[at_];
      if (c == '#') {
        take_comment();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else {
        return;
      }
    }
  }

  void take_comment() {
    const std::size_t end = std::min(bytes_.find_first_of("\r\n", at_), bytes_.size());
    const std::size_t line = bytes_.substr(0, at_).find_last_of('\n');
    const std::size_t first = line == string_view::npos ? 0 : line + 1;
    const bool own =
        bytes_.substr(first, at_ - first).find_first_not_of(" \t") == string_view::npos;
    out_.comments.push_back({{&file_, here(), static_cast<std::uint32_t>(end)}, own});
    at_ = end;
  }

  // What is left of a line that has been understood, or was not.
  void skip_line() {
    while (at_ < bytes_.size() && bytes_[at_] != '\n') {
      if (bytes_[at_] == '#') {
        take_comment();
      } else {
        ++at_;
      }
    }
  }

  void take_header() {
    const std::uint32_t begin = here();
    while (peek() == '[') ++at_;
    std::vector<std::string> path;
    if (!take_key(path)) return;
    while (peek() == ']') ++at_;
    table_ = path;
    out_.tables.push_back({std::move(path), {&file_, begin, here()}});
  }

  // a."b.c".d
  bool take_key(std::vector<std::string>& path) {
    while (true) {
      skip_blanks();
      const char quote = peek();
      std::string part;
      if (quote == '"' || quote == '\'') {
        for (++at_; at_ < bytes_.size() && peek() != quote && peek() != '\n'; ++at_) {
          part += peek();
        }
        if (peek() != quote) return false;
        ++at_;
      } else {
        while (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '_' ||
               peek() == '-' || peek() == ':') {
          part += bytes_[at_++];
        }
        if (part.empty()) return false;
      }
      path.push_back(std::move(part));
      skip_blanks();
      if (peek() != '.') return true;
      ++at_;
    }
  }

  bool take_entry(TomlEntry& entry, int depth) {
    const std::uint32_t begin = here();
    if (!take_key(entry.path)) return false;
    entry.key = {&file_, begin, here()};
    if (peek() != '=') return false;
    ++at_;
    skip_blanks();
    return take_value(entry.value, depth);
  }

  bool take_value(TomlValue& value, int depth) {
    if (depth > kMaxDepth) return false;
    switch (peek()) {
      case '"':
      case '\'': value.is_string = true; return take_string(value.text);
      case '[': return take_array(value, depth);
      case '{': return take_inline_table(value, depth);
      default: break;
    }
    const std::size_t end = std::min(bytes_.find_first_of(",]}#\r\n", at_), bytes_.size());
    value.text.add_exact(bytes_.substr(at_, end - at_), file_, here());
    at_ = end;
    return true;
  }

  bool take_array(TomlValue& value, int depth) {
    for (++at_; at_ < bytes_.size();) {
      skip_gap();
      if (peek() == ']') {
        ++at_;
        return true;
      }
      if (!take_value(value.items.emplace_back(), depth + 1)) return false;
      skip_gap();
      if (peek() == ',') {
        ++at_;
      } else if (peek() != ']') {
        return false;
      }
    }
    return false;
  }

  bool take_inline_table(TomlValue& value, int depth) {
    for (++at_; at_ < bytes_.size();) {
      skip_gap();
      if (peek() == '}') {
        ++at_;
        return true;
      }
      if (!take_entry(value.entries.emplace_back(), depth + 1)) return false;
      skip_gap();
      if (peek() == ',') {
        ++at_;
      } else if (peek() != '}') {
        return false;
      }
    }
    return false;
  }

  // "…", '…', """…""", '''…'''
  bool take_string(HostText& text) {
    const char quote = peek();
    const bool lines = peek(1) == quote && peek(2) == quote;
    at_ += lines ? 3 : 1;
    if (lines && peek() == '\r') ++at_;
    if (lines && peek() == '\n') ++at_;
    while (at_ < bytes_.size()) {
      if (peek() == quote &&
          (!lines || (peek(1) == quote && peek(2) == quote && peek(3) != quote))) {
        at_ += lines ? 3 : 1;
        return true;
      }
      if (peek() == '\n' && !lines) return false;
      if (peek() == '\\' && quote == '"') {
        take_escape(text, lines);
      } else {
        text.add_exact(bytes_.substr(at_, 1), file_, here());
        ++at_;
      }
    }
    return false;
  }

  void take_escape(HostText& text, bool lines) {
    static constexpr string_view kLetters = "bfnrte\"\\";
    static constexpr string_view kMeant = "\b\f\n\r\t\x1B\"\\";
    const std::uint32_t begin = here();
    ++at_;
    // At the end of a line it takes away the blanks in front of the next text.
    const std::size_t next = std::min(bytes_.find_first_not_of(" \t\r", at_), bytes_.size());
    if (lines && next < bytes_.size() && bytes_[next] == '\n') {
      at_ = std::min(bytes_.find_first_not_of(" \t\r\n", next), bytes_.size());
      return;
    }
    const std::size_t letter = kLetters.find(peek());
    if (at_ < bytes_.size()) ++at_;
    const Span place{&file_, begin, here()};
    if (letter == string_view::npos) {
      text.add_foreign("an escape", place);
    } else {
      text.add_whole(kMeant.substr(letter, 1), place);
    }
  }

  const SourceFile& file_;
  string_view bytes_;
  std::size_t at_ = 0;
  TomlFile out_;
  std::vector<std::string> table_;
};

}  // namespace

TomlFile read_toml(const SourceFile& file) {
  return Reader(file).read();
}

}  // namespace composelint::hosts
