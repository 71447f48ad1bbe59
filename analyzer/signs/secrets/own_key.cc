#include "analyzer/signs/secrets/own_key.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"

namespace composelint {

bool is_own_by_its_name(std::string_view name) {
  static constexpr std::array<std::string_view, 34> kWords = {
      "",         "admin",      "app",      "base",     "cookie", "database", "db",
      "encrypt",  "encryption", "jwt",      "key",      "live",   "mariadb",  "minio",
      "mongo",    "mongodb",    "mysql",    "pass",     "passwd", "password", "pg",
      "postgres", "postgresql", "pw",       "rabbitmq", "redis",  "root",     "salt",
      "secret",   "session",    "sessions", "signing",  "user",   "view"};
  const std::string lower = lower_case(name);
  // Names that frameworks give to keys of their own.
  if (lower.find("fernet") != std::string::npos || lower.ends_with("secret_key_base") ||
      lower.ends_with("_salt")) {
    return true;
  }
  for (std::size_t at = 0; at <= lower.size();) {
    const std::size_t end = std::min(lower.find('_', at), lower.size());
    const std::string_view word = std::string_view(lower).substr(at, end - at);
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) return false;
    at = end + 1;
  }
  return true;
}

bool is_given_out_by(const Project& project, std::string_view name) {
  const std::string lower = lower_case(name);
  const std::string giver = lower.substr(0, lower.find('_'));
  if (giver == lower || giver.empty()) return false;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    if (!each.build || !each.image) return false;
    const std::string image = "/" + image_name(each.image->value).name + "/";
    return image.find("/" + giver + "/") != std::string::npos;
  });
}

}  // namespace composelint
