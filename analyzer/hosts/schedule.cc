#include "analyzer/hosts/schedule.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace composelint::hosts {
namespace {

using std::string_view;

// Takes the next word off `rest`.
string_view next_word(string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  const string_view word = rest.substr(0, rest.find_first_of(" \t"));
  rest.remove_prefix(word.size());
  return word;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// `*/5`, `1-5`, `mon,fri`, `H(0-59)` of Jenkins is none. Names stand for months and weekdays only.
bool is_time_field(string_view word, bool names) {
  if (word.empty() || (!is_digit(word.front()) && word.front() != '*' && !names)) return false;
  return std::all_of(word.begin(), word.end(),
                     [&](char c) {
                       return is_digit(c) || string_view("*/,-~?").find(c) != string_view::npos ||
                              (names && std::isalpha(static_cast<unsigned char>(c)) != 0);
                     }) &&
         (!names || std::isalpha(static_cast<unsigned char>(word.front())) == 0 ||
          word.size() <= 27);
}

// Whether `word`, which is the first behind a schedule, names the user to run as.
bool is_user(string_view word, bool system) {
  static constexpr std::array<string_view, 12> kUsers = {
      "root", "www-data", "nobody", "ubuntu",   "debian", "admin",
      "app",  "deploy",   "user",   "ec2-user", "pi",     "postgres"};
  if (std::find(kUsers.begin(), kUsers.end(), word) != kUsers.end()) return true;
  if (!system || word.empty()) return false;
  static constexpr std::array<string_view, 10> kCommands = {
      "docker", "docker-compose", "cd", "sh", "bash", "test", "sleep", "flock", "curl", "php"};
  if (std::find(kCommands.begin(), kCommands.end(), word) != kCommands.end()) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return c == '_' || c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
}

}  // namespace

// The schedule that `line` begins with, without the blanks behind it; empty when it is none.
string_view schedule_of(string_view line) {
  static constexpr std::array<string_view, 8> kNicknames = {
      "@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"};
  string_view rest = line;
  const string_view first = next_word(rest);
  const auto size = [&] { return static_cast<std::size_t>(rest.data() - line.data()); };
  if (std::find(kNicknames.begin(), kNicknames.end(), first) != kNicknames.end()) {
    return line.substr(0, size());
  }
  if (!is_time_field(first, false)) return {};
  for (const bool names : {false, false, true, true}) {
    if (!is_time_field(next_word(rest), names)) return {};
  }
  return line.substr(0, size());
}

std::size_t command_begin(string_view line, string_view schedule, bool system) {
  string_view rest = line.substr(schedule.size());
  const string_view first = next_word(rest);
  const auto at = static_cast<std::size_t>(first.data() - line.data());
  if (!is_user(first, system)) return at;
  return std::min(line.find_first_not_of(" \t", at + first.size()), line.size());
}

}  // namespace composelint::hosts
