// Services whose lines a page shows to its reader.
#pragma once

#include <composelint/invocation.h>
#include <composelint/source.h>

#include <string_view>

namespace composelint {

// `  my-app:` in a block of the page: the reader's file is not, or not yet, the one that lies here.
[[nodiscard]] bool is_shown_on(const SourceFile& page, std::string_view service);

// A page shows the service in a block of the file that the call reads last: its name is in the
// block or on the line above it.
[[nodiscard]] bool shows_half(const SourceFile& page, const ComposeInvocation& call,
                              std::string_view service);

}  // namespace composelint
