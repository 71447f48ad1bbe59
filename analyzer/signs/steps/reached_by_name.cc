#include "analyzer/signs/steps/reached_by_name.h"

#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_of_this_machine(std::string_view host) {
  static constexpr std::array<std::string_view, 6> kEnds = {".docker", ".internal",  ".lan",
                                                            ".local",  ".localhost", ".test"};
  return host.find('.') == host.npos ||
         std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return host.ends_with(end); });
}

bool is_reached_on_this_machine(const Service& service, bool by_default) {
  static constexpr std::array<std::string_view, 8> kOwn = {
      "APP_URL",    "BASE_URL",     "FRONTEND_URL", "NEXTAUTH_URL",
      "PUBLIC_URL", "REDIRECT_URI", "REDIRECT_URL", "SITE_URL"};
  constexpr std::string_view kOption = "external-url=http://localhost";
  const bool told = service.command &&
                    std::any_of(service.command->value.begin(), service.command->value.end(),
                                [&](const std::string& word) {
                                  return word.starts_with("--") && word.find(kOption) != word.npos;
                                });
  return told ||
         std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
           return each.second.value && each.second.value->starts_with("http://localhost") &&
                  (by_default || !comes_by_default(each.second.from)) &&
                  std::any_of(kOwn.begin(), kOwn.end(),
                              [&](std::string_view own) { return each.first.ends_with(own); });
         });
}

bool is_called_local(const Service& service) {
  const Value* networks = service.attribute("networks");
  if (networks == nullptr) return false;
  return std::any_of(networks->members.begin(), networks->members.end(), [](const Member& each) {
    const Value* aliases = each.value.find("aliases");
    return aliases != nullptr &&
           std::any_of(aliases->items.begin(), aliases->items.end(), [](const Value& alias) {
             return has_name_word(alias.text, {"local", "localhost"});
           });
  });
}

bool is_routed_on_this_machine(const Service& service) {
  // Of the router's second and third line, and of its first.
  static constexpr std::array<std::string_view, 2> kRules = {"Host(`", "frontend.rule=Host:"};
  const Value* labels = service.attribute("labels");
  if (labels == nullptr) return false;
  return std::any_of(labels->members.begin(), labels->members.end(), [&](const Member& label) {
    const std::string_view text = label.value.span.text();
    if (text.find('$') != text.npos) return false;
    return std::any_of(kRules.begin(), kRules.end(), [&](std::string_view rule) {
      const std::size_t at = text.find(rule);
      if (at == text.npos) return false;
      const std::string_view rest = text.substr(at + rule.size());
      const std::string_view host = rest.substr(0, rest.find_first_of("`'\",; "));
      return host == "localhost" || host.ends_with(".localhost");
    });
  });
}

bool has_a_domain(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const bool names = each.first.ends_with("DOMAIN") || each.first.ends_with("SERVER_NAME");
    return names && each.second.value && !is_of_this_machine(*each.second.value) &&
           each.second.value->find_first_of(" *$/") == std::string::npos;
  });
}

}  // namespace composelint
