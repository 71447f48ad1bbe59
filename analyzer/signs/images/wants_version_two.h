// Scripts that ask `docker-compose` for its version, and want the second.
#pragma once

#include <composelint/source.h>

namespace composelint {

// `docker-compose version` is asked, and has to answer with 2 or more.
[[nodiscard]] bool wants_version_two(const SourceFile& file);

}  // namespace composelint
