// The command that a step runs inside of a container: that of compose's run and exec, and of
// docker's.
#pragma once

#include <composelint/argument.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace composelint {

struct InnerCommand {
  const std::vector<Argument>* words = nullptr;  // not empty
  std::string line;                              // "exec app", "docker exec app_db"
  Span verb_span;
  bool fresh = false;   // a new container: what stands in the image's entrypoint comes first
  bool opaque = false;  // where it begins is a guess
};

// Nothing where the step starts no command in a container, or stands in one itself.
[[nodiscard]] std::optional<InnerCommand> inner_command_of(const Step& step);

// `sh -ec SCRIPT NAME ARGUMENT…`, `env A=1 bash -lc SCRIPT`.
struct ShellScript {
  std::size_t shell = 0;  // index of `sh`
  std::size_t at = 0;     // of SCRIPT; it is there
  bool errexit = false;
};

[[nodiscard]] std::optional<ShellScript> shell_script_in(std::span<const Argument> words);

}  // namespace composelint
