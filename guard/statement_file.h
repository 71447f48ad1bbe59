// Statements that a file holds, also a packed one, and one of any length.
#pragma once

#include <composelint/file_system.h>

#include <string>

#include "guard/lost_statements.h"

namespace composelint::guard {

struct FileStatements {
  Statements gravest = Statements::kNone;
  bool whole = true;   // all of it has been read; a file that is not there has nothing to read
  std::string head{};  // its first part
};

// `path`: absolute. What gzip has packed is read, what others have is not.
[[nodiscard]] FileStatements statements_in_file(const FileSystem& files, const std::string& path,
                                                Strings strings);

// What gzip has packed, up to a bound; everything else stays as it is. A text that is cut through
// is one.
[[nodiscard]] std::string unpacked_text(std::string text);

}  // namespace composelint::guard
