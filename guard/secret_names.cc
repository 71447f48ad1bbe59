// Names that tell of secrets.

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/secrets/secret_name.h"
#include "guard/secret_words.h"

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

}  // namespace

std::string upper_name(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(c == '-' ? '_' : std::toupper(c));
  });
  return out;
}

bool may_name_a_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kLast = {
      "PASS", "PWD",   "PW",          "PSWD",       "AUTH",     "COOKIE", "JWT",      "PSK",
      "PIN",  "CREDS", "REQUIREPASS", "MASTERAUTH", "PASSCODE", "SIG",    "SIGNATURE"};
  // `password_changed_at = now()` tells when.
  static constexpr std::array<std::string_view, 8> kAbout = {
      "_AT", "_ON", "_DATE", "_COUNT", "_AGE", "_LENGTH", "_POLICY", "_EXPIRES"};
  static constexpr std::array<std::string_view, 5> kKeys = {"APP_KEY", "AUTH_KEY", "MASTER_KEY",
                                                            "SIGNING_KEY", "ENCRYPTION_KEY"};
  const bool option = name.starts_with('-');
  while (name.starts_with('-')) name.remove_prefix(1);
  // `--no-password`, `--skip-password`: they take nothing.
  if (option) {
    for (const std::string_view no : {"no-", "skip-", "without-", "has-"}) {
      if (name.starts_with(no)) return false;
    }
  }
  const std::string whole = upper_name(name);
  for (const std::string_view about : kAbout) {
    if (whole.ends_with(about)) return false;
  }
  if (names_a_secret(name)) return true;
  for (const std::string_view key : kKeys) {
    if (whole.ends_with(key)) return true;
  }
  // "userPass" as well as "USER_PASS".
  for (const std::string_view tail : {"Pass", "Pwd"}) {
    if (name.size() > tail.size() && name.ends_with(tail)) return true;
  }
  return one_of(std::string_view(whole).substr(whole.rfind('_') + 1), kLast);
}

bool makes_a_user(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kWho = {"USER",  "USERS",    "ADMIN", "ACCOUNT",
                                                           "STAFF", "PASSWORD", "PASSWD"};
  static constexpr std::array<std::string_view, 6> kDoes = {"CREATE", "ADD", "RESET",
                                                            "CHANGE", "SET", "NEW"};
  std::string all = upper_name(word) + "_";
  std::string part;
  bool who = false;
  bool does = false;
  for (const char c : all) {
    if (c == '_' || c == ':' || c == '.') {
      who = who || one_of(std::string_view(part), kWho);
      does = does || one_of(std::string_view(part), kDoes);
      part.clear();
    } else {
      part += c;
    }
  }
  return who && does && word.find_first_of("=/@ $(") == std::string_view::npos;
}

bool holds_secrets(std::string_view path) {
  static constexpr std::array<std::string_view, 7> kFiles = {
      "pgpass", "netrc", "htpasswd", "my.cnf", "mylogin.cnf", "git-credentials", "secrets"};
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    std::string_view name = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    while (name.starts_with('.') || name.starts_with('~')) name.remove_prefix(1);
    if (name.empty()) continue;
    if (one_of(name, kFiles) || may_name_a_secret(name.substr(0, name.find('.')))) return true;
  }
  return false;
}

}  // namespace composelint::guard
