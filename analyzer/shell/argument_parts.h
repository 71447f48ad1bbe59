// An argument taken apart into holes and runs of text with one origin.
#pragma once

#include <composelint/argument.h>

#include <cstdint>
#include <vector>

namespace composelint::shell {

struct ArgumentPart {
  const Hole* hole = nullptr;  // else text
  std::uint32_t at = 0;        // in Argument::text
  std::uint32_t size = 0;
  Span written;        // nowhere for text that no file holds
  bool exact = false;  // `written` holds the text as it is
};

// In order; holes point into the argument.
[[nodiscard]] std::vector<ArgumentPart> parts_of(const Argument& argument);

}  // namespace composelint::shell
