#include "analyzer/calls/sed_look.h"

#include <cctype>
#include <string_view>

#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::calls {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What two kinds of sed may read as two things is not read at all.
class Script {
 public:
  explicit Script(std::string_view text) : text_(text) {}

  bool only_prints() {
    while (true) {
      skip(" \t\n;{}");
      if (at_ == text_.size()) return true;
      if (!addresses() || !command()) return false;
    }
  }

 private:
  void skip(std::string_view set) {
    while (at_ < text_.size() && set.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // As far as the next delimiter, which is taken. Some read it within brackets as itself.
  bool segment(char delimiter) {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') return false;
      if (c == '\\') {
        if (++at_ == text_.size() || text_[at_] == '\n') return false;
      } else if (c == delimiter) {
        ++at_;
        return true;
      } else if (c == '[') {
        std::size_t end = at_ + 1;
        if (end < text_.size() && text_[end] == '^') ++end;
        if (end < text_.size() && text_[end] == ']') ++end;
        end = text_.find(']', end);
        const std::size_t next = text_.find(delimiter, at_);
        const std::size_t escape = text_.find('\\', at_);
        if (end == std::string_view::npos || next < end || escape < end) return false;
      }
    }
    return false;
  }

  bool address() {
    if (take('$')) return true;
    if (take('/')) {
      if (!segment('/')) return false;
      skip("IM");
      return true;
    }
    take('+');
    take('~');
    const std::size_t begin = at_;
    skip("0123456789~");
    return at_ > begin;
  }

  bool addresses() {
    if (text_[at_] == '$' || text_[at_] == '/' || is_digit(text_[at_])) {
      if (!address()) return false;
      skip(" \t");
      if (take(',')) {
        skip(" \t");
        if (!address()) return false;
      }
    }
    skip(" \t!");
    return at_ < text_.size();
  }

  // Behind a command there is nothing of it left.
  bool ends() {
    skip(" \t");
    return at_ == text_.size() ||
           std::string_view(";\n}").find(text_[at_]) != std::string_view::npos;
  }

  bool command() {
    const char c = text_[at_++];
    if (c == '{') return true;
    if (std::string_view("=dDgGhHnNpPxzF").find(c) != std::string_view::npos) return ends();
    if (c == 'q' || c == 'Q' || c == 'l') {
      skip(" \t");
      skip("0123456789");
      return ends();
    }
    if (c == 's' || c == 'y') {
      if (at_ == text_.size()) return false;
      const char delimiter = text_[at_++];
      if (std::isalnum(static_cast<unsigned char>(delimiter)) != 0 ||
          std::string_view("\\\n []{}; \t").find(delimiter) != std::string_view::npos) {
        return false;
      }
      if (!segment(delimiter) || !segment(delimiter)) return false;
      if (c == 's') skip("gpiI0123456789");
      return ends();
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool sed_only_prints(std::span<const Argument> words) {
  constexpr std::string_view kPlain =
      "-n|-E|-r|-s|-u|-z|-nE|-En|-nr|-rn|--quiet|--silent|--regexp-extended|--separate|"
      "--unbuffered|--null-data|--posix";
  bool told = false;
  bool operand = false;
  std::string_view first;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (text == "-e" || text == "-ne" || text == "-Ee" || text == "-re" || text == "--expression") {
      if (++at == words.size() || !Script(words[at].text).only_prints()) return false;
      told = true;
    } else if (text.starts_with("--expression=")) {
      if (!Script(text.substr(text.find('=') + 1)).only_prints()) return false;
      told = true;
    } else if (text.size() > 1 && text.front() == '-') {
      if (!knowledge::matches_any(kPlain, text)) return false;
    } else if (!operand) {
      operand = true;
      first = text;
    }
  }
  return told || (operand && Script(first).only_prints());
}

}  // namespace composelint::calls
