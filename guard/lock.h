// One change at a time to a project on an engine: Compose holds no lock of its own, and two
// migrations do run side by side.
#pragma once

#include <composelint/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace composelint::guard {

struct LockHolder {
  std::int64_t pid = 0;
  std::string user;
  std::string host;
  std::string command;  // masked
  std::int64_t since = 0;
};

// Held until destroyed, or until the process ends in whatever way (flock). The file stays.
class ProjectLock {
 public:
  ProjectLock(ProjectLock&& other) noexcept;
  ProjectLock& operator=(ProjectLock&& other) noexcept;
  ~ProjectLock();

  // The lock, or who has it. Fails where the file cannot be made.
  using Taken = std::variant<ProjectLock, LockHolder>;
  [[nodiscard]] static Result<Taken> take(const std::string& directory, const std::string& engine,
                                          const std::string& project, const LockHolder& me);
  // Who holds it now; nothing when nobody does.
  [[nodiscard]] static Result<std::optional<LockHolder>> holder(const std::string& directory,
                                                                const std::string& engine,
                                                                const std::string& project);

 private:
  explicit ProjectLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace composelint::guard
