#include "guard/known_values.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>

#include "analyzer/compose/numbers.h"
#include "guard/mask_words.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kShort = 8;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// "abc" is a secret, and "abcd" is not.
bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  return (at == 0 || !is_word(text[at - 1])) &&
         (at + size == text.size() || !is_word(text[at + size]));
}

// Where `value` begins in `text`, from `at` on; npos: nowhere.
std::size_t find_value(std::string_view text, std::string_view value, std::size_t at) {
  at = text.find(value, at);
  while (at != std::string_view::npos && value.size() < kShort &&
         !stands_alone(text, at, value.size())) {
    at = text.find(value, at + 1);
  }
  return at;
}

// A text as its reader would have it, with the place in the text of each byte and of the end.
struct Decoded {
  std::string bytes;
  std::vector<std::size_t> places;
};

Decoded percent_decoded(std::string_view text, bool plus_is_blank) {
  Decoded out;
  for (std::size_t at = 0; at < text.size();) {
    out.places.push_back(at);
    unsigned byte = 0;
    const bool escape = text[at] == '%' && at + 2 < text.size() &&
                        std::from_chars(text.data() + at + 1, text.data() + at + 3, byte, 16).ptr ==
                            text.data() + at + 3;
    const char plain = plus_is_blank && text[at] == '+' ? ' ' : text[at];
    out.bytes += escape ? static_cast<char>(byte) : plain;
    at += escape ? 3 : 1;
  }
  out.places.push_back(text.size());
  return out;
}

void add_percent_encoded(std::string_view text, bool plus_is_blank,
                         const std::vector<std::string_view>& values,
                         std::vector<TextRange>& ranges) {
  const Decoded decoded = percent_decoded(text, plus_is_blank);
  for (const std::string_view value : values) {
    for (std::size_t at = find_value(decoded.bytes, value, 0); at != std::string::npos;
         at = find_value(decoded.bytes, value, at + value.size())) {
      ranges.emplace_back(decoded.places[at], decoded.places[at + value.size()]);
    }
  }
}

bool is_base64(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '-' ||
         c == '_';
}

// Whether `word` is base64, from any of its letters on, of bytes that hold one of them.
bool holds_in_base64(std::string_view word, const std::vector<std::string_view>& values) {
  std::string letters(word);
  std::replace(letters.begin(), letters.end(), '-', '+');
  std::replace(letters.begin(), letters.end(), '_', '/');
  for (std::size_t skipped = 0; skipped < 4 && skipped < letters.size(); ++skipped) {
    std::string part = letters.substr(skipped);
    if (part.size() % 4 == 1) part.pop_back();
    part.append((4 - part.size() % 4) % 4, '=');
    const auto bytes = compose::decode_base64(part);
    if (!bytes) continue;
    for (const std::string_view value : values) {
      if (find_value(*bytes, value, 0) != std::string::npos) return true;
    }
  }
  return false;
}

void add_base64(std::string_view text, const std::vector<std::string_view>& values,
                std::vector<TextRange>& ranges) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_base64(text[end])) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    const std::string_view word = text.substr(at, end - at);
    while (end < text.size() && text[end] == '=') ++end;
    if (holds_in_base64(word, values)) ranges.emplace_back(at, end);
    at = end;
  }
}

}  // namespace

std::string without_known(std::string text, const std::vector<std::string_view>& values) {
  for (const std::string_view value : values) {
    for (std::size_t at = find_value(text, value, 0); at != std::string::npos;
         at = find_value(text, value, at)) {
      text.replace(at, value.size(), kMasked);
      at += kMasked.size();
    }
  }
  if (values.empty()) return text;
  std::vector<TextRange> ranges;
  if (text.find('%') != std::string::npos) add_percent_encoded(text, false, values, ranges);
  if (text.find('+') != std::string::npos) add_percent_encoded(text, true, values, ranges);
  add_base64(text, values, ranges);
  return ranges.empty() ? text : without(text, merged(std::move(ranges)));
}

}  // namespace composelint::guard
