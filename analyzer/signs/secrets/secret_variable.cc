#include "analyzer/signs/secrets/secret_variable.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "analyzer/signs/secrets/secret_name.h"

namespace composelint {

bool holds_a_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 35> kAbout = {
      "PUBLIC",  "EXPIR",    "TTL",      "LENGTH",   "TIMEOUT", "HEADER",  "ENDPOINT",
      "ISSUER",  "ALGO",     "POLICY",   "LIFETIME", "_HASH",   "ENABLE",  "DISABLE",
      "RESET",   "SITE_KEY", "PREFIX",   "TOKENS",   "TOKENIZ", "SERVICE", "PROVIDER",
      "VALIDAT", "HINT",     "ROTAT",    "_ARN",     "_URI",    "VERSION", "_HOST",
      "_TYPE",   "_USER",    "AUDIENCE", "_SCOPE",   "_CLAIM",  "_AGE",    "INTERVAL"};
  static constexpr std::array<std::string_view, 11> kEnds = {
      "FERNET_KEY",     "_PASS",   "_PWD",     "APP_KEY", "MASTER_KEY", "SIGNING_KEY",
      "ENCRYPTION_KEY", "JWT_KEY", "AUTH_KEY", "_SALT",   "HASH_KEY"};
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  const bool about = std::any_of(kAbout.begin(), kAbout.end(), [&](std::string_view part) {
    return upper.find(part) != std::string::npos;
  });
  if (about) return false;
  return names_a_secret(upper) ||
         std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return upper.ends_with(end); });
}

}  // namespace composelint
