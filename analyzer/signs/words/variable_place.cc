#include "analyzer/signs/words/variable_place.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace composelint {

std::optional<VariableUse> find_use(std::string_view text, std::string_view name,
                                    std::size_t from) {
  const auto part_of_name = [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  for (std::size_t at = text.find('$', from); at != std::string_view::npos;
       at = text.find('$', at)) {
    if (at + 1 < text.size() && text[at + 1] == '$') {
      at += 2;
      continue;
    }
    const bool braced = at + 1 < text.size() && text[at + 1] == '{';
    const std::size_t begin = at + (braced ? 2 : 1);
    const std::size_t end = begin + name.size();
    if (text.substr(std::min(begin, text.size()), name.size()) == name &&
        (end >= text.size() || !part_of_name(text[end]))) {
      return VariableUse{at, end - at, braced};
    }
    ++at;
  }
  return std::nullopt;
}

Span place_of_variable(const UnsetVariable& unset) {
  const auto use = find_use(unset.span.text(), unset.name);
  if (!use) return unset.span;
  const auto begin = unset.span.begin + static_cast<std::uint32_t>(use->at);
  return {unset.span.file, begin, begin + static_cast<std::uint32_t>(use->size)};
}

const Service* service_of(const Project& project, const UnsetVariable& unset) {
  for (const Service& service : project.services) {
    if (unset.place.starts_with("services." + service.name + ".")) return &service;
  }
  return nullptr;
}

bool is_in_command(const Project& project, const UnsetVariable& unset) {
  const Service* service = service_of(project, unset);
  if (service == nullptr) return false;
  const std::string_view attribute =
      std::string_view(unset.place)
          .substr(std::string_view("services.").size() + service->name.size() + 1);
  return attribute.starts_with("command") || attribute.starts_with("entrypoint") ||
         attribute.starts_with("healthcheck.test");
}

bool is_meant_literally(const Project& project, const UnsetVariable& unset) {
  const std::string_view text = unset.span.text();
  const auto use = find_use(text, unset.name);
  if (!use) return false;
  const bool small = std::any_of(unset.name.begin(), unset.name.end(),
                                 [](unsigned char c) { return std::islower(c) != 0; });
  if (is_in_command(project, unset)) {
    if (small && !use->braced) return true;
    const Service* service = service_of(project, unset);
    return std::any_of(
        service->environment.begin(), service->environment.end(), [&](const auto& entry) {
          return entry.first == unset.name && entry.second.value && entry.second.known;
        });
  }
  if (use->braced || use->at == 0) return false;
  const auto before = static_cast<unsigned char>(text[use->at - 1]);
  const bool glued =
      std::isalnum(before) != 0 ||
      std::string_view("!%^&*+?~)").find(text[use->at - 1]) != std::string_view::npos;
  const bool hash = text.find("$apr1$") != std::string_view::npos ||
                    text.find("$2y$") != std::string_view::npos ||
                    text.find("$2a$") != std::string_view::npos ||
                    text.find("$2b$") != std::string_view::npos;
  return hash || (glued && small);
}

}  // namespace composelint
