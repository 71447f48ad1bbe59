#include <algorithm>

#include "guard/probe_commands.h"
#include "guard/verify_parts.h"

namespace composelint::guard {

FreshChecks::FreshChecks(const VerificationRequest& request,
                         const std::vector<Container>& containers, Processes& processes)
    : request_(request), processes_(processes) {
  for (const Container& one : containers) {
    if (!one.one_off && one.running() && one.health == "healthy") names_[one.id] = one.name;
  }
  if (names_.empty()) return;
  for (HealthCheckRun& run : ask()) before_[run.id] = std::move(run.ended);
}

std::vector<HealthCheckRun> FreshChecks::ask() const {
  std::vector<std::string> ids;
  for (const auto& [id, name] : names_) ids.push_back(id);
  const Command command{ask_health_checks(request_.command, ids), ""};
  const std::vector<Captured> answers = processes_.capture({&command, 1}, Bounds{});
  return answers.empty() ? std::vector<HealthCheckRun>() : parse_health_checks(answers[0].out);
}

FreshChecks::Pending FreshChecks::pending() {
  Pending pending;
  if (before_.empty()) return pending;
  for (const HealthCheckRun& run : ask()) {
    const auto before = before_.find(run.id);
    if (before == before_.end()) continue;
    const std::string& name = names_[run.id];
    if (before->second == run.ended) {
      pending.waiting.push_back(name);
    } else if (run.failures > 0) {
      pending.failing.push_back(name);
    }
  }
  return pending;
}

}  // namespace composelint::guard
