// The facts of one command, put in the terms that answers are given in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guard/live_evidence.h"

namespace composelint::guard {

// What a command may cost.
enum class Stake {
  kReads,  // it takes data out and changes nothing
  kOther,  // it may change anything, and is not known to change data
  kData,   // it migrates, imports, restores, deletes
};

[[nodiscard]] Stake stake_of(const Step& step);

struct Dependency {
  std::string name;
  bool one_shot = false;  // awaited for its end, not for its life
  bool awaited = false;   // Compose itself waits for its health
};

struct StackView {
  explicit StackView(const LiveFacts& facts);

  const LiveFacts& facts;
  const Snapshot& snapshot;
  const ComposeInvocation& call;
  const Project* project;  // ours, as far as it could be read
  bool task;               // run or exec
  bool exec;
  std::string service;  // of run and exec; may be one that is not there
  Stake stake;
  // What the service depends on, directly and through others, and its database.
  std::vector<Dependency> dependencies;

  [[nodiscard]] Severity by_stake(Severity data, Severity other, Severity reads) const;
  // An error where data is at stake, else a warning.
  [[nodiscard]] Severity grave() const {
    return by_stake(Severity::kError, Severity::kWarning, Severity::kWarning);
  }
  // The containers that `exec` may enter: one with --index, else all of the service.
  [[nodiscard]] std::vector<const Container*> targets() const;
  [[nodiscard]] const Dependency* dependency(std::string_view name) const;
  // "`docker compose -f stack.yaml -p shop up -d`" for "up -d": with what the call itself says of
  // the project, so that it can be typed as it stands.
  [[nodiscard]] std::string typed(std::string_view verb) const;
  // The container that a dry run names; null: there is none yet.
  [[nodiscard]] const Container* container(std::string_view name) const;
};

[[nodiscard]] Answer supported(std::string_view claim, Severity severity, std::string note);
[[nodiscard]] Answer refuted(std::string_view claim, Severity severity, std::string note,
                             std::string remedy);
[[nodiscard]] Answer unknown(std::string_view claim, Severity severity, std::string note,
                             std::string remedy);

// "db, redis and worker"
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

// What a person attests fills what is not known; what is refuted stays refuted.
void attest(const LiveFacts& facts, Answer& answer);

// Parts of ask_the_stack. Each adds its answers.
void ask_engine(const StackView& view, std::vector<Answer>& answers);
void ask_configuration(const StackView& view, std::vector<Answer>& answers);
void ask_identity(const StackView& view, std::vector<Answer>& answers);
// Services that run as started from a part of the files of the call, while others have been started
// from all of them; sorted. None: the stack is of one piece, as far as anybody can tell.
[[nodiscard]] std::vector<std::string> on_fewer_files(const StackView& view);
void ask_service(const StackView& view, std::vector<Answer>& answers);
void ask_changes(const StackView& view, std::vector<Answer>& answers);
void ask_others(const StackView& view, std::vector<Answer>& answers);

// Why what the task talks to is not ready; empty: it is. Names of containers with their states.
struct Readiness {
  bool known = false;  // there was something to look at
  std::vector<std::string> troubles;
};
[[nodiscard]] Readiness readiness_of_dependencies(const StackView& view);
[[nodiscard]] Readiness readiness_of_target(const StackView& view);

// A restore point for the data that the command is about to change.
[[nodiscard]] Answer backup_answer(const StackView& view);
// Those of the policy, and workers by their looks: of the task's own code, or of the whole project
// where the task enters the database itself.
[[nodiscard]] std::vector<std::string> writers_of(const StackView& view);
[[nodiscard]] Answer writers_answer(const StackView& view);

}  // namespace composelint::guard
