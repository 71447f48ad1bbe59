// Services that write by themselves, paused for the time of a task and resumed on every way out.
#pragma once

#include <composelint/result.h>

#include <string>
#include <vector>

#include "guard/journal.h"
#include "guard/live_evidence.h"
#include "guard/process.h"

namespace composelint::guard {

// Those that run now and that the task can do without: `run` cannot start a paused dependency.
[[nodiscard]] std::vector<std::string> writers_to_pause(const LiveFacts& facts);

// Why a writer that the policy names cannot be paused for this task: it is what the task enters or
// talks to. Empty: none is.
[[nodiscard]] std::string why_not_to_pause(const LiveFacts& facts);

class WriterPause {
 public:
  WriterPause(const GuardedCommand& command, Journal& journal, std::string run_id,
              Processes& processes)
      : command_(command), journal_(journal), run_id_(std::move(run_id)), processes_(processes) {}
  WriterPause(const WriterPause&) = delete;
  WriterPause& operator=(const WriterPause&) = delete;
  ~WriterPause();

  // Journalled before it is done, so that a crash on the way is seen. Whatever fails, those that
  // are paused are resumed.
  [[nodiscard]] MaybeFailure pause(const std::vector<std::string>& services);
  // Journalled once it is done.
  [[nodiscard]] MaybeFailure resume();
  [[nodiscard]] const std::vector<std::string>& paused() const { return paused_; }

 private:
  [[nodiscard]] MaybeFailure call(const std::string& verb);

  const GuardedCommand& command_;
  Journal& journal_;
  std::string run_id_;
  Processes& processes_;
  std::vector<std::string> paused_;
};

}  // namespace composelint::guard
