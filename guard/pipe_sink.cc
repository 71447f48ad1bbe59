#include "guard/pipe_sink.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

namespace composelint::guard {

namespace {

constexpr int kLongestPipeline = 8;

std::string target_of(const std::string& link) {
  std::array<char, PATH_MAX> name{};
  const ssize_t size = ::readlink(link.c_str(), name.data(), name.size());
  return size > 0 ? std::string(name.data(), static_cast<std::size_t>(size)) : "";
}

// The names in a directory of /proc that are numbers.
std::vector<std::string> numbers_in(const std::string& directory) {
  std::vector<std::string> names;
  DIR* const open = ::opendir(directory.c_str());
  if (open == nullptr) return names;
  while (const dirent* entry = ::readdir(open)) {
    const std::string name = entry->d_name;
    if (name.find_first_not_of("0123456789") == std::string::npos) names.push_back(name);
  }
  ::closedir(open);
  return names;
}

bool is_for_reading(const std::string& process, const std::string& descriptor) {
  std::ifstream facts(process + "/fdinfo/" + descriptor);
  std::string word;
  while (facts >> word) {
    if (word != "flags:" || !(facts >> word)) continue;
    return (std::strtol(word.c_str(), nullptr, 8) & O_ACCMODE) == O_RDONLY;
  }
  return false;
}

std::string parent_of(const std::string& process) {
  std::ifstream facts(process + "/stat");
  std::string line;
  std::getline(facts, line);
  // "4711 (any name) S 4700 …"
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return "";
  std::istringstream rest(line.substr(name_end + 1));
  std::string state;
  std::string parent;
  rest >> state >> parent;
  return "/proc/" + parent;
}

// "/proc/PID" of the process that reads `pipe` ("pipe:[4711]") as its standard input. Of a shell
// and what it has started with the same input it is the latter. Empty where there are several, or
// none.
std::string reader_of(const std::string& pipe) {
  std::vector<std::string> readers;
  std::vector<std::string> parents;
  for (const std::string& pid : numbers_in("/proc")) {
    const std::string process = "/proc/" + pid;
    if (target_of(process + "/fd/0") != pipe || !is_for_reading(process, "0")) continue;
    readers.push_back(process);
    parents.push_back(parent_of(process));
  }
  std::erase_if(readers, [&](const std::string& process) {
    return std::find(parents.begin(), parents.end(), process) != parents.end();
  });
  return readers.size() == 1 ? readers.front() : "";
}

// The pipe that a descriptor in /proc leads to, also one with a name (mkfifo); empty: to none.
std::string pipe_of(const std::string& link) {
  std::string target = target_of(link);
  if (target.starts_with("pipe:[")) return target;
  struct stat status {};
  const bool named =
      target.starts_with('/') && ::stat(link.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
  return named ? target : "";
}

// Processes at the other end of what is at `mine` of these, which have it at `theirs`.
std::vector<std::string> beside(const std::vector<std::string>& processes, const char* mine,
                                const char* theirs) {
  std::vector<std::string> pipes;
  for (const std::string& process : processes) {
    std::string pipe = pipe_of(process + mine);
    if (!pipe.empty()) pipes.push_back(std::move(pipe));
  }
  std::vector<std::string> out;
  if (pipes.empty()) return out;
  for (const std::string& pid : numbers_in("/proc")) {
    const std::string process = "/proc/" + pid;
    if (std::find(pipes.begin(), pipes.end(), target_of(process + theirs)) != pipes.end()) {
      out.push_back(process);
    }
  }
  return out;
}

}  // namespace

bool in_one_pipeline_with(std::int64_t pid) {
  const std::string wanted = "/proc/" + std::to_string(pid);
  const auto reaches = [&](const char* mine, const char* theirs) {
    std::vector<std::string> now = {"/proc/" + std::to_string(::getpid())};
    for (int i = 0; i < kLongestPipeline && !now.empty(); ++i) {
      now = beside(now, mine, theirs);
      if (std::find(now.begin(), now.end(), wanted) != now.end()) return true;
    }
    return false;
  };
  return pid > 0 && (reaches("/fd/1", "/fd/0") || reaches("/fd/0", "/fd/1"));
}

std::string sink_of_pipe(int descriptor) {
  std::string out = target_of("/proc/self/fd/" + std::to_string(descriptor));
  for (int i = 0; i < kLongestPipeline && out.starts_with("pipe:["); ++i) {
    const std::string reader = reader_of(out);
    if (reader.empty()) return "";
    out = target_of(reader + "/fd/1");
  }
  struct stat status {};
  const bool file =
      out.starts_with('/') && ::stat(out.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  return file ? out : "";
}

}  // namespace composelint::guard
