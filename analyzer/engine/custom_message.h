// The sentence of a custom rule's finding, and its placeholders.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/custom_rule.h"

namespace composelint::engine {

// "verb", "service", …; those of a rule that looks at services are fewer.
[[nodiscard]] std::vector<std::string_view> placeholders(bool on_services);
// The names in `{…}`, in their order. Other braces are text: `{{.Names}}`, `{1,2}`.
[[nodiscard]] std::vector<std::string_view> placeholders_in(std::string_view message);
// What is not known is put in as "…".
[[nodiscard]] std::string message_for(std::string_view message, const CustomSubject& subject);

}  // namespace composelint::engine
