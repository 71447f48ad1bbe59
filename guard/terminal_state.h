// The modes of the terminal. Clients that put it into raw mode and are killed leave it so.
#pragma once

#include <termios.h>

#include <optional>

namespace composelint::guard {

class TerminalState {
 public:
  // Of standard input, where that is a terminal.
  [[nodiscard]] static TerminalState now();
  // Only from the foreground: in the background it is another's.
  void restore() const;

 private:
  std::optional<termios> modes_;
};

}  // namespace composelint::guard
