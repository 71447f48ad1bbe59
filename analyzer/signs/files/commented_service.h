// Services that somebody has commented out.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <string_view>

namespace composelint {

// `# certbot:` in one of the project's files: a service that whoever wants it puts in. Nowhere
// where there is none.
[[nodiscard]] Span commented_out_service(const Project& project, std::string_view name);

}  // namespace composelint
