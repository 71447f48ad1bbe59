#include "analyzer/calls/awk_look.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace composelint::calls {

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

class Reader {
 public:
  explicit Reader(std::string_view program) : program_(program) {}

  bool only_reads() {
    while (at_ < program_.size()) {
      const char c = program_[at_];
      if (c == '#') {
        at_ = std::min(program_.find('\n', at_), program_.size());
      } else if (c == '"') {
        if (!string('"')) return false;
        operand_ = true;
      } else if (c == '/' && !operand_) {
        if (!string('/')) return false;  // a regular expression
        operand_ = true;
      } else if (is_word(c)) {
        if (!word()) return false;
      } else if (!sign(c)) {
        return false;
      }
    }
    return true;
  }

 private:
  // Up to its end on the same line.
  bool string(char quote) {
    bool in_brackets = false;  // where some take a slash for the end, and some do not
    for (++at_; at_ < program_.size() && program_[at_] != '\n'; ++at_) {
      if (program_[at_] == '\\') {
        ++at_;
      } else if (program_[at_] == quote) {
        if (quote == '/' && in_brackets) return false;
        ++at_;
        return true;
      } else if (program_[at_] == '[') {
        in_brackets = true;
      } else if (program_[at_] == ']') {
        in_brackets = false;
      }
    }
    return false;
  }

  bool word() {
    // Behind these stands a value, and no operator.
    static constexpr std::array<std::string_view, 8> kKeywords = {
        "case", "do", "else", "exit", "in", "print", "printf", "return"};
    static constexpr std::array<std::string_view, 3> kAct = {"system", "getline", "close"};
    const std::size_t begin = at_;
    while (at_ < program_.size() && is_word(program_[at_])) ++at_;
    const std::string_view found = program_.substr(begin, at_ - begin);
    if (one_of(found, kAct)) return false;
    if (found == "print" || found == "printf") printing_ = depth_;
    operand_ = !one_of(found, kKeywords);
    return true;
  }

  bool sign(char c) {
    const std::string_view rest = program_.substr(at_);
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
      return true;
    }
    // An indirect call, or @include.
    if (c == '@') return false;
    if (c == '|' && !rest.starts_with("||")) return false;
    if (c == '|' || rest.starts_with("&&")) at_ += 1;
    if (c == '>' && printing_ && depth_ <= *printing_) {
      if (!to_a_standard_stream(rest)) return false;
    }
    if (c == '(' || c == '[') ++depth_;
    if (c == ')' || c == ']') --depth_;
    if (c == ';' || c == '\n' || c == '}' || c == '{') printing_.reset();
    // `if (x) /re/` or `(a + b) / 2`: only the first slash may be the one or the other.
    if (c == ')' && rest.find('/') != std::string_view::npos && may_begin_expression(rest)) {
      return false;
    }
    const bool counts = rest.starts_with("++") || rest.starts_with("--");
    if (counts) at_ += 1;
    operand_ = c == ')' || c == ']' || c == '$' || (counts && operand_);
    if (c == '$') operand_ = false;
    ++at_;
    return true;
  }

  static bool may_begin_expression(std::string_view rest) {
    const std::size_t next = rest.find_first_not_of(" \t", 1);
    if (next == std::string_view::npos || rest[next] != '/') return false;
    return rest.find('/', next + 1) != std::string_view::npos;
  }

  static bool to_a_standard_stream(std::string_view rest) {
    const std::size_t name = rest.find_first_not_of("> \t");
    if (name == std::string_view::npos) return false;
    rest.remove_prefix(name);
    return rest.starts_with("\"/dev/stderr\"") || rest.starts_with("\"/dev/stdout\"");
  }

  std::string_view program_;
  std::size_t at_ = 0;
  int depth_ = 0;                // of parentheses
  bool operand_ = false;         // a value stands before
  std::optional<int> printing_;  // how deep the print statement stands
};

}  // namespace

bool awk_only_reads(std::string_view program) {
  return Reader(program).only_reads();
}

}  // namespace composelint::calls
