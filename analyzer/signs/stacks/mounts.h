// Which paths of a container are somewhere else than in its own layer.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>

#include <string_view>

namespace composelint {

// `path` is `root` or lies below it.
[[nodiscard]] bool lies_below(std::string_view path, std::string_view root);

// A mount of the service, or one that `run -v` adds, may hold the path. Where one is not known, it
// may be that one.
[[nodiscard]] bool may_be_mounted(const Service& service, const ComposeInvocation& call,
                                  std::string_view path);

}  // namespace composelint
