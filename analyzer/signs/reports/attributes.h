// Attributes of resolved services, and where to point when something is not there.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>
#include <composelint/value.h>

#include <string>
#include <string_view>

namespace composelint {

// The value's own place; the service's key where it has none (a default, the environment).
[[nodiscard]] Span place_of(const Value& value, const Service& service);

// The text of a scalar attribute; empty where there is none, or a variable nobody set is in it.
[[nodiscard]] std::string text_at(const Service& service, std::string_view path);

[[nodiscard]] bool is_true(const Value* value);

// A service that is there for others to be made from, and is never started: no default profile has
// it, and another service took it over, or its profile says so.
[[nodiscard]] bool is_template(const Service& service, const Project& project);

}  // namespace composelint
