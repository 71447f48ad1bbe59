// Where the image of a service comes from, and how firmly its name holds.
#pragma once

#include <composelint/compose.h>
#include <composelint/provenance.h>

#include <string_view>

namespace composelint {

// Built here by this service, or by another one whose build gives it this name.
[[nodiscard]] bool is_built_here(const Service& service, const Project& project);

// The image is pulled from a registry, and all of its name is known.
[[nodiscard]] bool is_pulled(const Service& service, const Project& project);

// A tag that its publisher moves on: none, "latest-alpine", "stable".
[[nodiscard]] bool is_floating_tag(std::string_view tag);

// The default of a variable is in its name: `app:${TAG:-latest}`.
[[nodiscard]] bool comes_by_default(const Provenance& from);

}  // namespace composelint
