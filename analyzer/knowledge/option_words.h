// The options at the front of a command line, word by word.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/command_line.h"

namespace composelint::knowledge {

struct OptionHit {
  const OptionSpec* spec = nullptr;
  std::string_view attached;   // known text of an attached value
  std::size_t word = 0;        // index of the word it stands in
  std::size_t value_word = 0;  // where its value stands: `word` when attached; 0: no value
};

struct OptionWords {
  std::size_t next = 0;      // the first word that is none of them; argv.size(): no more words
  bool dashes = false;       // "--" ended them
  std::string_view why_not;  // not empty: `next` is a word that cannot be read
  std::vector<OptionHit> hits;

  [[nodiscard]] const OptionHit* find(std::string_view canonical) const;
};

// Reads from argv[at]. A quoted unknown word is taken for an operand; an unquoted one may be
// anything, and ends the reading with a reason.
[[nodiscard]] OptionWords read_options(std::span<const OptionSpec> options,
                                       std::span<const Argument> argv, std::size_t at);

// "-x", "--long": begins with a known dash and is more than that.
[[nodiscard]] bool looks_like_option(const Argument& word);
// Its name is known, whatever its value is. An unquoted value is taken for one word.
[[nodiscard]] bool option_is_readable(std::span<const OptionSpec> options, const Argument& word);
// NAME=VALUE, the name being known.
[[nodiscard]] bool is_assignment(const Argument& word);
// The last part of a known path; empty when the word is not known.
[[nodiscard]] std::string_view base_name(const Argument& word);

}  // namespace composelint::knowledge
