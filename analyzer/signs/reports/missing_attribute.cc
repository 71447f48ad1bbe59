#include "analyzer/signs/reports/missing_attribute.h"

#include <composelint/value.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace composelint {

void report_missing_limit(const Project& project, RuleContext& context,
                          std::initializer_list<std::string_view> places, std::string_view what,
                          std::string_view so) {
  const auto limits = [](const Value* value) {
    if (value == nullptr || value->is_null()) return false;
    const std::string text = plain_text(*value);
    return !value->known ||
           (!text.starts_with('-') && text.find_first_of("123456789") != std::string::npos);
  };
  const auto look = [&](const Service& service, const Project&) {
    return std::none_of(places.begin(), places.end(),
                        [&](std::string_view place) { return limits(service.attribute(place)); });
  };
  report_missing(project, context, look, what, so);
}

}  // namespace composelint
