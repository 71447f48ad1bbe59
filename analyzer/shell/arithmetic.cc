#include "analyzer/shell/arithmetic.h"

#include <charconv>

#include "analyzer/shell/characters.h"

namespace composelint::shell {
namespace {

using Number = std::optional<std::int64_t>;

constexpr std::int64_t kLargest = std::int64_t{1} << 53U;
constexpr int kMaxDepth = 32;

class Calculation {
 public:
  Calculation(std::string_view text, const std::function<Number(std::string_view)>& variable)
      : text_(text), variable_(variable) {}

  Number run() {
    const Number result = sum(0);
    skip();
    return at_ == text_.size() ? result : std::nullopt;
  }

 private:
  void skip() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  // The operator at the place if it is one of `set` and not part of a longer one.
  char operation(std::string_view set) {
    skip();
    if (at_ >= text_.size() || set.find(text_[at_]) == std::string_view::npos) return '\0';
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == '=' || next == text_[at_]) return '\0';
    return text_[at_++];
  }
  static Number bounded(std::int64_t value) {
    if (value > kLargest || value < -kLargest) return std::nullopt;
    return value;
  }
  Number sum(int depth) {
    Number left = product(depth);
    for (char op = operation("+-"); left && op != '\0'; op = operation("+-")) {
      const Number right = product(depth);
      if (!right) return std::nullopt;
      left = bounded(op == '+' ? *left + *right : *left - *right);
    }
    return left;
  }
  Number product(int depth) {
    Number left = primary(depth);
    for (char op = operation("*/%"); left && op != '\0'; op = operation("*/%")) {
      const Number right = primary(depth);
      if (!right) return std::nullopt;
      constexpr std::int64_t kSmall = std::int64_t{1} << 31U;
      const bool large = *left > kSmall || *left < -kSmall || *right > kSmall || *right < -kSmall;
      if ((op == '*' && large) || (op != '*' && *right == 0)) return std::nullopt;
      left = op == '*' ? *left * *right : op == '/' ? *left / *right : *left % *right;
    }
    return left;
  }
  Number primary(int depth) {
    skip();
    if (at_ >= text_.size() || depth > kMaxDepth) return std::nullopt;
    if (operation("-") != '\0') {
      const Number value = primary(depth + 1);
      return value ? Number(-*value) : std::nullopt;
    }
    if (text_[at_] == '(') {
      ++at_;
      const Number value = sum(depth + 1);
      skip();
      if (at_ >= text_.size() || text_[at_] != ')') return std::nullopt;
      ++at_;
      return value;
    }
    if (is_digit(text_[at_])) return literal();
    return reference();
  }
  Number literal() {
    std::int64_t value = 0;
    const char* const end = text_.data() + text_.size();
    const auto parsed = std::from_chars(text_.data() + at_, end, value);
    // A leading zero makes it octal or hexadecimal.
    const bool other_base = text_[at_] == '0' && at_ + 1 < text_.size() && is_name(text_[at_ + 1]);
    if (parsed.ec != std::errc() || other_base) return std::nullopt;
    at_ = static_cast<std::size_t>(parsed.ptr - text_.data());
    if (at_ < text_.size() && (is_name(text_[at_]) || text_[at_] == '#')) return std::nullopt;
    return bounded(value);
  }
  Number reference() {
    const bool dollar = text_[at_] == '$';
    if (dollar) ++at_;
    const bool braces = dollar && at_ < text_.size() && text_[at_] == '{';
    if (braces) ++at_;
    std::size_t size = name_size(text_.substr(at_));
    if (size == 0 && dollar && at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '#')) {
      size = 1;
    }
    if (size == 0) return std::nullopt;
    const std::string_view name = text_.substr(at_, size);
    at_ += size;
    if (braces) {
      if (at_ >= text_.size() || text_[at_] != '}') return std::nullopt;
      ++at_;
    }
    const Number value = variable_(name);
    return value ? bounded(*value) : std::nullopt;
  }

  std::string_view text_;
  const std::function<Number(std::string_view)>& variable_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::int64_t> evaluate_arithmetic(
    std::string_view text, const std::function<Number(std::string_view name)>& variable) {
  return Calculation(text, variable).run();
}

}  // namespace composelint::shell
