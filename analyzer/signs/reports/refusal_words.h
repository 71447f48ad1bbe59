// What stands in the words by which Compose refuses a project.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

// The word behind "did you mean"; empty: none.
[[nodiscard]] std::string_view meant(std::string_view message);

// The service that has neither an image nor a build context; empty: it is about something else.
[[nodiscard]] std::string half_service(std::string_view message);

// What a key is unknown in many files as, or nothing: "`content`".
[[nodiscard]] std::string unknown_key(std::string_view message);

// Services at the top level, as docker-compose 1.x had them: said of the first one.
[[nodiscard]] bool is_old_format(std::string_view message);

// "; so it is with 2 more places of this file"; empty for none.
[[nodiscard]] std::string in_more_places(std::size_t more);

// The program whose key it is, in words to follow the refusal; empty: none is known.
[[nodiscard]] std::string owner_of_key(std::string_view message);

}  // namespace composelint
