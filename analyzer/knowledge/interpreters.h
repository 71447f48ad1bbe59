// Interpreters before a program's file, and runners of scripts that go by a name.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <optional>
#include <span>

namespace composelint::knowledge {

struct Interpreted {
  std::size_t at = 0;      // of the program: 0 when no interpreter stands before it
  bool is_module = false;  // `python -m name`
};

// python, php, ruby, node, java -jar and the shells, before a file to run.
[[nodiscard]] Interpreted skip_interpreter(std::span<const Argument> argv);

struct NamedScript {
  std::size_t at = 0;  // the word that holds the name
  bool may_be_program = false;
  bool of_package = false;  // a script of package.json, by `run`
};

// npm run, yarn, composer run, make, just, task: the first name they are given.
[[nodiscard]] std::optional<NamedScript> named_script(std::span<const Argument> argv);

}  // namespace composelint::knowledge
