#include "guard/mask_words.h"

#include <composelint/secret_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace composelint::guard {

namespace {

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// What ends a URL, or the part of it that names the host.
bool ends_authority(char c) {
  return c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' ||
         std::isspace(static_cast<unsigned char>(c)) != 0;
}

// Begin and end of the password behind the "://" at `at`; both 0 where there is none.
std::pair<std::size_t, std::size_t> password_at(std::string_view text, std::size_t at) {
  const std::size_t begin = at + 3;
  std::size_t end = begin;
  while (end < text.size() && !ends_authority(text[end])) ++end;
  // A password that was not escaped may hold a '/': then the last '@' of the word counts.
  std::size_t word = end;
  while (word < text.size() && std::isspace(static_cast<unsigned char>(text[word])) == 0 &&
         text[word] != '"' && text[word] != '\'') {
    ++word;
  }
  std::size_t host = text.substr(0, end).rfind('@');
  if (host == std::string_view::npos || host < begin) host = text.substr(0, word).rfind('@');
  if (host == std::string_view::npos || host < begin) return {0, 0};
  const std::size_t colon = text.find(':', begin);
  if (colon < host) return {colon + 1, host};
  // A token in the place of the user.
  const bool web = text.substr(0, at).ends_with("http") || text.substr(0, at).ends_with("https");
  return web ? std::pair(begin, host) : std::pair<std::size_t, std::size_t>(0, 0);
}

std::string without_url_passwords(std::string_view text) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = text.find("://"); at != std::string_view::npos;
       at = text.find("://", at + 3)) {
    const auto [begin, end] = password_at(text, at);
    if (begin == 0 || begin < copied) continue;
    out += text.substr(copied, begin - copied);
    out += kMasked;
    copied = end;
  }
  return out + std::string(text.substr(copied));
}

// Where the value behind the name that ends at `at` begins; 0: it has none.
std::size_t value_begin(std::string_view text, std::size_t at) {
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) ++at;
  while (at < text.size() && text[at] == ' ') ++at;
  if (at >= text.size() || (text[at] != '=' && text[at] != ':')) return 0;
  ++at;
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

std::size_t value_end(std::string_view text, std::size_t begin) {
  if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) {
    const std::size_t close = text.find(text[begin], begin + 1);
    return close == std::string_view::npos ? text.size() : close;
  }
  std::size_t end = begin;
  while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) == 0 &&
         std::string_view("\"';&|,)").find(text[end]) == std::string_view::npos) {
    ++end;
  }
  return end;
}

bool is_authorization(std::string_view name) {
  static constexpr std::string_view kName = "authorization";
  return name.size() == kName.size() &&
         std::equal(name.begin(), name.end(), kName.begin(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         });
}

std::string without_named_values(std::string_view text) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_name(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_name(text[end])) ++end;
    const std::string_view name = text.substr(at, end - at);
    at = end;
    const bool header = is_authorization(name);
    if (!header && !names_a_secret(name)) continue;
    std::size_t begin = value_begin(text, end);
    if (begin == 0) {
      // `--password SECRET` inside of shell text
      if (!name.starts_with("--") || end >= text.size() || text[end] != ' ') continue;
      begin = end + 1;
    }
    std::size_t stop = value_end(text, begin);
    if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) ++begin;
    // "Bearer x"
    if (header) stop = std::max(stop, std::min(text.find_first_of("\"'\r\n", begin), text.size()));
    if (stop <= begin) continue;
    out += text.substr(copied, begin - copied);
    out += kMasked;
    copied = at = stop;
  }
  return out + std::string(text.substr(copied));
}

}  // namespace

std::string_view password_in_url(std::string_view text) {
  const std::size_t at = text.find("://");
  if (at == std::string_view::npos) return {};
  const auto [begin, end] = password_at(text, at);
  return begin == 0 ? std::string_view() : text.substr(begin, end - begin);
}

bool takes_joined_password(std::string_view program) {
  static constexpr std::array<std::string_view, 8> kPrograms = {
      "mysql",   "mysqldump",    "mysqladmin", "mysqlimport",
      "mariadb", "mariadb-dump", "sshpass",    "mariadb-admin"};
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

std::string without_told_secrets(std::string_view text) {
  return without_named_values(without_url_passwords(text));
}

}  // namespace composelint::guard
