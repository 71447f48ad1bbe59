// JSON of programs, which may be no JSON at all.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace composelint::guard {

// Bytes that are no UTF-8 become U+FFFD. Discarded where it is no JSON.
[[nodiscard]] nlohmann::json read_json(std::string_view text);
// The text of a member; empty where there is none or it is no string.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* key);
// The member; null where there is none or `object` is no object.
[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const char* key);

}  // namespace composelint::guard
