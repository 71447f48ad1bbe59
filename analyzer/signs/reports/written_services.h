// The services of a compose file as they are written, and places among them.
#pragma once

#include <composelint/compose.h>
#include <composelint/document.h>
#include <composelint/source.h>

#include <string_view>

namespace composelint {

// Calls `look(key, service)` for every mapping below `services`, where that is no alias.
template <typename Look>
void for_each_written_service(const WrittenFile& file, Look look) {
  for (const yaml::Node* document : file.documents) {
    const yaml::Node* services = document == nullptr ? nullptr : document->find("services");
    if (services == nullptr || services->kind != yaml::NodeKind::kMapping) continue;
    for (const yaml::Entry& entry : services->entries) {
      if (entry.value->kind == yaml::NodeKind::kMapping) look(*entry.key, *entry.value);
    }
  }
}

// The node of `services.<name>.<attribute>` that holds `place`; null where it is written elsewhere.
[[nodiscard]] const yaml::Node* written_attribute(const Project& project, std::string_view name,
                                                  std::string_view attribute, Span place);

// The key `services` that the place stands below; `place` itself where there is none.
[[nodiscard]] Span services_key(const Project& project, Span place);

}  // namespace composelint
