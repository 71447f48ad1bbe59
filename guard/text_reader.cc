#include "guard/text_reader.h"

#include <algorithm>
#include <array>

namespace composelint::guard {

bool is_shell(std::string_view program) {
  static constexpr std::array<std::string_view, 6> kShells = {"ash", "bash", "dash",
                                                              "ksh", "sh",   "zsh"};
  return std::find(kShells.begin(), kShells.end(), program) != kShells.end();
}

std::string_view option_of(std::string_view program) {
  struct Row {
    std::string_view program;
    std::string_view option;
  };
  static constexpr std::array<Row, 12> kRows = {{{"irb", "-e"},
                                                 {"mariadb", "-e"},
                                                 {"mongo", "--eval"},
                                                 {"mongosh", "--eval"},
                                                 {"mysql", "-e"},
                                                 {"node", "-e"},
                                                 {"nodejs", "-e"},
                                                 {"perl", "-e"},
                                                 {"php", "-r"},
                                                 {"psql", "-c"},
                                                 {"ruby", "-e"},
                                                 {"sqlite3", "-cmd"}}};
  if (program.starts_with("python")) return "-c";
  for (const Row& row : kRows) {
    if (row.program == program) return row.option;
  }
  return {};
}

}  // namespace composelint::guard
