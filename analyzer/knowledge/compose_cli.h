// The command line of Docker Compose 2.40.3, with what docker-compose 1.29.2 took besides.
#pragma once

#include <span>
#include <string_view>

#include "analyzer/knowledge/command_line.h"

namespace composelint::knowledge {

enum class OperandShape {
  kNone,
  kServices,           // SERVICE…
  kService,            // SERVICE
  kServiceAndCommand,  // SERVICE COMMAND [ARG…]
  kServiceAndMaybeCommand,
  kServiceAndPort,
  kServiceScales,  // SERVICE=REPLICAS…
  kCopy,           // SERVICE:SOURCE DEST, or SOURCE SERVICE:DEST
  kVerb,           // a verb of its own follows: find_verb("alpha viz")
  kOther,          // names something else than services
};

inline constexpr int kAnyNumber = -1;

struct VerbSpec {
  std::string_view name;  // "run"; "alpha viz"
  // With those of every verb (--dry-run, --help). Of options that share a name the plugin's stands
  // first, v1's after it.
  std::span<const OptionSpec> options;
  OperandShape operands = OperandShape::kNone;
  int min_operands = 0;
  int max_operands = kAnyNumber;
  bool stops_at_operand = false;  // words after the first operand are never options of the verb
  bool takes_services = false;    // operands name services: each, or the first
  bool v1_only = false;
  bool hidden = false;
};

// Sorted by name. v1 stops at the first operand of every verb.
[[nodiscard]] std::span<const VerbSpec> verbs();
// Null: Compose has no such verb, in neither version.
[[nodiscard]] const VerbSpec* find_verb(std::string_view name);
// Between program and verb.
[[nodiscard]] std::span<const OptionSpec> global_options();
// For "did you mean": never a v1 verb.
[[nodiscard]] std::string_view nearest_verb(std::string_view word);

}  // namespace composelint::knowledge
