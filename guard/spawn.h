// A program started by fork and exec.
#pragma once

#include <sys/types.h>

#include <cstddef>

#include "guard/descriptor.h"
#include "guard/process.h"
#include "guard/signals.h"

namespace composelint::guard {

struct Spawn {
  const Command& command;
  int in = -1;  // becomes its standard input; -1: guard's own
  int out = -1;
  int err = -1;
  bool aside = false;            // own process group, and no descriptors besides
  bool ends_with_guard = false;  // SIGTERM when guard is gone
  std::size_t memory = 0;        // as in Bounds
};

struct Spawned {
  pid_t pid = -1;
  int error = 0;  // errno where it could not be started
};
[[nodiscard]] Spawned spawn(const Spawn& what, const Signals& signals);

// Both ends closed on exec and above the standard streams, the reading one never blocking. Not open
// where the process has too many.
struct Pipe {
  Descriptor read;
  Descriptor write;
  [[nodiscard]] bool open() const { return read.open() && write.open(); }
};
[[nodiscard]] Pipe make_pipe();
[[nodiscard]] Descriptor open_null();

// Of waitid and waitpid.
[[nodiscard]] End end_of(int status);

}  // namespace composelint::guard
