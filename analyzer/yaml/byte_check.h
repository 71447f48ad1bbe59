// What YAML forbids in a file whatever its structure, checked before the library sees the bytes: it
// would take a NUL for the end of the file and pass broken UTF-8 on.
#pragma once

#include <composelint/result.h>
#include <composelint/source.h>

#include <cstdint>
#include <vector>

namespace composelint::yaml {

// Line ends that Compose knows and the library does not.
struct OddBreaks {
  // NEL, U+2028 and U+2029, ascending: they change what a file means unless between quotes.
  std::vector<std::uint32_t> offsets;
  bool lone_cr = false;  // a CR without LF: as good as an LF
};

// UTF-16, invalid UTF-8 or a forbidden control character is a failure.
[[nodiscard]] Result<OddBreaks> check_bytes(const SourceFile& file);

}  // namespace composelint::yaml
