// The place of a compose call in a script, as far as the choice of the project goes.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace composelint::calls {

// What a call inherits from the script around it.
struct CallSite {
  std::string script_directory;          // absolute
  std::optional<std::string> directory;  // absolute, or relative to where the script is started;
                                         // nothing: a `cd` could not be followed
  // Exported variables and those set in front of the command: the value, or nothing where it is
  // not known.
  std::vector<std::pair<std::string, std::optional<std::string>>> environment;
};

}  // namespace composelint::calls
