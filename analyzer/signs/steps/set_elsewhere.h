// Whether a variable that no file in sight sets may get its value all the same.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

#include <algorithm>
#include <string_view>

namespace composelint {

// What a login session, a desktop or a runner brings along.
[[nodiscard]] bool comes_with_the_session(std::string_view name);

// Each machine has its own `.env`, or a file for the containers that may be given to Compose as
// well.
[[nodiscard]] bool has_hidden_env_file(const Project& project, const WorkspaceFacts& facts);

// Some task writes `.env` with what it gets from elsewhere: `op inject`, `sops -d`, a file that is
// not here.
[[nodiscard]] bool env_file_comes_from_elsewhere(const WorkspaceFacts& facts);

// The same file is read in another way, under another env file say, and lacks less then.
// `lacking` gives the things of a project that say what it lacks.
template <typename Lacking>
[[nodiscard]] bool lacks_less_elsewhere(const Project& project, const WorkspaceFacts& facts,
                                        Lacking lacking) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    return other != &project && !other->files.empty() && !project.files.empty() &&
           other->files.back() == project.files.back() &&
           lacking(*other).size() < lacking(project).size();
  });
}

// A call whose variables are not all known: the project it acts on may get its values there.
[[nodiscard]] bool some_call_is_open(const WorkspaceFacts& facts);

[[nodiscard]] bool mentioned(const WorkspaceFacts& facts, const Project& project,
                             std::string_view name);

}  // namespace composelint
