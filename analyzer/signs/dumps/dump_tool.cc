#include "analyzer/signs/dumps/dump_tool.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace composelint {

const DumpTool* dump_tool(std::string_view program) {
  static constexpr std::array<DumpTool, 15> kTools = {{
      {"keydb-cli", "", "--rdb"},
      {"mariabackup", "", "--target-dir"},
      {"mariadb-backup", "", "--target-dir"},
      {"mariadb-dump", "-r", "--result-file"},
      {"mongodump", "-o", "--out"},
      {"mydumper", "-o", "--outputdir"},
      {"mysqldump", "-r", "--result-file"},
      {"mysqlpump", "-r", "--result-file"},
      {"pg_basebackup", "-D", "--pgdata"},
      {"pg_dump", "-f", "--file"},
      {"pg_dumpall", "-f", "--file"},
      {"redis-cli", "", "--rdb"},
      {"slapcat", "-l", ""},
      {"valkey-cli", "", "--rdb"},
      {"xtrabackup", "", "--target-dir"},
  }};
  program = file_name(program);
  const auto found = std::find_if(kTools.begin(), kTools.end(),
                                  [&](const DumpTool& tool) { return tool.program == program; });
  return found == kTools.end() ? nullptr : &*found;
}

std::optional<std::size_t> dump_program_in(std::span<const TextWord> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].known && dump_tool(words[i].text) != nullptr) return i;
  }
  return std::nullopt;
}

std::optional<TextWord> dump_file_in(std::span<const TextWord> words) {
  const std::optional<std::size_t> program = dump_program_in(words);
  if (!program) return std::nullopt;
  const DumpTool& tool = *dump_tool(words[*program].text);
  for (std::size_t i = *program + 1; i < words.size(); ++i) {
    const std::string& text = words[i].text;
    const bool apart = words[i].known && !text.empty() &&
                       (text == tool.letter || text == tool.option) && i + 1 < words.size();
    if (apart) return words[i + 1];
    const std::string_view archive = "--archive=";  // of mongodump
    for (const std::string& head :
         {std::string(tool.letter), std::string(tool.option) + "=", std::string(archive)}) {
      const bool fits = head.size() > 1 && text.starts_with(head) && text.size() > head.size() &&
                        !(head == tool.letter && text.starts_with("--"));
      if (fits && (head != archive || tool.program == "mongodump")) {
        return TextWord{text.substr(head.size()), words[i].known, words[i].span};
      }
    }
  }
  return std::nullopt;
}

}  // namespace composelint
