// Comments by which the owner of a line shows that its danger is known.
#pragma once

#include <composelint/source.h>

#include <string>
#include <string_view>

namespace composelint {

[[nodiscard]] bool is_only_comment(std::string_view line);

// What the comments at the end of the line of `place` and right above it say, in lower case.
[[nodiscard]] std::string said_above(Span place);

// And what those right below it say.
[[nodiscard]] std::string said_beside(Span place);

// "Keep this here for local testing": said of what nobody operates.
[[nodiscard]] bool is_said_for_tests(std::string_view said);

// Whoever wrote the comment has looked at the line and wants it so: it gives a reason, or stands at
// the end of the line in some words.
[[nodiscard]] bool is_explained(Span place);

}  // namespace composelint
