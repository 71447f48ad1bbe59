// The names under which a service is reached, as its settings tell: by others, or at this machine
// alone.
#pragma once

#include <composelint/attributes.h>
#include <composelint/compose.h>
#include <composelint/development_words.h>
#include <composelint/image_origin.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint::detail {

[[nodiscard]] inline bool is_of_this_machine(std::string_view host) {
  static constexpr std::array<std::string_view, 6> kEnds = {".docker", ".internal",  ".lan",
                                                            ".local",  ".localhost", ".test"};
  return host.find('.') == host.npos ||
         std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return host.ends_with(end); });
}

// NEXTAUTH_URL=http://localhost:3000, `--web.external-url=http://localhost:9090`: those who come
// are at this machine. The default of a variable may be there for whoever has no better value.
[[nodiscard]] inline bool is_reached_on_this_machine(const Service& service, bool by_default) {
  static constexpr std::array<std::string_view, 6> kOwn = {
      "APP_URL", "BASE_URL", "FRONTEND_URL", "NEXTAUTH_URL", "PUBLIC_URL", "SITE_URL"};
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

// `aliases: [local-proxy]`: how others of the network are told to call it.
[[nodiscard]] inline bool is_called_local(const Service& service) {
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

// "Host(`localhost`)", "Host(`shop.localhost`)" of a router's rule, as it is written: a variable
// may bring another one.
[[nodiscard]] inline bool is_routed_on_this_machine(const Service& service) {
  constexpr std::string_view kRule = "Host(`";
  const Value* labels = service.attribute("labels");
  if (labels == nullptr) return false;
  return std::any_of(labels->members.begin(), labels->members.end(), [&](const Member& label) {
    const std::string_view text = label.value.span.text();
    const std::size_t at = text.find(kRule);
    if (at == text.npos || text.find('$') != text.npos) return false;
    const std::string_view rest = text.substr(at + kRule.size());
    const std::string_view host = rest.substr(0, rest.find('`'));
    return host == "localhost" || host.ends_with(".localhost");
  });
}

// APP_DOMAIN=shop.example.org: a name under which others reach it.
[[nodiscard]] inline bool has_a_domain(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const bool names = each.first.ends_with("DOMAIN") || each.first.ends_with("SERVER_NAME");
    return names && each.second.value && !is_of_this_machine(*each.second.value) &&
           each.second.value->find_first_of(" *$/") == std::string::npos;
  });
}

}  // namespace composelint::detail
