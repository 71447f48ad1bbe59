// Edits that give a dependency a condition to wait for.
#pragma once

#include <composelint/compose.h>
#include <composelint/fix.h>
#include <composelint/source.h>

#include <optional>
#include <string>
#include <string_view>

namespace composelint {

// Whether a condition in the file of `place` may count on what stands in `other`: in every project
// that reads the one, the other is read too. What a file laid over it says holds with that alone.
[[nodiscard]] bool is_read_with(const Project& project, const SourceFile* other, Span place);

// What there is to wait for of a service, by a condition at `place`; empty where there is nothing.
[[nodiscard]] std::string condition_for(const Service& target, const Project& project, Span place);

// The short list of `service` that names `dependency` at `place`, written out in the long form:
// that one waits for `condition`, the others for what they waited for before.
[[nodiscard]] std::optional<Fix> await(const Project& project, std::string_view service,
                                       std::string_view dependency, Span place,
                                       std::string_view condition, std::string title);

}  // namespace composelint
