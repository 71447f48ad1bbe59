#include "guard/terminal_state.h"

#include <unistd.h>

namespace composelint::guard {

TerminalState TerminalState::now() {
  TerminalState state;
  termios modes{};
  if (::tcgetattr(STDIN_FILENO, &modes) == 0) state.modes_ = modes;
  return state;
}

void TerminalState::restore() const {
  if (!modes_ || ::tcgetpgrp(STDIN_FILENO) != ::getpgrp()) return;
  static_cast<void>(::tcsetattr(STDIN_FILENO, TCSADRAIN, &*modes_));
}

}  // namespace composelint::guard
