// An inner text while it is read: its commands, and what its variables and functions are so far.
#pragma once

#include <composelint/script_text.h>
#include <composelint/shell.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyzer/shell/text_variables.h"

namespace composelint {

// Of functions, and of commands for each value of a variable.
inline constexpr int kMostCalls = 1024;

class InnerTextReader {
 public:
  std::vector<TextCommand> commands;
  bool cut = false;

  // `whole`: for all that it may do.
  explicit InnerTextReader(bool whole) : whole_(whole) { variables_.defaults = whole; }

  void read(const std::vector<Command>& list) {
    for (const Command& command : list) read(command);
  }
  // Functions that no call was read of, and that may be called all the same.
  void read_uncalled();

 private:
  using Definitions = std::vector<const FunctionDefinition*>;

  void read(const Command& command);
  void read(const SimpleCommand& simple, Span span);
  // For each of the values that a variable in it may hold.
  bool read_each(const SimpleCommand& simple, Span span);
  // Its body, with the words behind its name.
  void call(const FunctionDefinition& function, std::vector<TextWord> words);
  void set_positional();
  [[nodiscard]] std::string default_of(const Word& word) const;
  void read(const Pipeline& pipeline);
  void read(const AndOrList& list);
  // What is done on some ways only.
  void maybe(const std::vector<Command>& list) {
    const std::size_t before = variables_.changes();
    ++ways_;
    if (!list.empty()) mark("||", list.front().span);
    read(list);
    if (!list.empty()) mark("fi", list.back().span);
    --ways_;
    variables_.forget_since(before);
  }
  void define(const FunctionDefinition& function);
  // Where a subshell, or what is done on some ways only, begins and ends: a directory may hold
  // there alone.
  void mark(const char* parenthesis, Span span) {
    if (!whole_) return;
    commands.emplace_back().words.push_back({parenthesis, true, span});
    commands.back().span = span;
  }
  // What it is called by, in front of the words that it gets: `eval f`, `time f`.
  [[nodiscard]] const Definitions* called_by(std::vector<TextWord>& words) const;
  [[nodiscard]] TextWord text_of(const Word& word) const;
  // One, or those that a variable holds.
  void add_words(const Word& word, std::vector<TextWord>& out) const;
  void set_variables(const SimpleCommand& simple);
  // What is substituted in it is run as well, by a shell of its own: `x=$(rm -rf /srv)`.
  void substituted(const Word& word);
  void substituted(const SimpleCommand& simple);
  void substituted(const std::vector<IoRedirect>& redirects);
  // What a redirect of a group is about is done by the commands in it.
  void redirect(const Command& command, std::size_t first);

  bool whole_;
  TextVariables variables_;
  std::map<std::string, Definitions, std::less<>> functions_;
  std::vector<TextWord> given_;   // to the function that is read
  std::vector<TextWord> handed_;  // to functions, in all
  std::set<const FunctionDefinition*> called_;
  Definitions open_;      // those that are being read
  int calls_ = 0;         // in all
  int ways_outside_ = 0;  // of the function that is read
  int ways_ = 0;          // within what is done on some ways only
};

}  // namespace composelint
