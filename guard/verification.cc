#include "guard/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "guard/output_file.h"
#include "guard/parse.h"
#include "guard/probe_commands.h"
#include "guard/stack_view.h"
#include "guard/verify_parts.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

// The engine's clock may be behind ours; where there is a baseline, it tells older lines.
constexpr std::int64_t kSkew = 5'000'000'000;

Answer exit_status(const TaskOutcome& outcome) {
  constexpr std::string_view kClaim = "exit-status";
  switch (outcome.end) {
    case TaskEnd::kEnded:
      if (outcome.code == 0) return supported(kClaim, Severity::kError, "it ended with 0");
      return refuted(kClaim, Severity::kError, fmt::format("it ended with {}", outcome.code), "");
    case TaskEnd::kNeverStarted:
      return refuted(kClaim, Severity::kError,
                     fmt::format("it never started; the client ended with {}", outcome.code), "");
    case TaskEnd::kStillRunning:
      return unknown(
          kClaim, Severity::kError,
          "the client is gone, and the task is still at work" +
              (outcome.container.empty() ? "" : " in " + outcome.container.substr(0, 12)),
          "wait for it; `composelint guard recover` tells how it ended");
    case TaskEnd::kUnknown: break;
  }
  return unknown(kClaim, Severity::kError, "how it ended is not known: the engine went away",
                 "`composelint guard recover` asks again");
}

Answer health(const VerificationRequest& request, const Aftermath& first, Processes& processes,
              Surroundings& around) {
  constexpr std::string_view kClaim = "services-healthy";
  const HealthWatch watch(request, first);
  if (!first.containers_failure.empty()) {
    return unknown(kClaim, Severity::kError,
                   "the containers cannot be listed: " + first.containers_failure, "");
  }
  const auto look = await_health(request, watch, first, processes, around);
  if (!look) {
    return unknown(kClaim, Severity::kError, "guard was told to end while it waited", "");
  }
  switch (look->state) {
    case HealthWatch::State::kWell:
      return supported(kClaim, Severity::kError,
                       watch.nothing_to_watch() ? "nothing is expected to run"
                       : look->fresh            ? "the services run and are healthy"
                                     : "the services run and were healthy at their last check");
    case HealthWatch::State::kWaiting:
      return refuted(
          kClaim, Severity::kError,
          fmt::format("{} after {} s", listed(look->troubles), request.settle.count() / 1000),
          "see " + typed_for(request.command, "ps") + " and " + typed_for(request.command, "logs"));
    case HealthWatch::State::kIll: break;
  }
  return refuted(
      kClaim, Severity::kError, listed(look->troubles),
      "see " + typed_for(request.command, "ps") + " and " + typed_for(request.command, "logs"));
}

// Errors since the task began. Those of a kind that were there before are no news.
Answer new_errors(const VerificationRequest& request, const Aftermath& now) {
  constexpr std::string_view kClaim = "no-new-errors";
  const std::string began = rfc3339(request.outcome.began);
  if (!now.logs_asked) return unknown(kClaim, Severity::kWarning, "the logs could not be read", "");
  std::vector<std::string> services;
  std::string first;
  std::size_t old = 0;
  for (const auto& [service, log] : now.logs) {
    const auto before = request.before.logs.find(service);
    const LogFacts* then = before == request.before.logs.end() ? nullptr : &before->second;
    std::size_t fresh = 0;
    for (const LogLine& line : log.errors) {
      const bool old_line = then != nullptr ? line.time <= then->newest : line.time < began;
      if (!line.time.empty() && old_line) continue;
      if (then != nullptr && then->kinds.count(line.kind) > 0) {
        ++old;
        continue;
      }
      ++fresh;
      if (first.empty()) first = service + ": " + line.text;
    }
    if (fresh > 0) services.push_back(fmt::format("{} ({})", service, fresh));
  }
  if (services.empty()) {
    return supported(kClaim, Severity::kWarning,
                     old == 0 ? "no new errors in the logs"
                              : "no errors in the logs but of the kinds that were there before");
  }
  constexpr std::size_t kMost = 200;
  if (first.size() > kMost) first = first.substr(0, kMost) + " ...";
  return refuted(kClaim, Severity::kWarning,
                 "new errors in the logs of " + listed(services) + ": " + first,
                 "see " + typed_for(request.command, "logs"));
}

Answer left_behind(const VerificationRequest& request, const Aftermath& now) {
  constexpr std::string_view kClaim = "nothing-left-behind";
  if (!now.of_run_known) {
    return unknown(kClaim, Severity::kWarning, "whether a container is left cannot be seen", "");
  }
  std::vector<std::string> at_work;
  std::vector<std::string> ended;
  for (const Container& one : now.of_run) {
    (one.running() || one.state == "paused" ? at_work : ended).push_back(one.name);
  }
  if (!at_work.empty() && !request.command.call().has("--detach")) {
    return refuted(kClaim, Severity::kError, listed(at_work) + " is still at work",
                   "`docker stop " + at_work.front() + "` ends it");
  }
  if (!ended.empty()) {
    return refuted(kClaim, Severity::kWarning, listed(ended) + " is left behind",
                   "run with --rm, or `docker rm -v " + ended.front() + "`");
  }
  return supported(kClaim, Severity::kWarning, "no container is left behind");
}

}  // namespace

Aftermath look_after(const VerificationRequest& request, bool all, Processes& processes) {
  Aftermath now;
  const GuardedCommand& command = request.command;
  const Project* project = command.call().target.project;
  const auto client = parse_client_project(request.before.config.json);
  const std::string name = client               ? client->name
                           : project != nullptr ? project->name.value
                                                : std::string();
  if (name.empty()) now.containers_failure = "the name of the project is not known";
  std::vector<Command> commands;
  std::optional<std::size_t> run_at;
  std::size_t logs_at = 0;
  if (!name.empty()) commands.push_back({ask_containers(command, kProjectLabel, name), ""});
  if (all && !request.run_id.empty() && command.call().is("run")) {
    run_at = commands.size();
    commands.push_back({ask_containers(command, kRunLabel, request.run_id), ""});
  }
  if (all) {
    logs_at = commands.size();
    commands.push_back({ask_logs(command, rfc3339(request.outcome.began - kSkew), {}), ""});
  }
  if (commands.empty()) return now;
  const std::vector<Captured> answers = processes.capture(commands, Bounds{});
  if (answers.size() < commands.size()) return now;
  if (!name.empty()) {
    ContainerList list = parse_containers(answers.front().out);
    now.containers = std::move(list.containers);
    if (!answers.front().end.ok() || answers.front().cut || list.broken > 0) {
      now.containers_failure = last_words(answers.front().err);
      if (now.containers_failure.empty()) now.containers_failure = "docker ps cannot be read";
    }
  }
  if (!all) return now;
  if (run_at) {
    ContainerList list = parse_containers(answers[*run_at].out);
    now.of_run = std::move(list.containers);
    now.of_run_known = answers[*run_at].end.ok() && list.broken == 0;
  }
  now.logs_asked = answers[logs_at].end.ok();
  if (now.logs_asked) now.logs = parse_logs(answers[logs_at].out, now.containers, name);
  return now;
}

std::vector<Answer> verify(const VerificationRequest& request, Processes& processes,
                           Surroundings& around) {
  std::vector<Answer> answers;
  const auto add = [&](Answer answer, std::string_view origin) {
    if (answer.origin.empty()) answer.origin = origin;
    answers.push_back(std::move(answer));
  };
  add(exit_status(request.outcome), "docker events");
  if (!request.output.empty()) {
    Answer output = judge_dump(request.output, request.command.step->effect_name);
    output.claim = name_of(Claim::kOutputChecked);
    // What a look prints has no end of its own.
    if (output.truth == Truth::kUnknown && request.command.call().effect == Effect::kReads &&
        request.command.doubt.empty()) {
      output.truth = Truth::kSupported;
      output.note = "the output of a look, which ended with 0";
      output.remedy.clear();
    }
    add(std::move(output), "guard");
  }
  const Aftermath first = look_after(request, true, processes);
  add(health(request, first, processes, around), "docker ps");
  add(new_errors(request, first), "docker compose logs");
  if (!request.run_id.empty() && request.command.call().is("run")) {
    add(left_behind(request, first), "docker ps");
  }
  for (Answer& check : post_checks(request.policy, processes)) add(std::move(check), "policy");
  return answers;
}

}  // namespace composelint::guard
