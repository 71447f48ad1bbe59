#include <fmt/format.h>

#include <algorithm>

#include "guard/endpoint.h"
#include "guard/probe_commands.h"
#include "guard/process_identity.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

std::string project_name(const StackView& view) {
  return view.project == nullptr ? std::string() : view.project->name.value;
}

Answer no_other_task(const StackView& view) {
  constexpr std::string_view kClaim = "no-other-task";
  const Severity severity = view.grave();
  if (!view.snapshot.containers_failure.empty()) {
    return unknown(kClaim, severity,
                   "the containers cannot be listed: " + view.snapshot.containers_failure,
                   "see " + view.typed("ps -a"));
  }
  std::vector<std::string> guarded;
  std::vector<std::string> others;
  for (const Container& one : view.snapshot.containers) {
    const bool runs = one.running() || one.state == "paused" || one.state == "restarting";
    if (!one.one_off || !runs) continue;
    // Beside a task only those of its own service are in the way; a stack is changed for all.
    if (view.task && one.service != view.service) continue;
    (one.guard_run.empty() ? others : guarded).push_back(one.name);
  }
  if (!guarded.empty()) {
    return refuted(kClaim, severity, "a task of another guarded run is at work: " + listed(guarded),
                   "wait for it; `composelint guard status` tells whose it is");
  }
  if (!others.empty()) {
    return refuted(kClaim, severity, "another task is at work: " + listed(others),
                   "wait for it, or stop it");
  }
  return supported(kClaim, severity, "no other task is at work");
}

Answer nothing_left_open(const StackView& view) {
  constexpr std::string_view kClaim = "nothing-left-open";
  const std::string project = project_name(view);
  const std::string& engine = view.snapshot.engine.endpoint;
  for (const JournalRun& run : view.facts.journal) {
    if (!run.open() || run.project != project) continue;
    if (!run.engine.empty() && !engine.empty() && !same_engine(run.engine, engine)) continue;
    const bool alive = run.pid > 0 && still_runs(run.pid, run.boot, run.ticks);
    const std::string what = fmt::format("a guarded run that {} started at {}", run.user,
                                         rfc3339(run.started).substr(0, 19) + "Z");
    return refuted(kClaim, Severity::kError,
                   alive ? fmt::format("{} is at work in process {}", what, run.pid)
                         : what + " never came to its end",
                   alive ? "wait for it" : "`composelint guard recover`");
  }
  return supported(kClaim, Severity::kError, "no earlier run is left open");
}

Answer baseline(const StackView& view) {
  constexpr std::string_view kClaim = "logs-baseline";
  if (!view.snapshot.logs_asked) {
    return unknown(kClaim, Severity::kNote, "the logs could not be read",
                   "see " + view.typed("logs --tail 20"));
  }
  std::vector<std::string> noisy;
  for (const auto& [service, log] : view.snapshot.logs) {
    if (log.error_count > 0) noisy.push_back(fmt::format("{} ({})", service, log.error_count));
  }
  if (noisy.empty()) return supported(kClaim, Severity::kNote, "no errors in the logs");
  return refuted(kClaim, Severity::kNote, "there are errors in the logs of " + listed(noisy),
                 "see " + view.typed("logs"));
}

}  // namespace

void ask_others(const StackView& view, std::vector<Answer>& answers) {
  answers.push_back(no_other_task(view));
  answers.back().origin = "docker ps";
  answers.push_back(nothing_left_open(view));
  answers.back().origin = "journal";
  if (view.task) {
    answers.push_back(baseline(view));
    answers.back().origin = "docker compose logs";
  }
}

}  // namespace composelint::guard
