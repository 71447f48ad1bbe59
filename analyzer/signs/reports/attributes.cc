#include "analyzer/signs/reports/attributes.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

Span place_of(const Value& value, const Service& service) {
  return value.span ? value.span : service.span;
}

std::string text_at(const Service& service, std::string_view path) {
  const Value* value = service.attribute(path);
  return value == nullptr || !value->known || !value->is_scalar() || value->is_null()
             ? std::string()
             : plain_text(*value);
}

bool is_true(const Value* value) {
  return value != nullptr && value->known && value->kind == ValueKind::kBool && value->boolean;
}

bool is_template(const Service& service, const Project& project) {
  if (service.active || service.profiles.empty()) return false;
  static constexpr std::array<std::string_view, 9> kNames = {"base",     "disabled",  "donotstart",
                                                             "ignore",   "never",     "none",
                                                             "template", "templates", "unused"};
  const bool named = std::any_of(
      service.profiles.begin(), service.profiles.end(), [](const Located<std::string>& profile) {
        return std::find(kNames.begin(), kNames.end(), profile.value) != kNames.end();
      });
  if (named) return true;
  const Span own = service.model == nullptr ? Span() : service.model->span;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
    if (&other == &service || other.model == nullptr) return false;
    for (const Member& member : other.model->members) {
      for (const Trail* trail = member.value.trail; trail != nullptr; trail = trail->before) {
        const bool taken = trail->step.kind == OriginKind::kExtends;
        if (taken && trail->step.detail == service.name) return true;
        const Span from = member.value.span;
        if (trail->step.kind == OriginKind::kAnchor && own && from.file == own.file &&
            from.begin >= own.begin && from.end <= own.end) {
          return true;
        }
      }
    }
    return false;
  });
}

}  // namespace composelint
