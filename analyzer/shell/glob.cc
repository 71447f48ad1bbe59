#include "analyzer/shell/glob.h"

namespace composelint::shell {
namespace {

// Behind the bracket expression at `at`; `at` when it is not one.
std::size_t bracket_end(std::string_view pattern, std::size_t at) {
  std::size_t i = at + 1;
  if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  while (i < pattern.size() && pattern[i] != ']') {
    const std::size_t close =
        pattern.substr(i).starts_with("[:") ? pattern.find(":]", i) : std::string_view::npos;
    i = close == std::string_view::npos ? i + 1 : close + 2;
  }
  return i < pattern.size() ? i + 1 : at;
}

struct CharacterClass {
  std::string_view name;
  std::string_view ranges;  // pairs: first and last
};

constexpr CharacterClass kClasses[] = {
    {"alpha", "azAZ"},   {"digit", "09"},      {"alnum", "azAZ09"},
    {"lower", "az"},     {"upper", "AZ"},      {"space", "  \t\r"},
    {"blank", "  \t\t"}, {"xdigit", "09afAF"}, {"punct", "!/:@[`{~"},
};

bool in_ranges(std::string_view ranges, char c) {
  for (std::size_t i = 0; i + 1 < ranges.size(); i += 2) {
    if (ranges[i] <= c && c <= ranges[i + 1]) return true;
  }
  return false;
}

bool in_class(std::string_view name, char c) {
  for (const CharacterClass& each : kClasses) {
    if (each.name == name) return in_ranges(each.ranges, c);
  }
  return false;
}

// The element of a bracket expression at `at`: whether it holds `c`, and `at` behind it.
bool element_matches(std::string_view inside, std::size_t& at, char c) {
  const std::string_view rest = inside.substr(at);
  const std::size_t close = rest.starts_with("[:") ? rest.find(":]") : std::string_view::npos;
  if (close != std::string_view::npos) {
    at += close + 2;
    return in_class(rest.substr(2, close - 2), c);
  }
  if (rest.size() > 2 && rest[1] == '-') {
    at += 3;
    return rest[0] <= c && c <= rest[2];
  }
  const bool escaped = rest[0] == '\\' && rest.size() > 1;
  at += escaped ? 2 : 1;
  return rest[escaped ? 1 : 0] == c;
}

bool bracket_matches(std::string_view inside, char c) {
  const bool negated = inside.starts_with('!') || inside.starts_with('^');
  if (negated) inside.remove_prefix(1);
  bool found = false;
  for (std::size_t at = 0; at < inside.size();) {
    found = element_matches(inside, at, c) || found;
  }
  return found != negated;
}

// One element of the pattern that is not '*' against one character: the size of the element, or 0.
std::size_t match_one(std::string_view pattern, std::size_t at, char c) {
  if (pattern[at] == '?') return 1;
  if (pattern[at] == '\\' && at + 1 < pattern.size()) return pattern[at + 1] == c ? 2 : 0;
  if (pattern[at] == '[') {
    const std::size_t end = bracket_end(pattern, at);
    if (end > at) {
      return bracket_matches(pattern.substr(at + 1, end - at - 2), c) ? end - at : 0;
    }
  }
  return pattern[at] == c ? 1 : 0;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
      continue;
    }
    const std::size_t size =
        p < pattern.size() && t < text.size() ? match_one(pattern, p, text[t]) : 0;
    if (size != 0) {
      p += size;
      ++t;
    } else if (star != std::string_view::npos && star_text < text.size()) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return true;
}

std::string glob_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::optional<GlobRange> glob_prefix(std::string_view pattern, std::string_view text,
                                     bool longest) {
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t size = longest ? text.size() - i : i;
    if (glob_matches(pattern, text.substr(0, size))) return GlobRange{0, size};
  }
  return std::nullopt;
}

std::optional<GlobRange> glob_suffix(std::string_view pattern, std::string_view text,
                                     bool longest) {
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t size = longest ? text.size() - i : i;
    const std::size_t begin = text.size() - size;
    if (glob_matches(pattern, text.substr(begin))) return GlobRange{begin, size};
  }
  return std::nullopt;
}

std::optional<GlobRange> glob_search(std::string_view pattern, std::string_view text,
                                     std::size_t from) {
  for (std::size_t begin = from; begin < text.size(); ++begin) {
    const auto found = glob_prefix(pattern, text.substr(begin), true);
    if (found && found->size > 0) return GlobRange{begin, found->size};
  }
  return std::nullopt;
}

}  // namespace composelint::shell
