// Ways in which a script gets past the shims in its PATH, as far as its text tells.
#pragma once

#include <composelint/argument.h>
#include <composelint/shell.h>
#include <composelint/source.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

struct PastShim {
  Span span;
  std::string why;  // "env sets PATH without $PATH"
};

// What of the machine decides.
struct ShimWorld {
  std::string home;
  std::function<bool(const std::string& directory)> holds_docker;
  std::function<bool(const std::string& path)> is_client;    // docker or Compose itself, no script
  std::function<std::string(const std::string& path)> text;  // of a file; empty: it cannot be read
};

// The path by which a word calls a program, `$HOME` and `~` in front filled in; empty: not known.
[[nodiscard]] std::string program_in(const Argument& word, const std::string& home);

// Commands of `file` that call compose with another PATH, by the path of the program, or as a user
// who does not see the shims. `sets_path`: assignments of PATH count as well, as the script calls
// compose elsewhere.
[[nodiscard]] std::vector<PastShim> ways_past_shim(const SourceFile& file, const ShimWorld& world,
                                                   bool sets_path);

// Of a makefile: PATH or SHELL set so that its recipes do not see the shims; lines from 1.
struct MakefileWay {
  std::size_t line = 0;
  std::string why;
};
[[nodiscard]] std::vector<MakefileWay> ways_past_shim_of_make(std::string_view makefile,
                                                              const ShimWorld& world);

}  // namespace composelint::guard
