#include "guard/real_program.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

namespace composelint::guard {

namespace {

constexpr int kCannotRun = 126;  // as shells have it
constexpr int kNotFound = 127;

bool same_file(const struct stat& left, const struct stat& right) {
  return left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

bool is_self(const std::string& path) {
  static const struct stat kSelf = [] {
    struct stat status {};
    if (::stat("/proc/self/exe", &status) != 0) status.st_ino = 0;
    return status;
  }();
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && same_file(status, kSelf);
}

bool may_run(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0;
}

}  // namespace

std::string find_real_program(std::string_view name, const char* path) {
  std::string found;
  each_directory(path, [&](std::string_view directory) {
    std::string candidate(directory);
    candidate.append("/").append(name);
    if (!may_run(candidate) || is_self(candidate)) return false;
    found = std::move(candidate);
    return true;
  });
  return found;
}

std::string path_without_shims(std::string_view name, const char* path) {
  std::string kept;
  bool first = true;
  each_directory(path, [&](std::string_view directory) {
    std::string candidate(directory);
    candidate.append("/").append(name);
    if (is_self(candidate)) return false;
    if (!first) kept += ':';
    first = false;
    kept += directory;
    return false;
  });
  return kept;
}

int become(const std::string& program, std::string_view name, char** argv) {
  if (program.empty()) {
    std::fprintf(stderr, "%.*s: command not found\n", static_cast<int>(name.size()), name.data());
    return kNotFound;
  }
  ::execve(program.c_str(), argv, ::environ);
  if (errno == ENOEXEC) {  // a script without a first line that says what reads it
    std::vector<char*> words;
    std::string shell = "sh";
    std::string script = program;
    words.push_back(shell.data());
    words.push_back(script.data());
    for (char** word = argv + 1; argv[0] != nullptr && *word != nullptr; ++word) {
      words.push_back(*word);
    }
    words.push_back(nullptr);
    ::execve("/bin/sh", words.data(), ::environ);
  }
  std::fprintf(stderr, "%s: %s\n", program.c_str(), std::strerror(errno));
  return errno == ENOENT ? kNotFound : kCannotRun;
}

}  // namespace composelint::guard
