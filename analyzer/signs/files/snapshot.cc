#include "analyzer/signs/files/snapshot.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>

namespace composelint {

namespace {

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// Takes a number of so many digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  const bool there = text.size() >= digits && std::all_of(text.begin(), text.begin() + digits,
                                                          [](char c) { return is_digit(c); });
  if (!there) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(0, digits)) number = number * 10 + (c - '0');
  text.remove_prefix(digits);
  return number;
}

bool take_mark(std::string_view& text, std::string_view marks) {
  if (text.empty() || marks.find(text.front()) == marks.npos) return false;
  text.remove_prefix(1);
  return true;
}

bool is_within(const std::optional<int>& number, int least, int most) {
  return number && *number >= least && *number <= most;
}

bool begins_with_a_moment(std::string_view text) {
  if (!is_within(take_number(text, 4), 2000, 2099)) return false;
  take_mark(text, "-_.");
  if (!is_within(take_number(text, 2), 1, 12)) return false;
  take_mark(text, "-_.");
  if (!is_within(take_number(text, 2), 1, 31) || !take_mark(text, "Tt_-. ")) return false;
  if (!is_within(take_number(text, 2), 0, 23)) return false;
  take_mark(text, "-_.:h");
  if (!is_within(take_number(text, 2), 0, 59)) return false;
  take_mark(text, "-_.:m");
  take_number(text, 2);
  return text.empty() || !is_digit(text.front());
}

}  // namespace

bool is_named_for_a_moment(std::string_view directory) {
  for (std::size_t at = 0; at < directory.size(); ++at) {
    const bool begins = at == 0 || !is_digit(directory[at - 1]);
    if (begins && begins_with_a_moment(directory.substr(at))) return true;
  }
  return false;
}

bool begins_with_a_log(const SourceFile& file) {
  const std::string_view first = file.bytes().substr(0, file.bytes().find('\n'));
  return first.starts_with("time=\"20") && first.find(" level=") != first.npos;
}

}  // namespace composelint
