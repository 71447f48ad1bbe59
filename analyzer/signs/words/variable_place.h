// Where a variable that nobody set stands in the text, and whether it was meant as one.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <cstddef>
#include <optional>
#include <string_view>

namespace composelint {

struct VariableUse {
  std::size_t at = 0;    // of the dollar, in the text of the span
  std::size_t size = 0;  // of `$NAME`, or of `${NAME` as far as the name goes
  bool braced = false;
};

// The first `$NAME` or `${NAME…` of the variable at or behind `from`; `$$` is an escaped dollar.
[[nodiscard]] std::optional<VariableUse> find_use(std::string_view text, std::string_view name,
                                                  std::size_t from = 0);

[[nodiscard]] Span place_of_variable(const UnsetVariable& unset);

// The service in whose attributes the variable stands; null in an env file or at the top level.
[[nodiscard]] const Service* service_of(const Project& project, const UnsetVariable& unset);

// A command, which a shell in the container may read.
[[nodiscard]] bool is_in_command(const Project& project, const UnsetVariable& unset);

// `$apr1$…`, `pass$word`, `for f in *; do echo $f`, a variable of the container's own.
[[nodiscard]] bool is_meant_literally(const Project& project, const UnsetVariable& unset);

}  // namespace composelint
