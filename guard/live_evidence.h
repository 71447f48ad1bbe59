// The witness that guard has: the live stack, the journal of what it did before, the policy, and
// what a person attests.
#pragma once

#include <composelint/evidence.h>

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "guard/answer.h"
#include "guard/command.h"
#include "guard/journal.h"
#include "guard/policy.h"
#include "guard/snapshot.h"

namespace composelint::guard {

struct LiveFacts {
  const GuardedCommand& command;
  const Snapshot& snapshot;
  const Policy& policy;
  std::span<const JournalRun> journal;                                // the oldest first
  std::span<const std::pair<std::string, std::string>> attestations;  // claim, why
  std::string session;  // of a guarded script: its steps are evidence for each other
  std::string user;
  std::int64_t now = 0;
  const FileSystem& files;
  std::string directory{};  // where guard was started; absolute
  bool backed_up = false;   // as it will be once --backup has done its work
};

// Answers what rules expect. Refuted beats attested; what nobody can tell is unknown.
class LiveEvidence final : public EvidenceSource {
 public:
  explicit LiveEvidence(const LiveFacts& facts) : facts_(facts) {}
  [[nodiscard]] Evidence answer(const Question& question) const override;
  // The same with its origin and remedy.
  [[nodiscard]] Answer tell(Claim claim) const;

 private:
  const LiveFacts& facts_;
};

// What guard wants to know of every command it takes: the engine answers, the project is the one
// that is live, the configuration is sound, the service runs and is healthy, nothing else would be
// recreated, nothing has drifted, no other task runs, no earlier run is left open.
[[nodiscard]] std::vector<Answer> ask_the_stack(const LiveFacts& facts);

// The stack has been asked, and has no service by the name that the command gives.
[[nodiscard]] bool lacks_service(std::span<const Answer> answers);

// Whether the newest file of a backup is fresh and complete.
[[nodiscard]] Answer judge_backup(const BackupPolicy& backup, std::int64_t now,
                                  const FileSystem& files);

}  // namespace composelint::guard
