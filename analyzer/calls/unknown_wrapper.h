// Commands handed to something that no file in sight defines: `step "migrating" docker compose …`.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <optional>
#include <span>

namespace composelint::calls {

struct Wrapped {
  std::size_t at = 0;  // the first word of the compose command, or the word whose text it is
  bool text = false;   // a word holds the command as a whole, as shell text
};

// Where a compose command stands behind an unknown program that by all that is visible runs it.
// Nothing for programs that are known to do something else with their words (echo, grep, apt), and
// for names that say so (log_info, die, usage).
[[nodiscard]] std::optional<Wrapped> find_wrapped(std::span<const Argument> argv);

}  // namespace composelint::calls
