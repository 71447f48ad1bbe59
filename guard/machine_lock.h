// The lock that all guards of this machine see, whoever runs them and wherever their state is.
#pragma once

#include <composelint/result.h>

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "guard/lock.h"

namespace composelint::guard {

// A name in the kernel's table of sockets: it needs no directory, and is gone with its process. The
// kernel says who holds it. Whoever may start a process here may hold it, too; guards in another
// network namespace (a container) and on other machines do not see it.
class MachineLock {
 public:
  MachineLock(MachineLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  MachineLock& operator=(MachineLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~MachineLock();

  // The lock, or who has it: pid, user and host.
  using Taken = std::variant<MachineLock, LockHolder>;
  [[nodiscard]] static Result<Taken> take(const std::string& engine, const std::string& project);
  [[nodiscard]] static std::optional<LockHolder> holder(const std::string& engine,
                                                        const std::string& project);

 private:
  explicit MachineLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace composelint::guard
