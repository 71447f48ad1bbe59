#include "analyzer/signs/secrets/guessable.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/compose/numbers.h"

namespace composelint {

namespace {

// "password" of "P@ssw0rd".
std::string without_disguise(std::string_view text) {
  constexpr std::string_view kDisguise = "0134578@$!";
  constexpr std::string_view kLetters = "oleastbasi";
  std::string out = lower_case(text);
  for (char& c : out) {
    if (const std::size_t at = kDisguise.find(c); at != std::string_view::npos) c = kLetters[at];
  }
  return out;
}

// "p@55word": signs stand for letters, and nothing else is in it.
bool is_word_in_disguise(std::string_view value) {
  const std::size_t sign = value.find_first_of("@$!");
  if (sign == std::string_view::npos || sign + 1 == value.size()) return false;
  const std::string word = without_disguise(value);
  return std::all_of(word.begin(), word.end(),
                     [](unsigned char c) { return std::isalpha(c) != 0; });
}

// What is left when words that nobody would take for a secret are out of it.
std::string without_weak_words(std::string text, std::string_view disguised) {
  static constexpr std::array<std::string_view, 92> kWeak = {
      "placeholder", "development", "production", "credentials", "changeme", "changeit",
      "password",    "passwort",    "passphrase", "example",     "generate", "generated",
      "postgres",    "wordpress",   "database",   "keycloak",    "rabbitmq", "airflow",
      "security",    "insecure",    "localhost",  "superset",    "postgre",  "internal",
      "replace",     "session",     "default",    "testing",     "welcome",  "letmein",
      "mariadb",     "mongodb",     "laravel",    "grafana",     "elastic",  "private",
      "secure",      "strong",      "please",     "sample",      "service",  "server",
      "django",      "change",      "secret",     "access",      "signing",  "encryption",
      "passwd",      "passw",       "random",     "string",      "length",   "minimum",
      "characters",  "token",       "value",      "super",       "admin",    "minio",
      "mysql",       "mongo",       "redis",      "local",       "guest",    "qwerty",
      "dummy",       "fixme",       "cookie",     "client",      "unsafe",   "build",
      "magic",       "temp",        "fake",       "todo",        "test",     "demo",
      "prod",        "root",        "user",       "pass",        "your",     "here",
      "this",        "that",        "with",       "base",        "auth",     "key"};
  const std::string plain = without_disguise(disguised);
  for (const std::string_view word : kWeak) {
    for (std::size_t at = plain.find(word); !word.empty() && at != std::string::npos;
         at = plain.find(word, at + word.size())) {
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), word.size(), '-');
    }
  }
  return text;
}

// Stripe's and MercadoPago's keys for tries say so themselves: no money is moved by them.
bool is_for_a_sandbox(std::string_view value) {
  static constexpr std::array<std::string_view, 4> kBegin = {"TEST-", "sk_test_", "pk_test_",
                                                             "rk_test_"};
  return std::any_of(kBegin.begin(), kBegin.end(),
                     [&](std::string_view begin) { return value.starts_with(begin); });
}

// Logins to services that are open to all, as their own pages print them: the broker of Meshtastic.
bool is_a_public_login(std::string_view value) {
  return value == "large4cats";
}

// What a value is made of.
struct Makeup {
  std::size_t letters = 0;
  std::size_t upper = 0;
  std::size_t digits = 0;
  std::size_t changes = 0;   // from letters to digits and back
  std::size_t distinct = 0;  // of its characters
};

Makeup makeup_of(std::string_view text) {
  Makeup out;
  std::string seen;
  char kind = ' ';
  for (const char letter : text) {
    const auto c = static_cast<unsigned char>(letter);
    const bool alpha = std::isalpha(c) != 0;
    const bool digit = std::isdigit(c) != 0;
    out.letters += alpha ? 1U : 0U;
    out.upper += std::isupper(c) != 0 ? 1U : 0U;
    out.digits += digit ? 1U : 0U;
    const char now = alpha ? 'a' : digit ? '0' : kind;
    out.changes += now != kind && kind != ' ' ? 1U : 0U;
    kind = now;
    if (seen.find(letter) == std::string::npos) seen += letter;
  }
  out.distinct = seen.size();
  return out;
}

// "some-dev-secret" of `c29tZS1kZXYtc2VjcmV0`; empty where it is no text in base64: of a random
// value nearly none decodes to that. JSON is what services put their tokens into.
std::string text_behind(std::string_view value) {
  constexpr std::size_t kShort = 12;
  if (value.size() < kShort) return "";
  const std::optional<std::string> text = compose::decode_base64(value);
  const bool plain = text && std::all_of(text->begin(), text->end(), [](unsigned char c) {
                       return std::isalnum(c) != 0 ||
                              std::string_view(" \n!+,-./:=?@_").find(static_cast<char>(c)) !=
                                  std::string_view::npos;
                     });
  // `user:password`
  return plain ? text->substr(text->rfind(':') + 1) : "";
}

}  // namespace

bool is_issued(std::string_view value) {
  static constexpr std::array<std::string_view, 18> kBegin = {
      "-----BEGIN", "AKIA",    "ASIA",   "SG.",   "ghp_",  "github_pat_",
      "gho_",       "ghs_",    "glpat-", "npm_",  "pypi-", "sk_live_",
      "rk_live_",   "sk-ant-", "xoxb-",  "xoxp-", "AIza",  "dop_v1_"};
  return value.size() >= 16 &&
         std::any_of(kBegin.begin(), kBegin.end(),
                     [&](std::string_view begin) { return value.starts_with(begin); });
}

bool is_guessable(std::string_view value) {
  if (value.starts_with("base64:")) value.remove_prefix(7);
  if (is_for_a_sandbox(value) || is_a_public_login(value)) return true;
  if (const std::string text = text_behind(value); !text.empty() && is_guessable(text)) return true;
  const std::string lower = lower_case(value);
  for (const std::string_view part :
       {"change",   "example",     "your",     "please",   "char",      "xxx",
        "replace",  "placeholder", "insecure", "not-",     "not_",      "dummy",
        "generate", "dev-",        "dev_",     "-dev",     "_dev",      "local",
        "1234",     "abcd",        "***",      "...",      "<",         "{",
        "$",        "should",      "atleast",  "mysecret", "my-secret", "my_secret"}) {
    if (lower.find(part) != std::string::npos) return true;
  }
  if (is_issued(value)) return false;
  if (is_word_in_disguise(value)) return true;
  const Makeup left = makeup_of(without_weak_words(std::string(value), value));
  if (left.letters + left.digits < 7 || left.distinct < 6) return true;
  const bool mixed = left.upper > 0 && left.upper < left.letters;
  // "hunter2024" is a word and a year.
  if (left.changes < 2 && !(mixed && left.changes == 1 && left.letters + left.digits >= 10)) {
    return true;
  }
  return left.digits == 0;
}

bool is_made_up(std::string_view value) {
  const Makeup makeup = makeup_of(value);
  return !is_issued(value) && makeup.changes < 2 && makeup.digits <= 4 && makeup.letters <= 24;
}

}  // namespace composelint
