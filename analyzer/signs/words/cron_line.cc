#include "analyzer/signs/words/cron_line.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

std::string_view command_of_cron(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of("#`-> \t"), line.size()));
  int fields = 0;
  while (fields < 5 && !line.empty() &&
         line.substr(0, line.find(' ')).find_first_not_of("0123456789*/,-") == line.npos) {
    ++fields;
    line.remove_prefix(std::min(line.find(' '), line.size()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  }
  return fields == 5 ? line : std::string_view();
}

bool starts_file(std::string_view command, std::string_view name) {
  const std::string own = "/" + std::string(name);
  const std::size_t at = command.find(own);
  if (at == command.npos) return false;
  const std::string_view behind = command.substr(at + own.size());
  return behind.empty() || std::string_view(" \r`\"').;").find(behind.front()) != behind.npos;
}

bool says_that_cron_starts_it(const SourceFile& script) {
  const std::string_view name = file_name(script.path());
  for (std::uint32_t number = 1; number <= script.line_count(); ++number) {
    const std::string_view line = script.line_text(number);
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    if (!line.starts_with('#')) return false;
    const std::size_t colon = line.find(": ");
    if (starts_file(command_of_cron(line), name) ||
        (colon != line.npos && starts_file(command_of_cron(line.substr(colon + 1)), name))) {
      return true;
    }
  }
  return false;
}

namespace {

bool is_a_page(const SourceFile& file) {
  const std::string_view path = file.path();
  return path.ends_with(".md") || path.ends_with(".markdown") || path.ends_with(".mdx");
}

// "scripts/backup.sh" of `/srv/scripts/backup.sh`.
std::string_view with_its_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos || slash == 0 ? path : path.substr(path.rfind('/', slash - 1) + 1);
}

}  // namespace

std::vector<std::string_view> cron_commands(const WorkspaceFacts& facts) {
  std::vector<std::string_view> out;
  for (const SourceFile* file : task_files(facts)) {
    if (!is_a_page(*file)) continue;
    for (std::uint32_t number = 1; number <= file->line_count(); ++number) {
      const std::string_view command = command_of_cron(file->line_text(number));
      if (!command.empty()) out.push_back(command);
    }
  }
  return out;
}

std::optional<Span> cron_line_in_pages(const WorkspaceFacts& facts, const SourceFile& script) {
  const std::string_view name = file_name(script.path());
  const std::set<const SourceFile*> files = task_files(facts);
  // Of several files of that name, the one whose folder the line has.
  const auto means_another = [&](std::string_view command) {
    const std::string_view own = with_its_folder(script.path());
    return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
      if (file == &script || file_name(file->path()) != name) return false;
      return own.find('/') != own.npos
                 ? command.find(own) == command.npos
                 : command.find(with_its_folder(file->path())) != command.npos;
    });
  };
  for (const SourceFile* file : files) {
    if (!is_a_page(*file)) continue;
    for (std::uint32_t number = 1; number <= file->line_count(); ++number) {
      const std::string_view command = command_of_cron(file->line_text(number));
      if (command.empty() || !starts_file(command, name) || means_another(command)) continue;
      const std::uint32_t begin = file->line_begin(number);
      const auto size = static_cast<std::uint32_t>(file->line_text(number).size());
      return Span{file, begin, begin + size};
    }
  }
  return std::nullopt;
}

}  // namespace composelint
