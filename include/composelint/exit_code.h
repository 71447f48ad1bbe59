// Exit codes of the binary. Guarded commands will add theirs; docker keeps 125 to 127.
#pragma once

namespace composelint {

enum class ExitCode : int {
  kClean = 0,     // nothing at or above the --fail-on level
  kFindings = 1,  // at least one finding at or above it
  kTrouble = 2,   // wrong usage, or something could not be read; findings are printed all the same
};

}  // namespace composelint
