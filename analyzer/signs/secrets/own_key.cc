#include "analyzer/signs/secrets/own_key.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/words/development_words.h"

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

// `SHOP_DEBUG`, `SHOP_ALLOWED_HOSTS`: how a program itself runs, which is said of no other party.
bool sets_how_it_runs(const Service& service, const std::string& prefix) {
  static constexpr std::array<const char*, 8> kOwn = {
      "ALLOWED_HOSTS", "BIND", "DEBUG", "HOSTS", "LISTEN", "LOCALE", "LOG_LEVEL", "WORKERS"};
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [&](const char* own) { return has(service, prefix + own); });
}

bool is_called_so(const Project& project, const Service& service, const std::string& prefix) {
  const std::string word = lower_case(prefix.substr(0, prefix.size() - 1));
  const bool image =
      service.image && has_name_word(file_name(image_name(service.image->value).name), {word});
  return image || has_name_word(service.name, {word}) || has_name_word(project.name.value, {word});
}

// A service that speaks to one other party has that one's prefix on most of its variables: a sender
// of messages its `TWILIO_…`. What is called after the party may be its client.
bool has_the_programs_prefix(const Project& project, const Service& service,
                             std::string_view name) {
  const std::string prefix(name.substr(0, name.find('_') + 1));
  if (prefix.size() < 2 || prefix.size() == name.size()) return false;
  // `STORAGE_ENDPOINT` beside `STORAGE_SECRET_KEY`: somebody else's storage.
  for (const char* other : {"ACCOUNT", "ACCOUNT_SID", "BUCKET", "ENDPOINT", "HOST", "PLAN", "PRICE",
                            "REGION", "SERVER", "URL", "USER"}) {
    if (has(service, prefix + other)) return false;
  }
  if (!sets_how_it_runs(service, prefix) && !is_called_so(project, service, prefix)) return false;
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
  const auto issued = [&](const Service& service) {
    return std::any_of(
        service.environment.begin(), service.environment.end(), [&](const auto& each) {
          return each.first == name && each.second.value && is_issued(*each.second.value);
        });
  };
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const Service* service = project->service(finding.key.front());
    return service != nullptr && service->span.file == finding.span.file && !issued(*service) &&
           (has_the_programs_prefix(*project, *service, name) ||
            is_of_a_test_client(*service, name));
  });
}

bool is_given_out_by(const Project& project, std::string_view name) {
  const std::string lower = lower_case(name);
  const std::string giver = lower.substr(0, lower.find('_'));
  if (giver == lower || giver.empty()) return false;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    if (!each.build || !each.image) return false;
    // The owner's part: the last one may be what speaks to the giver.
    const std::string image = "/" + image_name(each.image->value).name;
    return image.find("/" + giver + "/") != std::string::npos;
  });
}

}  // namespace composelint
