// Signals that guard is told things by, as something that can be waited for.
#pragma once

#include <signal.h>

#include <deque>

#include "guard/descriptor.h"

namespace composelint::guard {

// A signal that has come.
struct CameSignal {
  int number = 0;
  bool whole_group = false;  // the terminal sent it: all processes of the foreground have it
};

// INT and TERM, HUP and QUIT unless guard was started to ignore them, and the news of children. One
// for a process.
class Signals {
 public:
  Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();  // everything as it was found; what nobody has taken is dropped

  // From here on they are kept.
  void hold();
  [[nodiscard]] bool held() const { return held_; }
  // For the time of something short: they wait outside, and do what they do once it is over.
  void defer() const;
  void undefer() const;

  // Readable when one has come, and when a child has ended or stopped.
  [[nodiscard]] int descriptor() const { return kept_descriptor_.get(); }
  [[nodiscard]] int child_descriptor() const { return child_descriptor_.get(); }
  // Takes over what has come by now; whether anything has.
  bool collect();
  [[nodiscard]] bool any() const { return !came_.empty(); }
  [[nodiscard]] CameSignal take();
  void drain_children() const;

  // Between fork and exec: mask and dispositions as guard was given them.
  void restore_in_child() const;

 private:
  sigset_t kept_{};
  sigset_t mask_{};  // as found
  struct sigaction pipe_ {};
  struct sigaction child_ {};
  Descriptor kept_descriptor_;
  Descriptor child_descriptor_;
  std::deque<CameSignal> came_;
  bool held_ = false;
};

}  // namespace composelint::guard
