// Processes of this machine.
#pragma once

#include <sys/types.h>

#include <memory>
#include <vector>

#include "guard/process.h"
#include "guard/signals.h"

namespace composelint::guard {

// One for a process, made before anything changes what signals do. Single-threaded.
class PosixProcesses final : public Processes {
 public:
  PosixProcesses() = default;

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds& bounds) override;
  Result<std::unique_ptr<Child>> start(const Command& command, const Streams& streams) override;
  int wait(std::span<Child* const> children, std::chrono::milliseconds time) override;
  void hold_signals() override { signals_.hold(); }
  [[nodiscard]] bool whole_group() const override { return whole_group_; }

 private:
  void reap_abandoned();

  Signals signals_;
  bool whole_group_ = false;
  // Children whose owner is gone: reaped when they end.
  std::shared_ptr<std::vector<pid_t>> abandoned_ = std::make_shared<std::vector<pid_t>>();
};

}  // namespace composelint::guard
