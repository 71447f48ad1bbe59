#include "analyzer/signs/reports/written_services.h"

#include <string_view>

namespace composelint {

const yaml::Node* written_attribute(const Project& project, std::string_view name,
                                    std::string_view attribute, Span place) {
  const yaml::Node* found = nullptr;
  for (const WrittenFile& file : project.written) {
    if (file.file != place.file) continue;
    for_each_written_service(file, [&](const yaml::Node& key, const yaml::Node& service) {
      const yaml::Node* node = key.text == name ? service.find(attribute) : nullptr;
      if (node != nullptr && node->span.begin <= place.begin && place.end <= node->span.end) {
        found = node;
      }
    });
  }
  return found;
}

Span services_key(const Project& project, Span place) {
  for (const WrittenFile& file : project.written) {
    if (file.file != place.file) continue;
    for (const yaml::Node* document : file.documents) {
      if (document == nullptr) continue;
      for (const yaml::Entry& entry : document->entries) {
        const Span value = entry.value->span;
        const bool holds = value.begin <= place.begin && place.end <= value.end;
        if (entry.key->text == "services" && holds) return entry.key->span;
      }
    }
  }
  return place;
}

}  // namespace composelint
