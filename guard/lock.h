// One change at a time to a project on an engine: Compose holds no lock of its own, and two
// migrations do run side by side.
#pragma once

#include <composelint/result.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>

namespace composelint::guard {

// What a holder says of itself. All empty: somebody holds it and has not said who, as another
// machine's process with the directory in common may.
struct LockHolder {
  std::int64_t pid = 0;  // `take` fills it in where it is 0
  std::string user;
  std::string host;     // `take` fills it in where it is empty
  std::string command;  // masked
  std::int64_t since = 0;
  std::string run{};      // id of the run that it is held for; empty: for none
  std::string session{};  // of the script that it is a step of; empty: of none
  bool follows = false;   // `up` that stays to show logs: it ends when it is told to
};

// `me` is of this machine.
[[nodiscard]] bool steps_of_one_script(const LockHolder& me, const LockHolder& other);

// Held until destroyed, or until the process ends in whatever way (flock): what a killed holder
// left in the file is nobody's word. The file stays. Programs that are started do not inherit it.
class ProjectLock {
 public:
  ProjectLock(ProjectLock&& other) noexcept;
  ProjectLock& operator=(ProjectLock&& other) noexcept;
  ~ProjectLock();

  // The lock, or who has it. Where it is held for one of the runs `within`, and this process was
  // started by the holder, that holder's lock holds for it, too; so it does for a step of the same
  // script where waiting would have no end: in one pipeline with the holder's, or beside one that
  // follows; of the latter there is one at a time. Fails where the file cannot be made.
  using Taken = std::variant<ProjectLock, LockHolder>;
  [[nodiscard]] static Result<Taken> take(const std::string& directory, const std::string& engine,
                                          const std::string& project, const LockHolder& me,
                                          std::span<const std::string> within = {});
  // False: another's lock holds for this process.
  [[nodiscard]] bool own() const { return own_; }
  // Who holds it now; nothing when nobody does.
  [[nodiscard]] static Result<std::optional<LockHolder>> holder(const std::string& directory,
                                                                const std::string& engine,
                                                                const std::string& project);

  // "shop-0123456789abcdef.lock": the project as far as a file name can say it, and a hash of it
  // with the engine, by whatever of its names that is given.
  [[nodiscard]] static std::string file_name(const std::string& engine, const std::string& project);

 private:
  explicit ProjectLock(int descriptor) : descriptor_(descriptor), own_(descriptor >= 0) {}
  int descriptor_ = -1;
  bool own_ = false;  // of the project, and not only among those beside one that follows
};

}  // namespace composelint::guard
