// Dumps that are archives: read from their first byte to the end that their own tables tell.
#pragma once

#include <string>

#include "guard/byte_source.h"

namespace composelint::guard {

enum class Reading {
  kWhole,
  kCut,         // it ends before all is there that it announces
  kDamaged,     // what stands there cannot be
  kFollowed,    // other bytes behind its end
  kOther,       // of a kind or a version that is not read
  kUnreadable,  // errno is in `error`
};

struct ArchiveEnd {
  Reading reading = Reading::kWhole;
  std::string why;  // a clause; empty where it is whole
  int error = 0;
};

// pg_dump -Fc: every entry of its table of contents that has data has a block of it, and each block
// ends. Versions 1.7 to 1.16 of the format, which are those of PostgreSQL 8.0 to 18.
[[nodiscard]] ArchiveEnd read_pg_custom(ByteSource& source);

// The header of each member has its checksum, and two blocks of zeros end it.
[[nodiscard]] ArchiveEnd read_tar(ByteSource& source);

// mongodump --archive: each collection that has data has its last block, and each block ends.
[[nodiscard]] ArchiveEnd read_mongo_archive(ByteSource& source);

}  // namespace composelint::guard
