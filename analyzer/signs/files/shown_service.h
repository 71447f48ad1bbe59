// Services whose lines a page shows to its reader.
#pragma once

#include <composelint/source.h>

#include <string_view>

namespace composelint {

// `  my-app:` in a block of the page: the reader's file is not, or not yet, the one that lies here.
[[nodiscard]] bool is_shown_on(const SourceFile& page, std::string_view service);

}  // namespace composelint
