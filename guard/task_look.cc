#include "guard/task_look.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "guard/json_text.h"
#include "guard/lines.h"
#include "guard/parse.h"
#include "guard/probe_commands.h"
#include "guard/snapshot.h"
#include "guard/time_text.h"

namespace composelint::guard {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Only of what can be the task's: a busy engine has many more.
Argv events_of(const GuardedCommand& command, const std::string& run_id) {
  Argv argv = command.docker;
  argv.insert(argv.end(), {"events", "--since", "1", "--filter", "type=container"});
  const auto filter = [&](std::string_view label, std::string_view value) {
    argv.insert(argv.end(), {"--filter", fmt::format("label={}={}", label, value)});
  };
  if (command.call().is("run")) {
    filter(kRunLabel, run_id);
  } else {
    const Target& target = command.call().target;
    if (target.project != nullptr && target.name_known) {
      filter(kProjectLabel, target.project->name.value);
    }
    if (const Argument* service = command.call().service()) {
      filter("com.docker.compose.service", service->text);
    }
  }
  return argv;
}

void add_format(Argv& argv) {
  argv.insert(argv.end(), {"--format", "{{json .}}"});
}

void read_clock(std::string_view out, std::int64_t now, TaskEvents& events) {
  const nlohmann::json told = read_json(trimmed(out));
  const std::int64_t time = told.is_string() ? time_of(told.get<std::string>()) : 0;
  // What is less is the time that the call took.
  if (time != 0 && std::abs(time - now) > kSecond) events.shift(time - now);
}

TaskLook look_of_run(const Captured& list) {
  if (!list.end.ok()) return {};
  const ContainerList containers = parse_containers(list.out);
  if (containers.containers.empty()) {
    return {containers.broken == 0 ? TaskState::kNone : TaskState::kNoEngine, 0, ""};
  }
  const Container& one = containers.containers.front();
  if (one.state == "created") return {TaskState::kNotStarted, 0, one.id};
  const bool ended = one.state == "exited" || one.state == "dead";
  if (ended && one.exit_code >= 0) return {TaskState::kEnded, one.exit_code, one.id};
  if (ended) return {TaskState::kNone, 0, one.id};
  // Its end is behind it, and its exit status goes with it.
  if (one.state == "removing") return {TaskState::kNone, 0, one.id};
  return {TaskState::kRuns, 0, one.id};
}

// `list`: the ids of the processes that run in the container, besides its own.
TaskLook look_of_exec(const Captured& list, const TaskEvents& events) {
  TaskLook look{TaskState::kNone, 0, events.container()};
  if (!list.end.ok()) {
    // The engine has answered other questions, so it is the container that is gone.
    return look;
  }
  const nlohmann::json ids = read_json(trimmed(list.out));
  for (const std::string& id : events.open()) {
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) look.state = TaskState::kRuns;
  }
  return look;
}

}  // namespace

std::vector<std::string> watch_events(const GuardedCommand& command, const std::string& run_id) {
  Argv argv = events_of(command, run_id);
  add_format(argv);
  return argv;
}

TaskLook look_at_task(const GuardedCommand& command, const std::string& run_id, TaskEvents& events,
                      Processes& processes, const Surroundings& around) {
  const bool exec = command.call().is("exec");
  Argv past = events_of(command, run_id);
  const std::int64_t now = around.now();
  past.insert(past.end(), {"--until", fmt::format("{}.{:09}", now / kSecond, now % kSecond)});
  add_format(past);
  std::vector<Command> commands{{past, ""}};
  if (exec) {
    Argv clock = command.docker;
    clock.insert(clock.end(), {"info", "--format", "{{json .SystemTime}}"});
    commands.push_back({clock, ""});
  } else {
    commands.push_back({ask_containers(command, kRunLabel, run_id), ""});
  }
  Bounds bounds;
  // An engine whose clock is behind goes on telling until it has reached the time.
  bounds.time = std::chrono::milliseconds(5000);
  bounds.interruptible = true;
  const std::vector<Captured> answers = processes.capture(commands, bounds);
  std::string_view rest = answers[0].out;
  while (!rest.empty()) events.read(take_line(rest));
  // Only where it is needed: the answer is as late as the engine is slow.
  if (exec && !events.seen()) read_clock(answers[1].out, now, events);
  if (!exec) return look_of_run(answers[1]);
  if (!answers[0].end.ok() && !answers[1].end.ok()) return {};
  if (!events.seen()) return {TaskState::kNone, 0, ""};
  Argv ids = command.docker;
  ids.insert(ids.end(), {"inspect", "--type", "container", "--format", "{{json .ExecIDs}}",
                         events.container()});
  const Command inspect{ids, ""};
  return look_of_exec(processes.capture({&inspect, 1}, bounds).front(), events);
}

}  // namespace composelint::guard
