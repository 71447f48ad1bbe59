// What a reader of documentation puts in himself: `<service>`, `[options]`, `{name}`, `...`.
#pragma once

#include "analyzer/hosts/text_builder.h"

namespace composelint::hosts {

// Copies [begin, end), which lies on one line; placeholders become what a host fills in.
void copy_with_placeholders(TextBuilder& out, std::uint32_t begin, std::uint32_t end);

}  // namespace composelint::hosts
