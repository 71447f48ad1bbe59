// What stands in the words by which Compose refuses a project.
#pragma once

#include <string>
#include <string_view>

namespace composelint {

// The word behind "did you mean"; empty: none.
[[nodiscard]] std::string_view meant(std::string_view message);

// The service that has neither an image nor a build context; empty: it is about something else.
[[nodiscard]] std::string half_service(std::string_view message);

// What a key is unknown in many files as, or nothing: "`content`".
[[nodiscard]] std::string unknown_key(std::string_view message);

}  // namespace composelint
