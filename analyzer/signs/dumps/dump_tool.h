// Programs that dump a database, and the option by which they are told a file.
#pragma once

#include <composelint/script_text.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace composelint {

struct DumpTool {
  std::string_view program;
  std::string_view letter;  // "-f": the file follows or is attached
  std::string_view option;  // "--file"
};

// By the last component of its path; null for other programs.
[[nodiscard]] const DumpTool* dump_tool(std::string_view program);

// The index of the first word that is a dump program; nothing without one.
[[nodiscard]] std::optional<std::size_t> dump_program_in(std::span<const TextWord> words);

// The file that the dump program among the words is told to write.
[[nodiscard]] std::optional<TextWord> dump_file_in(std::span<const TextWord> words);

}  // namespace composelint
