#include "analyzer/compose/schema/pattern.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace composelint::compose::schema {

namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c);
}

bool is_name_character(char c) {
  return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
}

template <typename Test>
bool all(std::string_view text, Test test) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

// Searched for, not anchored: "-ab-" passes, as in Compose.
bool has_container_name(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_alphanumeric(text[i - 1]) && is_name_character(text[i])) return true;
  }
  return false;
}

// every_2h, every_1d12h
bool has_period(std::string_view text) {
  constexpr std::string_view kStart = "every_";
  for (std::size_t at = text.find(kStart); at != std::string_view::npos;
       at = text.find(kStart, at + 1)) {
    std::size_t end = at + kStart.size();
    const std::size_t digits = end;
    while (end < text.size() && is_digit(text[end])) ++end;
    const bool unit =
        end < text.size() && std::string_view("wdhms").find(text[end]) != std::string_view::npos;
    if (end > digits && unit) return true;
  }
  return false;
}

// Searched for as well: "whenever" holds "never".
bool has_pull_policy(std::string_view text) {
  constexpr std::array<std::string_view, 8> kPolicies = {
      "always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"};
  const bool word = std::any_of(kPolicies.begin(), kPolicies.end(), [&](std::string_view policy) {
    return text.find(policy) != std::string_view::npos;
  });
  return word || has_period(text);
}

}  // namespace

bool matches(Pattern pattern, std::string_view text) {
  switch (pattern) {
    case Pattern::kNone: return true;
    case Pattern::kExtension: return text.starts_with("x-");
    case Pattern::kName: return all(text, is_name_character);
    case Pattern::kLowerLetters: return all(text, is_lower);
    case Pattern::kOneLine: return all(text, [](char c) { return c != '\n'; });
    case Pattern::kSomeText:
      return std::any_of(text.begin(), text.end(), [](char c) { return c != '\n'; });
    case Pattern::kContainerName: return has_container_name(text);
    case Pattern::kPullPolicy: return has_pull_policy(text);
  }
  return true;
}

std::string_view demand(Pattern pattern) {
  switch (pattern) {
    case Pattern::kName: return "hold only letters, digits, '.', '_' and '-'";
    case Pattern::kLowerLetters: return "hold only small letters";
    case Pattern::kContainerName:
      return "hold a letter or digit followed by another or by '_', '.' or '-'";
    case Pattern::kPullPolicy:
      return "be always, never, build, missing, if_not_present, daily, weekly or every_2h";
    case Pattern::kOneLine: return "be one line";
    case Pattern::kSomeText: return "not be empty";
    case Pattern::kNone:
    case Pattern::kExtension: break;
  }
  return {};
}

}  // namespace composelint::compose::schema
