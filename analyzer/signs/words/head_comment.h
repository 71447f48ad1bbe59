// The comments at the head of a file, above the first thing that it says to a program.
#pragma once

#include <composelint/source.h>

#include <string>

namespace composelint {

// In lower case, without their signs.
struct HeadComment {
  std::string lines;  // all of them, a line each, blank ones as well
  std::string text;   // its first two paragraphs, without licences and strokes
  std::string title;  // the first line of that
};

[[nodiscard]] HeadComment head_comment(const SourceFile& file);

}  // namespace composelint
