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
  static constexpr std::array<std::string_view, 37> kWords = {
      "",         "256",        "aes",     "credential", "admin", "app",    "base",     "cookie",
      "database", "db",         "encrypt", "encryption", "jwt",   "key",    "live",     "mariadb",
      "minio",    "mongo",      "mongodb", "mysql",      "pass",  "passwd", "password", "pg",
      "postgres", "postgresql", "pw",      "rabbitmq",   "redis", "root",   "salt",     "secret",
      "session",  "sessions",   "signing", "user",       "view"};
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

namespace {

constexpr std::size_t kMany = 5;

bool has(const Service& service, const std::string& name) {
  return std::any_of(service.environment.begin(), service.environment.end(),
                     [&](const auto& each) { return each.first == name; });
}

bool has_the_programs_prefix(const Service& service, std::string_view name) {
  const std::string prefix(name.substr(0, name.find('_') + 1));
  if (prefix.size() < 2 || prefix.size() == name.size()) return false;
  // `STORAGE_ENDPOINT` beside `STORAGE_SECRET_KEY`: somebody else's storage.
  for (const char* other : {"ACCOUNT", "ACCOUNT_SID", "BUCKET", "ENDPOINT", "HOST", "PLAN", "PRICE",
                            "REGION", "SERVER", "URL"}) {
    if (has(service, prefix + other)) return false;
  }
  const auto& all = service.environment;
  const auto alike = static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const auto& each) { return each.first.starts_with(prefix); }));
  return alike >= kMany && alike * 4 >= all.size() * 3 &&
         is_own_by_its_name(name.substr(prefix.size()));
}

bool is_of_a_test_client(const Service& service, std::string_view name) {
  constexpr std::string_view kSecret = "CLIENT_SECRET";
  if (!name.ends_with(kSecret)) return false;
  const std::string id = std::string(name.substr(0, name.size() - kSecret.size())) + "CLIENT_ID";
  return std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
    return each.first == id && each.second.value && *each.second.value == "test";
  });
}

}  // namespace

bool is_own_among_its_like(const WorkspaceFacts& facts, const Finding& finding) {
  const std::string& name = finding.key[1];
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const Service* service = project->service(finding.key.front());
    return service != nullptr && service->span.file == finding.span.file &&
           (has_the_programs_prefix(*service, name) || is_of_a_test_client(*service, name));
  });
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
