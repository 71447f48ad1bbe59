// fork and exec with nothing left open and nothing left behind.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

#include "guard/process.h"

namespace composelint::guard {

// A descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset(other.release());
    return *this;
  }
  ~Descriptor() { reset(-1); }

  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  int release() {
    const int number = number_;
    number_ = -1;
    return number;
  }
  void reset(int number);

 private:
  int number_ = -1;
};

struct SpawnRequest {
  const Command& command;
  int in = 0;  // descriptors that become the child's; they stay the caller's
  int out = 1;
  int err = 2;
  bool own_group = false;
  bool ends_with_guard = false;
  std::size_t memory = 0;  // bytes of address space; 0: no bound
  const sigset_t* mask = nullptr;
};

// The pid, or -1 with the errno of what failed, exec included.
struct Spawned {
  pid_t pid = -1;
  int error = 0;
};
[[nodiscard]] Spawned spawn(const SpawnRequest& request);

// How process `pid` ended; nothing while it runs. `block`: waits for it.
[[nodiscard]] std::optional<End> ended(pid_t pid, bool block);

// The two ends of a pipe, both closed in children unless handed on; not open where there are no
// more descriptors.
struct Pipe {
  Descriptor read;
  Descriptor write;
};
[[nodiscard]] Pipe make_pipe();

// What there is to read now is put behind `text`, of which no more than `limit` bytes are kept;
// false: the other side is closed.
[[nodiscard]] bool drain(int descriptor, std::string& text, std::size_t limit, bool& cut);

}  // namespace composelint::guard
