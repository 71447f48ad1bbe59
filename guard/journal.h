// What guard has done: one JSON object a line, appended and synced, never rewritten. A line that a
// crash has torn is passed over when read, and closed off by the next writer.
//
// Nothing in it is secret: whoever appends has masked argv and notes (guard/mask.h).
#pragma once

#include <composelint/result.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guard/answer.h"

namespace composelint::guard {

// One run, as its lines tell it.
struct JournalRun {
  std::string id;  // random, 16 hexadecimal digits; also the value of the label kRunLabel
  std::string project;
  std::string engine;               // endpoint
  std::string directory;            // where it was started
  std::vector<std::string> argv;    // masked
  std::vector<std::string> docker;  // masked prefix to reach the engine again
  std::string user;
  std::string verb;  // of Compose
  std::string service;
  std::string effect;                  // "migrates", "dumps", …
  std::string effect_name;             // "Django migration"
  std::string session;                 // of a guarded script; empty: none
  std::int64_t session_pid = 0;        // the guard of that script; 0: not known
  std::int64_t session_ticks = 0;      // when it began
  bool follows = false;                // `up` that stays to show logs
  std::string output;                  // file that the task's output went to; empty: none
  std::string output_temporary;        // its name while it is written
  std::vector<std::string> paused;     // services that were paused for it, and not yet resumed
  std::string container;               // id of the one that `exec` entered, once it was seen
  std::vector<std::string> processes;  // the engine's ids of what may be its process there
  std::int64_t started = 0;
  std::int64_t pid = 0;
  std::string boot;        // the machine's boot id: a pid of another boot is nobody
  std::int64_t ticks = 0;  // when the process began, as process_identity.h has it; 0: not known
  std::int64_t ended = 0;  // 0: no end was written
  int code = -1;           // the task's
  bool verified = false;
  std::string end;  // "verified", "failed", "not-verified", "blocked", "lost", "recovered"
  std::vector<Answer> answers;  // of the decision and of the verification
  [[nodiscard]] bool open() const { return ended == 0; }
};

class Journal {
 public:
  // Opens or makes `directory`/journal.jsonl, for this user alone.
  [[nodiscard]] static Result<Journal> open(const std::string& directory);
  // One that is there, to be read: it may lie where nothing can be written.
  [[nodiscard]] static Result<Journal> open_to_read(const std::string& directory);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&& other) noexcept;
  ~Journal();

  // Each is on the disk when it returns without failure. `begin` also sees to it that there is room
  // for the end. `run.id` has been made by `new_run_id`.
  [[nodiscard]] MaybeFailure begin(const JournalRun& run);
  [[nodiscard]] MaybeFailure paused(const std::string& id,
                                    const std::vector<std::string>& services);
  [[nodiscard]] MaybeFailure resumed(const std::string& id);
  // `exec` has begun, as these processes of the container.
  [[nodiscard]] MaybeFailure entered(const std::string& id, const std::string& container,
                                     const std::vector<std::string>& processes);
  [[nodiscard]] MaybeFailure end(const JournalRun& run);

  // All runs, the oldest first. A line that cannot be read is counted and passed over.
  struct Reading {
    std::vector<JournalRun> runs;
    std::size_t torn = 0;   // a crash or a hand has left them
    std::size_t newer = 0;  // written by a later version of this program
  };
  [[nodiscard]] Result<Reading> read() const;
  // The same of the last `bytes` of the file: what a decision needs, in the same time whatever
  // the age of the journal. Runs that began before it are not in it.
  [[nodiscard]] Result<Reading> read_recent(std::size_t bytes = kRecent) const;
  static constexpr std::size_t kRecent = std::size_t{256} << 10U;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  Journal(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  [[nodiscard]] MaybeFailure append(const std::string& line, std::size_t reserve);

  std::string path_;
  int descriptor_ = -1;
};

[[nodiscard]] Result<std::string> new_run_id();

}  // namespace composelint::guard
