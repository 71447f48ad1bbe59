// Images whose release is a variable's.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `${TAG:-latest}`, and `TAG=24.10` in `.env.example`: what runs is what a copy of that says. Not
// where that says `latest` or nothing.
[[nodiscard]] bool is_set_by_a_template(const Service& service, const Project& project);

// `app:${APP_VERSION}`, and the committed `.env` says `latest`: whoever wants a release has a line
// for it.
[[nodiscard]] bool has_its_tag_from_a_variable(const Service& service);

}  // namespace composelint
