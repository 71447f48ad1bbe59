#include "guard/live_evidence.h"

#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

Answer inspected(const StackView& view) {
  const std::string claim(name_of(Claim::kContextInspected));
  const bool looked = view.snapshot.engine.reachable && view.snapshot.config.asked &&
                      view.snapshot.containers_failure.empty();
  if (looked) return supported(claim, Severity::kError, "guard has looked at the stack");
  return unknown(claim, Severity::kError, "guard could not look at the whole stack",
                 "see " + view.typed("config -q") + " and " + view.typed("ps -a"));
}

Answer ready(const StackView& view) {
  const std::string claim(name_of(Claim::kReady));
  if (!view.snapshot.engine.reachable || !view.snapshot.containers_failure.empty()) {
    return unknown(claim, view.grave(), "whether it is ready cannot be seen",
                   "see " + view.typed("ps -a"));
  }
  Readiness readiness = readiness_of_dependencies(view);
  if (view.exec) {
    const Readiness target = readiness_of_target(view);
    readiness.known = readiness.known || target.known;
    readiness.troubles.insert(readiness.troubles.end(), target.troubles.begin(),
                              target.troubles.end());
  }
  if (!readiness.troubles.empty()) {
    return refuted(claim, view.grave(), listed(readiness.troubles), "wait until it is healthy");
  }
  for (const Dependency& on : view.dependencies) {
    if (on.one_shot) continue;
    bool up = false;
    for (const Container* one : view.snapshot.live(on.name)) up = up || one->running();
    if (up) continue;
    // `run` starts it, and waits for it where depends_on says so.
    if (on.awaited && view.call.is("run") && !view.call.has("--no-deps")) continue;
    return unknown(claim, view.grave(), on.name + " is not running",
                   view.typed("up -d --wait " + on.name));
  }
  if (!readiness.known && view.project == nullptr) {
    return unknown(claim, view.grave(), "what it needs is not known",
                   "see " + view.typed("config -q"));
  }
  return supported(claim, view.grave(), "what it needs is up");
}

Answer backup_of(const StackView& view) {
  if (!view.facts.backed_up) return backup_answer(view);
  Answer answer =
      supported(name_of(Claim::kBackupTaken), Severity::kError, "--backup takes it first");
  answer.origin = "--backup";
  return answer;
}

// What guard itself does once the task has ended.
Answer does_it(Claim claim, std::string note) {
  return supported(name_of(claim), Severity::kError, std::move(note));
}

}  // namespace

Answer LiveEvidence::tell(Claim claim) const {
  const StackView view(facts_);
  Answer answer;
  switch (claim) {
    case Claim::kContextInspected: answer = inspected(view); break;
    case Claim::kBackupTaken: answer = backup_of(view); break;
    case Claim::kReady: answer = ready(view); break;
    case Claim::kWritersPaused: answer = writers_answer(view); break;
    case Claim::kWritersResumed: answer = does_it(claim, "guard resumes what it pauses"); break;
    case Claim::kOutputChecked: answer = does_it(claim, "guard looks at the output"); break;
    case Claim::kOutcomeVerified: answer = does_it(claim, "guard verifies the outcome"); break;
  }
  const bool seen = claim == Claim::kReady || claim == Claim::kWritersPaused;
  if (answer.origin.empty()) answer.origin = seen ? "docker ps" : "guard";
  attest(facts_, answer);
  return answer;
}

Evidence LiveEvidence::answer(const Question& question) const {
  const Answer told = tell(question.claim);
  return {told.truth, told.note, {}};
}

}  // namespace composelint::guard
