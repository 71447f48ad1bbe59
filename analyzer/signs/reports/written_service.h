// A service as it is written, and edits that put something into it.
#pragma once

#include <composelint/compose.h>
#include <composelint/document.h>
#include <composelint/fix.h>

#include <optional>
#include <string_view>

namespace composelint {

// The mapping behind the service's key; null where an alias or nothing stands there.
[[nodiscard]] const yaml::Node* written_service(const Service& service, const Project& project);

// One more entry behind the last one of a mapping. `key: [item]` in braces, a list else.
[[nodiscard]] std::optional<Edit> append_list(const yaml::Node& mapping, std::string_view key,
                                              std::string_view item);

// One more item behind the last one of a list.
[[nodiscard]] std::optional<Edit> append_item(const yaml::Node& list, std::string_view item);

}  // namespace composelint
