// Dockerfiles of the repository: that of a service, and that of an image by its name.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <string_view>

namespace composelint {

// The last `FROM` of a Dockerfile; empty without one.
[[nodiscard]] std::string_view base_of(std::string_view text);

// The one that the service is built by, as far as the run has read it.
[[nodiscard]] const SourceFile* dockerfile_of(const Service& service, const WorkspaceFacts& facts);

// `you/mongo` of `mongo/Dockerfile`, and that begins with `FROM mongo:4.2`.
[[nodiscard]] bool is_of_a_fixed_release(const WorkspaceFacts& facts, std::string_view image);

// The service of that name in a file beside this one is built by a Dockerfile that begins with a
// release of a database.
[[nodiscard]] bool is_built_beside(const WorkspaceFacts& facts, std::string_view service,
                                   const SourceFile& file);

}  // namespace composelint
