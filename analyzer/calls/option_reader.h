// Reading options the way the CLI's flag library does: long and short, values attached or not,
// clusters, `--`.
#pragma once

#include <composelint/invocation.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzer/knowledge/compose_cli.h"

namespace composelint::calls {

enum class Operands { kStopAtFirst, kMixed };

// An option-like word that the table does not hold.
struct UnknownOption {
  std::string name;  // "--nope" or "-x"
  std::size_t index = 0;
};

struct OptionReading {
  std::vector<OptionUse> options;
  std::vector<Argument> operands;
  std::vector<UnknownOption> unknown;
  std::vector<std::size_t> typographic;  // indices of words that begin with a typographic dash
  std::optional<std::size_t> missing_value_of;  // index of the option that ends the line
  std::size_t next = 0;                         // first word that was not read
  bool opaque = false;                          // an unknown word may be, or hide, an option
};

// Reads from `begin`. With kStopAtFirst the first operand is not read: `next` is its index. Options
// only v1 had count as known when `v1` is set.
[[nodiscard]] OptionReading read_options(std::span<const Argument> argv, std::size_t begin,
                                         std::span<const knowledge::OptionSpec> specs,
                                         Operands operands, bool v1);

}  // namespace composelint::calls
