#include "analyzer/signs/secrets/named_secret.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/signs/secrets/secret_value.h"
#include "analyzer/signs/secrets/secret_variable.h"

namespace composelint {

std::string_view option_name(std::string_view word) {
  if (word.starts_with("--")) return word.substr(2);
  if (!word.starts_with('-') || word.size() < 3) return {};
  const std::string_view name = word.substr(1);
  return names_a_secret(name.substr(1, name.find('=') - 1)) ? std::string_view() : name;
}

bool is_secret_option(std::string_view name) {
  if (names_a_secret(name)) return true;
  std::string low(name);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (low.size() <= 4) return false;
  return (low.ends_with("pass") && !low.ends_with("bypass") && !low.ends_with("compass")) ||
         low.ends_with("-pwd") || low.ends_with("_pwd");
}

bool is_secret_assignment(std::string_view name) {
  return name == "PASS" || name == "PW" || is_secret_option(name);
}

namespace {

// DB_PASSWORD, APP_SECRET2; not PASSWORD_RESET_SCRIPT.
bool ends_like_a_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kEnds = {
      "APIKEY",   "API_KEY", "ACCESS_KEY", "PASS",  "PASSPHRASE", "PASSWD",
      "PASSWORD", "_PWD",    "SECRET",     "TOKEN", "SECRET_KEY"};
  std::string upper(name.substr(0, name.find_last_not_of("0123456789") + 1));
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return holds_a_secret(upper + (upper.ends_with("PASS") ? "WORD" : "")) &&
         !upper.ends_with("BYPASS") &&
         std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return upper.ends_with(end); });
}

}  // namespace

std::string_view secret_variable_of(const Argument& word) {
  std::string_view written = word.span.text();
  if (!word.runs.empty() && word.text.find(' ') != std::string::npos) return {};
  while (!written.empty() && std::string_view("\"'\\").find(written.back()) != written.npos) {
    written.remove_suffix(1);
  }
  const std::string_view name = variable_at_end(written);
  if (name.empty() || !ends_like_a_secret(name)) return {};
  const auto sign = static_cast<std::size_t>(name.data() - written.data());
  std::string_view before = written.substr(0, sign);
  before = before.substr(0, before.find_last_not_of("${\"\\") + 1);  // npos + 1 is 0
  if (!before.empty() && (before.back() != '=' || before.find('$') != before.npos)) return {};
  const std::size_t from = before.empty() ? 0 : word.text.find('=') + 1;
  return is_secret(word, from) ? name : std::string_view();
}

}  // namespace composelint
