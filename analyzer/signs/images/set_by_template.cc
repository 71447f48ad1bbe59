#include "analyzer/signs/images/set_by_template.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"

namespace composelint {

namespace {

// An image, or the tag of one.
bool is_release(std::string_view value) {
  if (value.empty()) return false;
  const bool image = value.find_first_of("/:") != value.npos;
  return !is_floating_tag(image ? image_name(value).tag : std::string(value));
}

bool is_given_a_release(const Project& project, std::string_view variable) {
  const auto& nearby = project.set_nearby;
  if (!std::binary_search(nearby.begin(), nearby.end(), variable)) return false;
  const std::string gives = std::string(variable) + "=";
  bool given = false;
  for (auto at = std::lower_bound(nearby.begin(), nearby.end(), gives);
       at != nearby.end() && at->starts_with(gives); ++at) {
    if (is_release(std::string_view(*at).substr(gives.size()))) return true;
    given = true;
  }
  return !given;  // set in another way, to something that is not known
}

}  // namespace

bool is_set_by_a_template(const Service& service, const Project& project) {
  constexpr std::string_view kDefault = " (default)";
  const Provenance& from = service.image->from;
  return from.steps && std::any_of(from.steps->begin(), from.steps->end(), [&](const auto& step) {
           std::string_view variable = step.detail;
           if (step.kind != OriginKind::kVariable || !variable.ends_with(kDefault)) return false;
           variable.remove_suffix(kDefault.size());
           return is_given_a_release(project, variable);
         });
}

bool has_its_tag_from_a_variable(const Service& service) {
  const std::string_view text = service.image->from.span ? service.image->from.span.text() : "";
  const std::size_t variable = text.rfind("${");
  return variable != text.npos && variable > 0 && text[variable - 1] == ':';
}

}  // namespace composelint
