// Tries files, and damaged copies of them, without a fuzzer: the same ones in every run.
//
//   replay [--copies N] FILE|DIRECTORY…
//
// What is being tried is written down before, so that a crash tells how to get it again:
// `replay --copy K FILE` tries that one copy alone.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace composelint::fuzz {
namespace {

namespace fs = std::filesystem;

// What is read now, for the handler of signals: no allocation is allowed there.
char now_trying[4096] = "nothing\n";  // NOLINT(modernize-avoid-c-arrays)

void tell_and_die(int signal) {
  std::size_t size = 0;
  while (size < sizeof now_trying && now_trying[size] != '\0') ++size;
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, now_trying, size);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

struct Options {
  unsigned copies = 0;
  std::optional<unsigned> only;
  std::vector<std::string> paths;
};

// Bytes that mean something to one of the readers.
constexpr std::string_view kMarks = "\n\t \"'`$(){}[]<>|&;:#-*!\\=,@%?~^\r\0\xff";

// Copy 0 is the text itself. One seed a copy: a copy can be made again alone.
std::string damaged(const std::string& text, unsigned copy) {
  if (copy == 0 || text.empty()) return text;
  std::minstd_rand random(copy * 7919U + static_cast<unsigned>(text.size()));
  const auto below = [&](std::size_t bound) { return random() % std::max<std::size_t>(bound, 1); };
  std::string out = text;
  for (std::size_t changes = 1 + below(4); changes > 0 && !out.empty(); --changes) {
    const std::size_t at = below(out.size());
    const std::size_t length = std::min<std::size_t>(1 + below(24), out.size() - at);
    switch (below(6)) {
      case 0: out.resize(at); break;
      case 1: out.erase(at, length); break;
      case 2: out[at] = kMarks[below(kMarks.size())]; break;
      case 3: out.insert(at, 1 + below(3), kMarks[below(kMarks.size())]); break;
      case 4: out.insert(below(out.size()), out.substr(at, length)); break;
      default: std::swap(out[at], out[below(out.size())]); break;
    }
  }
  return out;
}

bool is_known(const std::string& name) {
  return std::any_of(names().begin(), names().end(), [&](std::string_view known) {
    return name == known || (known.starts_with("*") && name.ends_with(known.substr(1)));
  });
}

std::vector<fs::path> files_of(const std::vector<std::string>& paths) {
  std::set<fs::path> files;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path)) {
      files.insert(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && is_known(entry.path().filename().string())) {
        files.insert(entry.path());
      }
    }
  }
  return {files.begin(), files.end()};
}

bool read_options(int count, char** words, Options& options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) {
      options.paths.emplace_back(word);
      continue;
    }
    if (i + 1 == count) return false;
    const std::string_view value = words[++i];
    unsigned number = 0;
    const auto end = std::from_chars(value.data(), value.data() + value.size(), number);
    if (end.ec != std::errc() || end.ptr != value.data() + value.size()) return false;
    if (word == "--copies") {
      options.copies = number;
    } else if (word == "--copy") {
      options.only = number;
    } else {
      return false;
    }
  }
  return !options.paths.empty();
}

int replay(const Options& options) {
  std::size_t tried = 0;
  const std::vector<fs::path> files = files_of(options.paths);
  for (const fs::path& path : files) {
    std::ifstream stream(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    const unsigned first = options.only.value_or(0);
    const unsigned last = options.only.value_or(options.copies);
    for (unsigned copy = first; copy <= last; ++copy, ++tried) {
      std::snprintf(now_trying, sizeof now_trying, "while trying: --copy %u %s\n", copy,
                    path.c_str());
      const std::string bytes = damaged(text, copy);
      try_one({path.filename().string(), bytes});
    }
  }
  std::printf("%zu inputs of %zu files\n", tried, files.size());
  return tried == 0 ? 1 : 0;
}

}  // namespace
}  // namespace composelint::fuzz

int main(int count, char** words) {
  composelint::fuzz::Options options;
  if (!composelint::fuzz::read_options(count, words, options)) {
    std::fputs("usage: replay [--copies N | --copy K] FILE|DIRECTORY...\n", stderr);
    return 2;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL, SIGALRM}) {
    std::signal(signal, composelint::fuzz::tell_and_die);
  }
  return composelint::fuzz::replay(options);
}
