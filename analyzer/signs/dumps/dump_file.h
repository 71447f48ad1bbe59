// The file of this machine in which a dump ends.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string_view>

namespace composelint {

struct DumpFile {
  const Step* writer = nullptr;    // the stage whose redirect or operand it is
  const Argument* path = nullptr;  // as far as it is known
  bool redirected = false;         // by `>`; else the operand of tee, the value of `-o`
  bool appends = false;
  bool keeps = false;  // the program refuses where a file is there
};

// Hands on what it reads: a compressor, a cipher, a filter.
[[nodiscard]] bool passes_on(std::string_view program);

// Through a redirect of its own, or through a pipeline of filters.
[[nodiscard]] std::optional<DumpFile> dump_file_of(const Timeline& timeline, const Step& dump);

}  // namespace composelint
