// Exit codes of the binary.
#pragma once

namespace composelint {

enum class ExitCode : int {
  kClean = 0,     // nothing at or above the --fail-on level
  kFindings = 1,  // at least one finding at or above it
  kTrouble = 2,   // wrong usage, or something could not be read; findings are printed all the same
};

// Those of `guard` besides kTrouble. A task that ran and was verified gives its own exit status, so
// that a task can give these numbers, too; `--format json` tells them apart. docker keeps 125 to
// 127, and shells what is above.
enum class GuardExit : int {
  kBlocked = 100,  // a rule, the stack, the policy or the answer to a question stands against it
  kNotVerified = 101,  // the task ended with 0, and what came of it is not as it should be
  kLocked = 102,       // another guarded command is at work on the project
  kNoEngine = 103,     // the engine does not answer
  kNoJournal = 104,    // the run cannot be written down, so it is not begun
  kLost = 105,         // the task's end is not known, or it still runs
};

}  // namespace composelint
