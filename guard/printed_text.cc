#include "guard/printed_text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "analyzer/text/path.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kLongest = std::size_t{1} << 20U;

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int letter = std::tolower(static_cast<unsigned char>(c)) - 'a';
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

// Of an escape like `\x64`, `\0144`: the sign, and where its digits end.
std::size_t add_number(std::string_view text, std::size_t at, int base, std::size_t most,
                       std::string& out) {
  int value = 0;
  std::size_t end = at;
  for (; end < text.size() && end - at < most; ++end) {
    const int next = digit(text[end]);
    if (next < 0 || next >= base) break;
    value = value * base + next;
  }
  if (end > at) out += static_cast<char>(value);
  return end;
}

// Any other backslash stands for itself.
std::string unescaped(std::string_view text) {
  static constexpr std::string_view kSigns = "abfnrtv\\\"'";
  static constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\\\"'";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char next = text[at] == '\\' && at + 1 < text.size() ? text[at + 1] : '\0';
    const std::size_t sign = next == '\0' ? std::string_view::npos : kSigns.find(next);
    if (sign != std::string_view::npos) {
      out += kMeant[sign];
      at += 2;
    } else if (next == 'x' && at + 2 < text.size() && digit(text[at + 2]) >= 0) {
      at = add_number(text, at + 2, 16, 2, out);
    } else if (next >= '0' && next < '8') {
      at = add_number(text, at + 1, 8, next == '0' ? 4 : 3, out);
    } else {
      out += text[at++];
    }
  }
  return out;
}

// Where the conversion that begins at `at` has its letter: `%-5s`, `%.3d`.
std::size_t letter_of(std::string_view format, std::size_t at) {
  return std::min(format.find_first_not_of("0123456789.-+# *'", at + 1), format.size());
}

std::string formatted(const std::vector<std::string>& words, std::size_t first) {
  const std::string& format = words[first];
  std::string out;
  std::size_t next = first + 1;
  bool more = true;
  // The format is used again as long as there are words.
  while (more && out.size() < kLongest) {
    const std::size_t before = next;
    for (std::size_t at = 0; at < format.size();) {
      const std::size_t sign = std::min(format.find('%', at), format.size());
      out += unescaped(std::string_view(format).substr(at, sign - at));
      if (sign == format.size()) break;
      const std::size_t letter = letter_of(format, sign);
      if (letter == format.size()) break;
      at = letter + 1;
      if (format[letter] == '%') {
        out += '%';
      } else if (next < words.size()) {
        const std::string& word = words[next++];
        out += format[letter] == 'b' ? unescaped(word) : word;
      }
    }
    more = next > before && next < words.size();
  }
  return out;
}

std::string from_base64(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t value = kDigits.find(c == '-' ? '+' : c == '_' ? '/' : c);
    if (value == std::string_view::npos) continue;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
  }
  return out;
}

std::string from_hex(std::string_view text) {
  std::string out;
  int high = -1;
  for (const char c : text) {
    const int value = digit(c);
    if (value < 0) continue;
    if (high < 0) {
      high = value;
    } else {
      out += static_cast<char>(high * 16 + value);
      high = -1;
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> printed_text(const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  const std::string_view program = text::name_of(words.front());
  std::string out;
  if (program == "printf") {
    const std::size_t first = words.size() > 1 && words[1] == "--" ? 2 : 1;
    if (first < words.size() && words[first] != "-v") out = formatted(words, first);
  } else if (program == "echo") {
    for (std::size_t i = 1; i < words.size() && out.size() < kLongest; ++i) {
      if (out.empty() && (words[i] == "-e" || words[i] == "-n" || words[i] == "-ne")) continue;
      out += (out.empty() ? "" : " ") + unescaped(words[i]);
    }
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::optional<std::string> decoded_text(const std::vector<std::string>& words,
                                        std::string_view text) {
  if (words.empty()) return std::nullopt;
  const auto has = [&](std::string_view word) {
    return std::find(words.begin() + 1, words.end(), word) != words.end();
  };
  const std::string_view program = text::name_of(words.front());
  const bool decodes = has("-d") || has("-D") || has("--decode") || has("-di");
  const bool base64 = program == "base64" ||
                      (program == "openssl" && (has("base64") || has("-base64") || has("-a")));
  if (base64 && decodes) return from_base64(text);
  const bool hex = program == "xxd" && (has("-r") || has("-rp"));
  if (hex && (has("-p") || has("-ps") || has("-plain") || has("-rp"))) return from_hex(text);
  return std::nullopt;
}

}  // namespace composelint::guard
