// The place of a compose call in a script, as far as the choice of the project goes.
#pragma once

#include <optional>
#include <string>

#include "analyzer/shell/scope.h"

namespace composelint::calls {

// What a call inherits from the script around it.
struct CallSite {
  std::string script_directory;          // absolute
  std::optional<std::string> directory;  // absolute, or relative to where the script is started
  shell::Scope variables;                // those that are exported, or set in front of the command
  std::string why_no_directory;          // where `directory` is not known
};

}  // namespace composelint::calls
