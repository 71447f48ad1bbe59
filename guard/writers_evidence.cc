#include <composelint/service_role.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/answer.h"
#include "analyzer/signs/words/wording.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::vector<std::string> writers_of(const StackView& view) {
  std::vector<std::string> names = view.facts.policy.writers;
  const Service* declared = view.facts.command.service();
  if (view.project == nullptr || declared == nullptr) return names;
  for (const Service* worker : workers_beside(*declared, *view.project)) {
    add_once(names, worker->name);
  }
  if (role_of(*declared) != ServiceRole::kDatabase) return names;
  for (const Service& service : view.project->services) {
    if (service.active && role_of(service) == ServiceRole::kWorker) add_once(names, service.name);
  }
  return names;
}

Answer writers_answer(const StackView& view) {
  const std::string claim(name_of(Claim::kWritersPaused));
  const Severity severity = view.by_stake(Severity::kWarning, Severity::kNote, Severity::kNote);
  const std::vector<std::string> names = writers_of(view);
  if (names.empty()) {
    return unknown(claim, severity, "no service is known to write by itself",
                   "name them under guard.writers in .composelint.yaml");
  }
  if (!view.snapshot.engine.reachable || !view.snapshot.containers_failure.empty()) {
    return unknown(claim, severity, "whether " + listed(names) + " are paused cannot be seen",
                   "see " + view.typed("ps -a"));
  }
  std::vector<std::string> at_work;
  for (const std::string& name : names) {
    const std::vector<const Container*> live = view.snapshot.live(name);
    const bool declared = view.project != nullptr && view.project->service(name) != nullptr;
    if (live.empty() && !declared) {
      return unknown(claim, severity, "the policy names a writer that is no service: " + name,
                     "see guard.writers in .composelint.yaml");
    }
    const bool works = std::any_of(live.begin(), live.end(), [](const Container* one) {
      return one->state == "running" || one->state == "restarting";
    });
    if (works) at_work.push_back(name);
  }
  const auto verb = [](const std::vector<std::string>& some) {
    return some.size() == 1 ? " is" : " are";
  };
  if (at_work.empty()) {
    return supported(claim, severity, listed(names) + verb(names) + " stopped or paused");
  }
  return refuted(claim, severity, listed(at_work) + verb(at_work) + " at work",
                 "--pause-writers pauses and resumes them");
}

}  // namespace composelint::guard
