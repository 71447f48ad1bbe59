// Where a variable that nobody set stands in the text, and whether it was meant as one.
#pragma once

#include <composelint/compose.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string_view>

namespace composelint {

struct VariableUse {
  std::size_t at = 0;    // of the dollar, in the text of the span
  std::size_t size = 0;  // of `$NAME`, or of `${NAME` as far as the name goes
  bool braced = false;
};

// The first `$NAME` or `${NAME…` of the variable at or behind `from`; `$$` is an escaped dollar.
[[nodiscard]] inline std::optional<VariableUse> find_use(std::string_view text,
                                                         std::string_view name,
                                                         std::size_t from = 0) {
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

[[nodiscard]] inline Span place_of_variable(const UnsetVariable& unset) {
  const auto use = find_use(unset.span.text(), unset.name);
  if (!use) return unset.span;
  const auto begin = unset.span.begin + static_cast<std::uint32_t>(use->at);
  return {unset.span.file, begin, begin + static_cast<std::uint32_t>(use->size)};
}

// The service in whose attributes the variable stands; null in an env file or at the top level.
[[nodiscard]] inline const Service* service_of(const Project& project, const UnsetVariable& unset) {
  for (const Service& service : project.services) {
    if (unset.place.starts_with("services." + service.name + ".")) return &service;
  }
  return nullptr;
}

// A command, which a shell in the container may read.
[[nodiscard]] inline bool is_in_command(const Project& project, const UnsetVariable& unset) {
  const Service* service = service_of(project, unset);
  if (service == nullptr) return false;
  const std::string_view attribute =
      std::string_view(unset.place)
          .substr(std::string_view("services.").size() + service->name.size() + 1);
  return attribute.starts_with("command") || attribute.starts_with("entrypoint") ||
         attribute.starts_with("healthcheck.test");
}

// `$apr1$…`, `pass$word`, `for f in *; do echo $f`, a variable of the container's own.
[[nodiscard]] inline bool is_meant_literally(const Project& project, const UnsetVariable& unset) {
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
