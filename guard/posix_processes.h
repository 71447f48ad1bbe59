// Processes of a POSIX system; Linux where it offers more (pidfd, signalfd).
#pragma once

#include <signal.h>

#include "guard/process.h"

namespace composelint::guard {

class PosixProcesses final : public Processes {
 public:
  PosixProcesses();
  PosixProcesses(const PosixProcesses&) = delete;
  PosixProcesses& operator=(const PosixProcesses&) = delete;
  ~PosixProcesses() override;  // lets go of held signals

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds& bounds) override;
  Result<std::unique_ptr<Child>> start(const Command& command, const Streams& streams) override;
  void hold_signals() override;
  Woken wait(std::span<Child* const> children, std::chrono::milliseconds time) override;

 private:
  sigset_t mask_;     // that guard was started with
  int signals_ = -1;  // of signalfd
};

}  // namespace composelint::guard
