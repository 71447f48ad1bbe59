// As much of plain docker's command line as it takes to find the container and the command inside.
#pragma once

#include <composelint/argument.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/command_line.h"

namespace composelint::knowledge {

// Between `docker` and its verb, `compose` included: -H, --context, -c, -l, …
[[nodiscard]] std::span<const OptionSpec> docker_global_options();

// A docker command line that is not compose.
struct DockerCall {
  std::string_view verb;  // canonical, in full: "container exec", "volume rm", "system prune";
                          // empty: not one of the table, and `verb_at` says where it stands
  std::size_t verb_at = 0;
  std::span<const OptionSpec> specs;      // the verb's options
  std::size_t rest = 0;                   // the first word behind the verb
  std::vector<std::string_view> options;  // canonical long names that stand there: "--tty"
  std::vector<std::size_t> operands;      // indices into argv; the first is container or image for
                                          // exec and run
  std::size_t inner = 0;                  // where the inner command begins; argv size: none
  // A word whose text is not known stands where an option may: container and command are a guess.
  bool opaque = false;

  [[nodiscard]] bool has(std::string_view option) const;
};

// exec, run, create: what stands behind the first operand is a command of the container.
[[nodiscard]] bool runs_inner_command(const DockerCall& call);
// `argv` begins with docker or podman (wrappers taken off). Nothing when the program is another one
// or the verb is `compose`.
[[nodiscard]] std::optional<DockerCall> read_docker(std::span<const Argument> argv);
// Where `compose` stands in `docker [options] compose …`.
[[nodiscard]] std::optional<std::size_t> find_compose_word(std::span<const Argument> argv);

}  // namespace composelint::knowledge
