#include "analyzer/hosts/task_call.h"

#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

// make [-C DIR] [-f FILE] [TARGET…] [NAME=VALUE…]
std::optional<TaskReference> read_make(const std::vector<Argument>& argv, std::string directory) {
  TaskReference out;
  out.kind = HostKind::kMakefile;
  std::vector<std::string> names = {"GNUmakefile", "makefile", "Makefile"};
  for (std::size_t i = 1; i < argv.size(); ++i) {
    if (!argv[i].known()) return std::nullopt;
    const std::string& word = argv[i].text;
    const bool has_next = i + 1 < argv.size() && argv[i + 1].known();
    if (word == "-C" || word == "--directory" || word == "-f" || word == "--file") {
      if (!has_next) return std::nullopt;
      const std::string& value = argv[++i].text;
      if (word == "-C" || word == "--directory") {
        directory = text::join_path(directory, value);
      } else {
        names = {value};
      }
    } else if (word.starts_with('-') || word.find('=') != std::string::npos) {
      continue;
    } else {
      out.tasks.push_back(word);
    }
  }
  for (const std::string& name : names) out.files.push_back(text::join_path(directory, name));
  return out;
}

}  // namespace

std::optional<TaskReference> read_task_call(const std::vector<Argument>& argv,
                                            const std::string& directory) {
  if (argv.empty() || !argv.front().known()) return std::nullopt;
  const std::string_view program = text::name_of(argv.front().text);
  if (program == "make" || program == "gmake") return read_make(argv, directory);
  return std::nullopt;
}

}  // namespace composelint::hosts
