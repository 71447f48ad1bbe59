// The regular wrappers: options, perhaps some operands, then the command.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "analyzer/knowledge/command_line.h"

namespace composelint::knowledge {

enum WrapperTrait : std::uint32_t {
  kTakesAssignments = 1U << 0,  // NAME=VALUE words stand before the command
  kAfterDashes = 1U << 1,       // the command follows a "--", and only that
  kFeedsWords = 1U << 2,
  kRepeats = 1U << 3,
  kBounded = 1U << 4,
  kBackground = 1U << 5,
  kJoinsWords = 1U << 6,  // further words are one shell text
  kRemote = 1U << 7,
  kTakesNumber = 1U << 8,  // `nice -10`
};

struct WrapperSpec {
  std::string_view name;  // base name
  std::string_view verb;  // the word that has to follow: `bundle exec`; empty: none
  std::span<const OptionSpec> options;
  int operands = 0;  // words between the options and the command: timeout's duration
  std::uint32_t traits = 0;
  std::string_view looks_only;     // canonical options that make it no wrapper, blank between them
  std::string_view script_option;  // canonical option whose value is shell text
};

// In no order; `name` may stand there several times, with different verbs.
[[nodiscard]] std::span<const WrapperSpec> wrapper_table();

}  // namespace composelint::knowledge
