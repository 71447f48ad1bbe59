// What the grammar is shown of a script, and what the reader keeps for itself.
#pragma once

#include <composelint/shell.h>

#include <cstdint>
#include <string>
#include <vector>

namespace composelint::shell {

// What stands behind a word of the outline.
struct Token {
  std::uint32_t begin = 0;  // in the outline
  std::uint32_t end = 0;
  Command command;          // a simple command, or a pipeline of some
  std::vector<Word> words;  // of `for`, `case`, a pattern
  std::string name;         // of `for`, a function
  bool simple = false;      // `command` counts
  bool over_arguments = false;
};

// Redirects of the compound command that ends at `end` in the outline.
struct CompoundRedirects {
  std::uint32_t end = 0;
  std::uint32_t text_end = 0;  // in the script, of the last one
  std::vector<IoRedirect> redirects;
};

struct Outline {
  std::string text;         // as long as the part of the script it stands for
  std::uint32_t begin = 0;  // of that part, in the script
  std::uint32_t end = 0;
  std::vector<Token> tokens;                 // ascending
  std::vector<CompoundRedirects> redirects;  // ascending
  std::vector<std::uint32_t> negated;        // begins of the pipelines behind a `!`, ascending
  std::vector<std::uint32_t> both_streams;   // offsets of `|&`, ascending
  std::vector<std::uint32_t> falls_through;  // offsets of `;&` and `;;&`, ascending
  bool grouped = false;  // there is more in it than simple commands one after the other
};

// What `|&` says of the command before it.
[[nodiscard]] IoRedirect both_streams(const Span& place);
// Commands of a pipeline inside of a pipeline are commands of the outer one.
void add_to_pipeline(Pipeline& pipeline, Command command);
// The command of a pipeline that its output comes from.
[[nodiscard]] Command& last_of(Command& command);
// `first` becomes a pipeline that goes on with `next`.
void extend_pipeline(Command& first, Command next);

}  // namespace composelint::shell
