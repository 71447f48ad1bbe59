#include "analyzer/shell/paired_values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace composelint::shell {

namespace {

// Longer arms are not looked through.
constexpr std::size_t kFarthest = 4096;

bool is_letter(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// `;;`, and the words that begin or end a way.
bool parts_ways(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kWords = {"case", "do", "done", "elif", "else",
                                                             "esac", "fi", "if",   "then"};
  static constexpr std::array<std::string_view, 6> kSigns = {";;", "&&", "||", "()", "\n}", "\n{"};
  if (std::any_of(kSigns.begin(), kSigns.end(),
                  [&](std::string_view sign) { return text.find(sign) != text.npos; })) {
    return true;
  }
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_letter(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
  }
  return false;
}

bool are_on_one_way(const Value& left, const Value& right) {
  const Span& a = left.span;
  const Span& b = right.span;
  if (!a || a.file != b.file) return false;
  const std::size_t from = std::min(a.end, b.end);
  const std::size_t to = std::max(a.begin, b.begin);
  return to >= from && to - from <= kFarthest &&
         !parts_ways(a.file->bytes().substr(from, to - from));
}

}  // namespace

bool are_set_together(const Variable& left, const Variable& right) {
  if (left.maybe_unset || right.maybe_unset || left.values.size() != right.values.size()) {
    return false;
  }
  for (std::size_t i = 0; i < left.values.size(); ++i) {
    if (!are_on_one_way(*left.values[i], *right.values[i])) return false;
  }
  return left.values.size() > 1;
}

}  // namespace composelint::shell
