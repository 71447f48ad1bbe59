// What the messages about a project are about: each kind has a rule of its own.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <string>
#include <string_view>

namespace composelint {

enum class Trouble {
  kNone,           // only a warning, or trouble of the run: the file was not read
  kRefused,        // the schema, a form, a check that has no kind of its own
  kUndefined,      // a network, volume, secret, … that nothing declares
  kCycle,          // of depends_on
  kContainerName,  // the form of a container's name
  kReplicas,       // more containers than names
  kRequired,       // `${X:?}` and no X
  kKeyTwice,
  kProjectName,
  kEnvFile,        // it is not there
  kIncluded,       // a compose file of `include` or `extends` is not there
  kMissingSource,  // of a mount, a secret or a config
};

[[nodiscard]] Trouble trouble_of(const ProjectProblem& problem);

// "X" of "required variable X is missing a value".
[[nodiscard]] std::string required_variable(const ProjectProblem& problem);

// Where a message without a place of its own is told: the head of the file that is loaded.
[[nodiscard]] Span place_of(const ProjectProblem& problem, const Project& project);

// The message in one line of bearable length: some quote the whole value.
[[nodiscard]] std::string short_message(std::string_view message);

}  // namespace composelint
