#include "guard/recovery_look.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "guard/endpoint.h"
#include "guard/json_text.h"
#include "guard/lines.h"
#include "guard/parse.h"
#include "guard/process_identity.h"

namespace composelint::guard {

namespace {

Command ask_label(const JournalRun& run, std::string_view label, std::string_view value) {
  const std::string filter = fmt::format("label={}={}", label, value);
  return of_engine(
      run, {"ps", "--all", "--no-trunc", "--filter", filter, "--format", container_format()});
}

void read(const Captured& answer, Containers& out) {
  ContainerList list = parse_containers(answer.out);
  out.found = std::move(list.containers);
  // One that goes away by itself needs nobody.
  std::erase_if(out.found, [](const Container& one) { return one.state == "removing"; });
  if (answer.end.ok() && !answer.cut && list.broken == 0) return;
  out.failure = answer.end.ok() ? std::string() : last_words(answer.err);
  if (out.failure.empty()) out.failure = "docker ps cannot be read";
}

// What a variable of the environment or another context may have changed since.
void compare_engine(const JournalRun& run, const Captured& answer, Containers& out) {
  EngineFacts engine;
  if (answer.end.ok()) parse_context(answer.out, engine);
  if (same_engine(engine.endpoint, run.engine)) return;
  out.found.clear();
  out.elsewhere = true;
  out.failure = engine.endpoint.empty()
                    ? "which engine docker reaches now is not known; the run was on " + run.engine
                    : fmt::format("docker reaches {} now, and the run was on {}", engine.endpoint,
                                  run.engine);
}

// The engine's events until now that carry `filter`, and later those of this second, too.
constexpr std::int64_t kSecond = 1'000'000'000;
Command ask_events(const JournalRun& run, std::int64_t until, const std::string& filter) {
  return of_engine(run, {"events", "--since", "1", "--until", rfc3339(until), "--filter", filter,
                         "--format", "{{json .}}"});
}

// An engine whose clock is behind goes on telling until it has reached the time.
Bounds event_bounds() {
  Bounds bounds;
  bounds.time = std::chrono::milliseconds(5000);
  return bounds;
}

bool is_of_run(const JournalRun& run, const std::string& id) {
  return std::find(run.processes.begin(), run.processes.end(), id) != run.processes.end();
}

// -1: no `action` among the events tells how its task has ended.
int code_in(const JournalRun& run, std::string_view events, std::string_view action) {
  int out = -1;
  while (!events.empty()) {
    const nlohmann::json event = read_json(take_line(events));
    if (text_of(event, "Action") != action) continue;
    const nlohmann::json& attributes = member(member(event, "Actor"), "Attributes");
    const bool its = action == "die" ? text_of(attributes, std::string(kRunLabel).c_str()) == run.id
                                     : is_of_run(run, text_of(attributes, "execID"));
    if (!its) continue;
    const std::string code = text_of(attributes, "exitCode");
    std::from_chars(code.data(), code.data() + code.size(), out);
  }
  return out;
}

}  // namespace

Command of_engine(const JournalRun& run, std::initializer_list<std::string_view> words) {
  Command command;
  command.argv = run.docker;
  if (command.argv.empty()) command.argv.emplace_back("docker");
  for (const std::string_view word : words) command.argv.emplace_back(word);
  struct stat status {};
  const bool there = ::stat(run.directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  if (there) command.directory = run.directory;
  return command;
}

std::vector<Containers> containers_of(std::span<const JournalRun* const> runs,
                                      Processes& processes) {
  std::vector<Command> commands;
  for (const JournalRun* run : runs) {
    commands.push_back(ask_label(*run, kRunLabel, run->id));
    if (!run->engine.empty()) {
      commands.push_back(of_engine(*run, {"context", "inspect", "--format", "{{json .}}"}));
    }
  }
  std::vector<Captured> answers;
  if (!commands.empty()) answers = processes.capture(commands, Bounds{});
  answers.resize(commands.size(), Captured{{EndKind::kNotStarted, 0}, "", ""});
  std::vector<Containers> out(runs.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    read(answers[at++], out[i]);
    if (!runs[i]->engine.empty()) compare_engine(*runs[i], answers[at++], out[i]);
  }
  return out;
}

Containers services_of(const JournalRun& run, Processes& processes) {
  Containers out;
  const Command command = ask_label(run, kProjectLabel, run.project);
  const std::vector<Captured> answers = processes.capture({&command, 1}, Bounds{});
  read(answers.empty() ? Captured{{EndKind::kNotStarted, 0}, "", ""} : answers.front(), out);
  std::erase_if(out.found, [](const Container& one) { return one.one_off; });
  return out;
}

ProcessLook process_of(const JournalRun& run, Processes& processes, const Surroundings& around) {
  ProcessLook look;
  const std::vector<Command> commands = {
      of_engine(run, {"inspect", "--type", "container", "--format", "{{json .ExecIDs}}", "--",
                      run.container}),
      ask_events(run, around.now(), "container=" + run.container)};
  const Bounds bounds = event_bounds();
  std::vector<Captured> answers = processes.capture(commands, bounds);
  answers.resize(commands.size(), Captured{{EndKind::kNotStarted, 0}, "", ""});
  const auto is_its = [&](const std::string& id) { return is_of_run(run, id); };
  const Captured& inspect = answers[0];
  if (inspect.end.ok()) {
    // `null` where there are none.
    const nlohmann::json ids = read_json(trimmed(inspect.out));
    for (const nlohmann::json& id : ids) {
      if (id.is_string() && is_its(id.get<std::string>())) look.state = ProcessLook::State::kRuns;
    }
    if (look.state == ProcessLook::State::kRuns) return look;
  } else if (inspect.err.find("No such") == std::string::npos) {
    look.failure = last_words(inspect.err);
    if (look.failure.empty()) look.failure = "docker inspect failed";
    return look;
  }
  look.state = ProcessLook::State::kEnded;
  // Of several that had its words nobody can tell which one it was.
  if (run.processes.size() != 1) return look;
  look.code = code_in(run, answers[1].out, "exec_die");
  if (look.code >= 0) return look;
  // It may have ended between the two answers, or within this second.
  const Command again = ask_events(run, around.now() + kSecond, "container=" + run.container);
  const std::vector<Captured> later = processes.capture({&again, 1}, bounds);
  if (!later.empty()) look.code = code_in(run, later.front().out, "exec_die");
  return look;
}

int code_of_gone(const JournalRun& run, Processes& processes, const Surroundings& around) {
  const std::string filter = fmt::format("label={}={}", kRunLabel, run.id);
  for (const std::int64_t ahead : {std::int64_t{0}, kSecond}) {
    const Command ask = ask_events(run, around.now() + ahead, filter);
    const std::vector<Captured> answers = processes.capture({&ask, 1}, event_bounds());
    const int code = answers.empty() ? -1 : code_in(run, answers.front().out, "die");
    if (code >= 0) return code;
  }
  return -1;
}

std::int64_t client_of(const JournalRun& run) {
  // An exec has no label; once it has entered the container, its processes there tell more.
  if (run.verb == "exec" && run.processes.empty()) {
    return process_of_run(run.id, "exec");
  }
  if (run.verb != "run") return 0;
  return process_with_argument(fmt::format("{}={}", kRunLabel, run.id));
}

bool lives(const Container& one) {
  return one.state == "running" || one.state == "paused" || one.state == "restarting";
}

}  // namespace composelint::guard
