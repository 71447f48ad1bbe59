// The text that `sh -c` is given, as plain commands: their words, their pipes, the files they read
// and write. What stands in branches, loops and groups is among them, in the order of the text.
#pragma once

#include <composelint/argument.h>
#include <composelint/path_name.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// A word without its quotes. Where something in it is expanded, the text before that.
struct TextWord {
  std::string text;
  bool known = true;
  Span span = {};       // where it is written
  bool filled = false;  // the script that hands the text over puts in what stands behind `text`
};

struct TextCommand {
  Span span;
  std::vector<TextWord> words;        // `sudo`, `exec`, `gosu USER` and their like taken off
  std::vector<TextWord> assignments;  // `NAME=value` in front of them
  std::optional<TextWord> input, output;
  bool appends = false;  // >>
  bool piped_in = false;
  bool piped_out = false;
};

// Empty where the text cannot be read.
[[nodiscard]] std::vector<TextCommand> read_script_text(const Argument& script);

[[nodiscard]] inline TextWord text_word(const Argument& word) {
  if (word.holes.empty()) return {word.text, !word.splits, word.place()};
  return {word.text.substr(0, word.holes.front().at), false, word.place()};
}

// "pg_dump" of /usr/bin/pg_dump; empty when it is not known.
[[nodiscard]] inline std::string_view program_name(const TextCommand& command) {
  if (command.words.empty() || !command.words.front().known) return {};
  const std::string_view text = command.words.front().text;
  return file_name(text);
}

}  // namespace composelint
