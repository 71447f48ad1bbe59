#include "analyzer/compose/runes.h"

#include <algorithm>
#include <array>

namespace composelint::compose {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Range {
  char32_t first;
  char32_t last;
};

// Blocks above ASCII that hold neither letters nor numbers.
constexpr std::array kSymbols = {
    Range{0x80, 0xA9},       Range{0xAB, 0xB1},       Range{0xB4, 0xB4},
    Range{0xB6, 0xB8},       Range{0xBB, 0xBB},       Range{0xBF, 0xBF},
    Range{0xD7, 0xD7},       Range{0xF7, 0xF7},       Range{0x0300, 0x036F},
    Range{0x2000, 0x206F},   Range{0x20A0, 0x20FF},   Range{0x2190, 0x245F},
    Range{0x249C, 0x24E9},   Range{0x2500, 0x2775},   Range{0x2794, 0x2BFF},
    Range{0x3000, 0x3004},   Range{0x3008, 0x3020},   Range{0xD800, 0xF8FF},
    Range{0xFE00, 0xFE6F},   Range{0xFF01, 0xFF0F},   Range{0xFFF0, 0xFFFF},
    Range{0x1F000, 0x1F0FF}, Range{0x1F10D, 0x1FAFF}, Range{0xE0000, 0x10FFFF},
};

}  // namespace

Rune rune_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
  if (size == 1 || lead > 0xF4 || at + size > text.size()) return {kReplacement, 1};
  char32_t code = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {kReplacement, 1};
    code = (code << 6U) | (byte(at + i) & 0x3FU);
  }
  return {code, size};
}

void append_utf8(char32_t code, std::string& out) {
  const auto put = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

bool is_blank(char32_t code) {
  return code == '\t' || code == '\v' || code == '\f' || code == '\r' || code == ' ' ||
         code == 0x85 || code == 0xA0;
}

bool is_space(char32_t code) {
  return is_blank(code) || code == '\n' || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

bool is_letter_or_number(char32_t code) {
  if (code < 0x80) {
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
           (code >= 'a' && code <= 'z');
  }
  return std::none_of(kSymbols.begin(), kSymbols.end(), [&](const Range& range) {
    return code >= range.first && code <= range.last;
  });
}

std::string_view trim_left(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = rune_at(text, 0);
    if (!is_space(rune.code)) break;
    text.remove_prefix(rune.size);
  }
  return text;
}

std::string_view trim_right(std::string_view text) {
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    if (!is_space(rune_at(text, at).code)) break;
    text = text.substr(0, at);
  }
  return text;
}

void append_octal_escape(std::string_view digits, std::string& out) {
  char32_t code = 0;
  bool octal = digits.size() == 3;
  for (const char digit : digits) {
    octal = octal && digit < '8';
    code = code * 8 + static_cast<char32_t>(digit - '0');
  }
  if (octal && code < 256) {
    append_utf8(code, out);
  } else {
    out += '\\';
    out += digits;
  }
}

}  // namespace composelint::compose
