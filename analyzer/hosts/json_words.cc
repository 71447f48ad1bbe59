#include "analyzer/hosts/json_words.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "analyzer/text/span_map.h"

namespace composelint::hosts {
namespace {

std::size_t past_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
    ++at;
  }
  return at;
}

// The character of \uXXXX, where it is one that a command line is made of.
std::optional<char> ascii_of(std::string_view digits) {
  unsigned value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool whole = digits.size() == 4 && parsed.ptr == digits.data() + digits.size();
  if (!whole || value == 0 || value > 0x7F) return std::nullopt;
  return static_cast<char>(value);
}

// Takes the string that opens at `at`; false when nothing closes it.
bool take_string(const HostText& from, const text::SpanMap& map, std::size_t& at, HostText& word) {
  static constexpr std::string_view kLetters = "bfnrt";
  static constexpr std::string_view kMeant = "\b\f\n\r\t";
  const std::string_view text = from.text();
  const auto escape = [&] {
    return map.span(static_cast<std::uint32_t>(at - 1), static_cast<std::uint32_t>(at + 1));
  };
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') {
      ++at;
      return true;
    }
    if (text[at] != '\\') {
      word.add_part(from, at, at + 1);
      continue;
    }
    if (++at == text.size()) return false;
    const std::size_t letter = kLetters.find(text[at]);
    if (letter != std::string_view::npos) {
      word.add_whole(kMeant.substr(letter, 1), escape());
    } else if (text[at] == 'u') {
      const std::optional<char> ascii = ascii_of(text.substr(at + 1, 4));
      const std::size_t past = std::min(at + 5, text.size());
      const Span place =
          map.span(static_cast<std::uint32_t>(at - 1), static_cast<std::uint32_t>(past));
      if (ascii) {
        word.add_whole(std::string_view(&*ascii, 1), place);
      } else {
        word.add_foreign("an escape", place);
      }
      at = past - 1;
    } else {
      word.add_part(from, at, at + 1);
    }
  }
  return false;
}

}  // namespace

std::optional<std::vector<HostText>> read_json_words(const HostText& from) {
  const std::string_view text = from.text();
  std::size_t at = past_blanks(text, 0);
  if (at == text.size() || text[at] != '[') return std::nullopt;
  at = past_blanks(text, at + 1);
  const text::SpanMap map = from.script().map;
  std::vector<HostText> words;
  while (at < text.size() && text[at] != ']') {
    if (text[at] != '"' || !take_string(from, map, at, words.emplace_back())) return std::nullopt;
    at = past_blanks(text, at);
    if (at < text.size() && text[at] == ',') {
      at = past_blanks(text, at + 1);
    } else if (at == text.size() || text[at] != ']') {
      return std::nullopt;
    }
  }
  if (at == text.size() || past_blanks(text, at + 1) != text.size()) return std::nullopt;
  return words;
}

}  // namespace composelint::hosts
