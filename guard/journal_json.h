// The lines of the journal and of a lock, as JSON. Bytes that are no UTF-8 come back as they were.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "guard/journal.h"
#include "guard/lock.h"

namespace composelint::guard {

// Each ends with a newline and holds no other.
[[nodiscard]] std::string begin_line(const JournalRun& run);
[[nodiscard]] std::string paused_line(const std::string& id,
                                      const std::vector<std::string>& services);
[[nodiscard]] std::string resumed_line(const std::string& id);
[[nodiscard]] std::string entered_line(const std::string& id, const std::string& container,
                                       const std::vector<std::string>& processes);
// At most `bound` bytes: long notes are cut, then answers left out.
[[nodiscard]] std::string end_line(const JournalRun& run, std::size_t bound);

// Puts lines together to runs.
class JournalLines {
 public:
  void take(std::string_view line);
  [[nodiscard]] Journal::Reading finish() { return std::move(reading_); }

 private:
  Journal::Reading reading_;
  std::unordered_map<std::string, std::size_t> by_id_;  // index into reading_.runs
};

struct SignedHolder {
  LockHolder holder;
  std::string boot;
  std::int64_t ticks = 0;  // process_identity.h
};
[[nodiscard]] std::string holder_line(const SignedHolder& holder);
[[nodiscard]] std::optional<SignedHolder> read_holder(std::string_view line);

}  // namespace composelint::guard
