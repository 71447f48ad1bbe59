// A word of a command line after expansion: what the program would get in argv, as far as the text
// of the script tells.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <string>
#include <vector>

namespace composelint {

// A place where something unknown stands: the value of a variable nothing in sight sets, the output
// of a command, a placeholder of the host.
struct Hole {
  std::uint32_t at = 0;  // offset in Argument::text; the unknown text would stand before it
  std::string name;      // variable, or the command substituted, for messages

  friend bool operator==(const Hole&, const Hole&) = default;
};

// Where a run of Argument::text is written.
struct WrittenRun {
  std::uint32_t at = 0;    // offset in the text
  std::uint32_t size = 0;  // bytes of the text
  Span span;               // as many bytes where the text stands as is

  friend bool operator==(const WrittenRun&, const WrittenRun&) = default;
};

struct Argument {
  Span span;     // the word on the command line that it comes from
  Span written;  // where this very text is written: `span` itself for plain words, a place in an
                 // assignment for `$DC run`; nowhere when it was put together
  std::string text;              // the known text, nothing standing at the holes
  std::vector<Hole> holes;       // ascending by `at`
  std::vector<WrittenRun> runs;  // where the text comes from, ascending by `at`; text that no file
                                 // holds is in no run
  bool quoted = false;           // some of it was quoted where it was written
  bool splits = false;           // an unquoted hole or glob: may be no word, or several

  // Where a finding points: into `DC="docker compose run"`, not at the `$DC` it comes through.
  [[nodiscard]] Span place() const { return written ? written : span; }
  // All of it is known, and it is exactly one word.
  [[nodiscard]] bool known() const { return holes.empty() && !splits; }
  [[nodiscard]] bool is(const char* wanted) const { return known() && text == wanted; }
};

}  // namespace composelint
