#include "analyzer/signs/secrets/secret_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

bool names_a_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kParts = {
      "ACCESS_KEY", "APIKEY",   "API_KEY",     "CREDENTIAL", "PASSPHRASE",
      "PASSWD",     "PASSWORD", "PRIVATE_KEY", "SECRET",     "TOKEN"};
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) {
    return static_cast<char>(c == '-' ? '_' : std::toupper(c));
  });
  if (upper.ends_with("MAX_TOKENS")) return false;  // a number of words
  for (const std::string_view place :
       {"_FILE", "FILENAME", "_STDIN", "_ID", "_PATH", "_DIR", "_LOCATION", "_NAME", "SECRETNAME",
        "_ALIAS", "_REF", "_URL"}) {
    if (upper.ends_with(place)) return false;
  }
  // How long it holds, what for, for whom.
  for (const std::string_view setting :
       {"_ALGORITHM", "_AUDIENCE", "_CIDRS", "_EXPIRATION", "_EXPIRY", "_HOURS", "_ISSUER",
        "_LENGTH", "_LIFETIME", "_MINUTES", "_PERIOD", "_POLICIES", "_POLICY", "_SECONDS", "_TTL",
        "_TYPE", "_USES"}) {
    if (upper.ends_with(setting)) return false;
  }
  if (upper == "MYSQL_PWD" || upper == "PGPASSWORD" || upper == "REDISCLI_AUTH") return true;
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return upper.find(part) != std::string::npos; });
}

std::string_view name_before(std::string_view text, std::size_t at) {
  text = text.substr(0, at);
  const std::size_t end = text.find_last_not_of(" :=\"'\\");
  if (end == std::string_view::npos || end + 1 == text.size()) return {};
  text = text.substr(0, end + 1);
  const std::size_t begin =
      text.find_last_not_of("-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return begin == std::string_view::npos ? text : text.substr(begin + 1);
}

}  // namespace composelint
