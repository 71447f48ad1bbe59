// What a call of `composelint guard` asks for.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace composelint::guard {

struct GuardOptions {
  std::vector<std::string> command;  // behind `--`, or the script and its arguments
  bool script = false;
  bool dry_run = false;        // show the plan, run nothing
  bool fix = false;            // run the repaired command line instead
  bool yes = false;            // stands for the answer to a question, never for an error
  bool backup = false;         // take the configured backups first
  bool pause_writers = false;  // and resume them on every way out
  bool verbose = false;        // tell also what is well
  bool json = false;
  std::optional<std::string> output;                              // the command's standard output
  std::vector<std::pair<std::string, std::string>> attestations;  // claim, why
  std::optional<std::string> policy_file;    // instead of the repository's configuration
  std::chrono::milliseconds timeout{0};      // for the task; 0: none
  std::chrono::milliseconds settle{60'000};  // how long services may take to become healthy
  std::string session;             // of a guarded script: its steps are evidence for each other
  std::int64_t session_pid = 0;    // of the guard that has started the script; 0: not known
  std::int64_t session_ticks = 0;  // when that process began
};

}  // namespace composelint::guard
