#include "analyzer/shell/braces.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
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

std::vector<std::string> expand_range(std::string_view inside, std::size_t most) {
  const std::size_t dots = inside.find("..");
  if (dots == std::string_view::npos) return {};
  std::string_view last = inside.substr(dots + 2);
  std::int64_t step = 1;
  if (const std::size_t more = last.find(".."); more != std::string_view::npos) {
    step = number(last.substr(more + 2)).value_or(0);
    step = step < 0 ? -step : step;
    last = last.substr(0, more);
  }
  const std::string_view first = inside.substr(0, dots);
  std::optional<std::int64_t> from = number(first);
  std::optional<std::int64_t> to = number(last);
  const bool letters = !from && !to && first.size() == 1 && last.size() == 1;
  if (letters) {
    from = first[0];
    to = last[0];
  }
  if (!from || !to || step == 0) return {};
  const bool padded =
      !letters && ((first.size() > 1 && first[0] == '0') || (last.size() > 1 && last[0] == '0'));
  const std::size_t width = padded ? std::max(first.size(), last.size()) : 0;
  const std::int64_t signed_step = *from <= *to ? step : -step;
  std::vector<std::string> words;
  for (std::int64_t i = *from; signed_step > 0 ? i <= *to : i >= *to; i += signed_step) {
    if (words.size() == most) return {};
    std::string word = letters ? std::string(1, static_cast<char>(i)) : std::to_string(i);
    if (i >= 0 && word.size() < width) word.insert(0, width - word.size(), '0');
    words.push_back(std::move(word));
  }
  return words;
}

// The first brace that holds a comma or a range at its own level.
struct Brace {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::string_view> items;
};

std::optional<Brace> first_brace(std::string_view text) {
  for (std::size_t begin = text.find('{'); begin != std::string_view::npos;
       begin = text.find('{', begin + 1)) {
    Brace brace{begin, 0, {}};
    std::size_t depth = 0;
    std::size_t item = begin + 1;
    for (std::size_t i = begin; i < text.size() && brace.end == 0; ++i) {
      if (text[i] == '{') ++depth;
      if (text[i] == ',' && depth == 1) {
        brace.items.push_back(text.substr(item, i - item));
        item = i + 1;
      }
      if (text[i] == '}' && --depth == 0) {
        brace.items.push_back(text.substr(item, i - item));
        brace.end = i + 1;
      }
    }
    const bool range = brace.items.size() == 1 && brace.items[0].find("..") != std::string::npos;
    if (brace.end != 0 && (brace.items.size() > 1 || range)) return brace;
  }
  return std::nullopt;
}

bool expand_into(std::string_view text, std::size_t most, std::vector<std::string>& words) {
  const auto brace = first_brace(text);
  if (!brace) {
    words.emplace_back(text);
    return words.size() <= most;
  }
  std::vector<std::string> items;
  if (brace->items.size() == 1) {
    items = expand_range(brace->items[0], most);
    if (items.empty()) {
      words.emplace_back(text);
      return words.size() <= most;
    }
  } else {
    for (const std::string_view item : brace->items) {
      if (!expand_into(item, most, items)) return false;
    }
  }
  std::vector<std::string> rest;
  if (!expand_into(text.substr(brace->end), most, rest)) return false;
  for (const std::string& item : items) {
    for (const std::string& tail : rest) {
      words.push_back(std::string(text.substr(0, brace->begin)) + item + tail);
      if (words.size() > most) return false;
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
