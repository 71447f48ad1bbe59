// Recipes whose name or help text says that data goes.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>

#include <string>
#include <string_view>

namespace composelint {

// `rm` in `rm-volumes`, not in `permissions`.
[[nodiscard]] bool has_part(std::string_view name, std::string_view part);

// `clean-all`, `dcclean`, `reset`, `destroy-db`, `rm-volumes`: whoever types that wants it.
[[nodiscard]] bool says_destruction(std::string_view name);

struct Recipe {
  std::string name;
  std::string help;  // `## …` on the line of its name, the comment above it, `desc:`
};

// The recipe of a Makefile, justfile or Taskfile that holds the step; no name where it is none.
[[nodiscard]] Recipe recipe_of(const Step& step);

// That of a Makefile or justfile which has this name.
[[nodiscard]] Recipe recipe_named(const SourceFile& file, std::string_view name);

[[nodiscard]] bool says_destruction(const Recipe& recipe);

}  // namespace composelint
