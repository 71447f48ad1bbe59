#include "analyzer/report/width.h"

#include <algorithm>
#include <array>

#include "analyzer/text/utf8.h"

namespace composelint::report {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t code_point) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code_point,
                       [](char32_t at, const Range& range) { return at < range.first; });
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

// C1 controls, soft hyphen, bidirectional and other format characters, line separators, tags.
constexpr std::array<Range, 11> kHidden = {{{0x80, 0x9F},
                                            {0xAD, 0xAD},
                                            {0x61C, 0x61C},
                                            {0x180E, 0x180E},
                                            {0x200B, 0x200F},
                                            {0x2028, 0x202E},
                                            {0x2060, 0x206F},
                                            {0x3164, 0x3164},
                                            {0xFEFF, 0xFEFF},
                                            {0xFFF9, 0xFFFB},
                                            {0xE0000, 0xE007F}}};

constexpr std::array<Range, 10> kCombining = {{{0x300, 0x36F},
                                               {0x483, 0x489},
                                               {0x591, 0x5BD},
                                               {0x64B, 0x65F},
                                               {0x1AB0, 0x1AFF},
                                               {0x1DC0, 0x1DFF},
                                               {0x20D0, 0x20FF},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F},
                                               {0xE0100, 0xE01EF}}};

// East Asian Width W and F (UAX #11), neighbouring ranges joined.
constexpr std::array<Range, 30> kWide = {
    {{0x1100, 0x115F},   {0x231A, 0x231B},  {0x23E9, 0x23EC}, {0x25FD, 0x25FE},
     {0x2614, 0x2615},   {0x2648, 0x2653},  {0x2693, 0x2693}, {0x26A1, 0x26A1},
     {0x26AA, 0x26AB},   {0x26BD, 0x26BE},  {0x26D4, 0x26D4}, {0x2705, 0x2705},
     {0x270A, 0x270B},   {0x2728, 0x2728},  {0x274C, 0x274C}, {0x274E, 0x274E},
     {0x2753, 0x2755},   {0x2757, 0x2757},  {0x2B50, 0x2B50}, {0x2E80, 0x303E},
     {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},  {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
     {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60}, {0x1F300, 0x1F6FF},
     {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}}};

std::size_t length_by_lead(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

}  // namespace

Decoded decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = std::min(length_by_lead(lead), text.size());
  if (text::first_invalid_utf8(text.substr(0, length))) return {lead, 1, false};
  char32_t code_point = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    code_point = code_point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {code_point, length, true};
}

std::size_t width_of(char32_t code_point) {
  if (code_point < 0x300) return 1;
  if (in(kCombining, code_point)) return 0;
  return in(kWide, code_point) ? 2 : 1;
}

bool is_hidden(char32_t code_point) {
  return code_point >= 0x80 && in(kHidden, code_point);
}

}  // namespace composelint::report
