#include "guard/script_command.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "analyzer/text/disk_file_system.h"
#include "guard/lines.h"
#include "guard/real_program.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kLongestFirstLine = 256;  // as much as the kernel looks at

bool is_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string find_script(const std::string& name, const char* path) {
  if (name.find('/') != std::string::npos || is_file(name)) return name;
  std::string found;
  each_directory(path, [&](std::string_view directory) {
    std::string candidate = std::string(directory) + "/" + name;
    if (!is_file(candidate)) return false;
    found = std::move(candidate);
    return true;
  });
  return found.empty() ? name : found;
}

// Interpreter, and what the kernel hands it as one word.
std::vector<std::string> interpreter_of(std::string_view head) {
  std::string_view rest = head;
  std::string_view line = take_line(rest);
  if (!line.starts_with("#!")) return {"sh"};
  line = trimmed(line.substr(2));
  if (line.empty()) return {"sh"};
  const std::size_t blank = line.find_first_of(" \t");
  std::vector<std::string> words{std::string(line.substr(0, blank))};
  if (blank != std::string_view::npos) words.emplace_back(trimmed(line.substr(blank)));
  return words;
}

}  // namespace

Result<ScriptCommand> script_command(const std::vector<std::string>& words, const char* path) {
  if (words.empty()) return Failure{FailureCode::kUsage, "a script has to be named", {}};
  ScriptCommand command;
  command.path = find_script(words.front(), path);
  const text::DiskFileSystem files;
  const Result<std::string> head = files.read_head(command.path, kLongestFirstLine);
  if (!head) return head.failure();
  if (head->find('\0') != std::string::npos) {
    return Failure{
        FailureCode::kUsage, command.path + " is no script; give guard a command behind --", {}};
  }
  const bool starts_itself = head->starts_with("#!") && ::access(command.path.c_str(), X_OK) == 0;
  if (!starts_itself) command.argv = interpreter_of(*head);
  // Not to be looked up in PATH, nor read as an option.
  const bool bare = command.path.find('/') == std::string::npos;
  command.argv.push_back(bare ? "./" + command.path : command.path);
  command.argv.insert(command.argv.end(), words.begin() + 1, words.end());
  return command;
}

}  // namespace composelint::guard
