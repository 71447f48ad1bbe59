#include "analyzer/shell/braces.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace composelint::shell {
namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  constexpr std::int64_t kFar = 1'000'000'000;
  if (value > kFar || value < -kFar) return std::nullopt;
  return value;
}

struct Range {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t step = 1;  // away from zero towards `to`
  bool letters = false;
  std::size_t width = 0;  // padded with zeros to it
};

bool is_padded(std::string_view text) {
  return text.size() > 1 && text[0] == '0';
}

std::optional<Range> range_of(std::string_view inside) {
  const std::size_t dots = inside.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const std::string_view first = inside.substr(0, dots);
  std::string_view last = inside.substr(dots + 2);
  Range range;
  if (const std::size_t more = last.find(".."); more != std::string_view::npos) {
    range.step = std::abs(number(last.substr(more + 2)).value_or(0));
    last = last.substr(0, more);
  }
  const std::optional<std::int64_t> from = number(first);
  const std::optional<std::int64_t> to = number(last);
  range.letters = !from && !to && first.size() == 1 && last.size() == 1;
  if (range.step == 0 || (!range.letters && (!from || !to))) return std::nullopt;
  range.from = range.letters ? first[0] : *from;
  range.to = range.letters ? last[0] : *to;
  if (range.from > range.to) range.step = -range.step;
  if (is_padded(first) || is_padded(last)) range.width = std::max(first.size(), last.size());
  return range;
}

std::vector<std::string> expand_range(std::string_view inside, std::size_t most) {
  const std::optional<Range> range = range_of(inside);
  if (!range) return {};
  const std::int64_t last_step = (range->to - range->from) / range->step;
  if (last_step >= static_cast<std::int64_t>(most)) return {};
  std::vector<std::string> words;
  for (std::int64_t i = 0; i <= last_step; ++i) {
    const std::int64_t value = range->from + i * range->step;
    std::string word =
        range->letters ? std::string(1, static_cast<char>(value)) : std::to_string(value);
    if (value >= 0 && word.size() < range->width) {
      word.insert(0, range->width - word.size(), '0');
    }
    words.push_back(std::move(word));
  }
  return words;
}

// The first brace that holds a comma or a range at its own level.
struct Brace {
  std::size_t begin = 0;
  std::size_t end = 0;  // 0: it is not closed
  std::vector<std::string_view> items;
};

Brace brace_at(std::string_view text, std::size_t begin) {
  Brace brace{begin, 0, {}};
  std::size_t depth = 0;
  std::size_t item = begin + 1;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}') --depth;
    const bool ends_item = (text[i] == ',' && depth == 1) || depth == 0;
    if (!ends_item) continue;
    brace.items.push_back(text.substr(item, i - item));
    item = i + 1;
    if (depth != 0) continue;
    brace.end = i + 1;
    break;
  }
  return brace;
}

std::optional<Brace> first_brace(std::string_view text) {
  for (std::size_t begin = text.find('{'); begin != std::string_view::npos;
       begin = text.find('{', begin + 1)) {
    Brace brace = brace_at(text, begin);
    const bool range =
        brace.items.size() == 1 && brace.items[0].find("..") != std::string_view::npos;
    if (brace.end != 0 && (brace.items.size() > 1 || range)) return brace;
  }
  return std::nullopt;
}

bool expand_into(std::string_view text, std::size_t most, std::vector<std::string>& words);

bool expand_items(const Brace& brace, std::size_t most, std::vector<std::string>& words) {
  if (brace.items.size() == 1) {
    words = expand_range(brace.items[0], most);
    return true;
  }
  return std::all_of(brace.items.begin(), brace.items.end(),
                     [&](std::string_view item) { return expand_into(item, most, words); });
}

bool expand_into(std::string_view text, std::size_t most, std::vector<std::string>& words) {
  const auto brace = first_brace(text);
  std::vector<std::string> items;
  if (brace && !expand_items(*brace, most, items)) return false;
  if (items.empty()) {
    words.emplace_back(text);
    return words.size() <= most;
  }
  std::vector<std::string> rest;
  if (!expand_into(text.substr(brace->end), most, rest)) return false;
  if (words.size() + items.size() * rest.size() > most) return false;
  for (const std::string& item : items) {
    for (const std::string& tail : rest) {
      std::string& word = words.emplace_back(text.substr(0, brace->begin));
      word += item;
      word += tail;
    }
  }
  return true;
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view text, std::size_t most) {
  std::vector<std::string> words;
  if (!expand_into(text, most, words)) return {std::string(text)};
  return words;
}

}  // namespace composelint::shell
