// Variables that one script reads from a file before it calls Compose, and another one does not.
#pragma once

#include <composelint/rule.h>
#include <composelint/step.h>

#include <optional>
#include <string>

namespace composelint {

struct UnreadSettings {
  const Step* call = nullptr;   // that is refused
  const Step* other = nullptr;  // the other script's call
  std::string name;             // of the variable
  std::string file;             // that the other script reads
};

// The first call of the script that is refused for a variable which another script reads first.
[[nodiscard]] std::optional<UnreadSettings> unread_settings(const WorkspaceFacts& facts,
                                                            const TaskView& task);

}  // namespace composelint
