// Images whose entrypoint runs what it is given, and waits for nothing before.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <string_view>

namespace composelint {

// `python`, `node`: by the last part of the name, without the tag.
[[nodiscard]] bool is_plain_image(std::string_view name);

// Built by a Dockerfile of the repository that sets no entrypoint on a plain image.
[[nodiscard]] bool is_built_on_a_plain_image(const Service& service, const WorkspaceFacts& facts);

// A `run` at that place starts a container of an image that is built here, with an entrypoint of
// which it is not known that it does not wait.
[[nodiscard]] bool may_wait_at_its_start(const WorkspaceFacts& facts, Span place);

}  // namespace composelint
