#include "guard/recovery_look.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "guard/parse.h"

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
  if (engine.endpoint == run.engine) return;
  out.found.clear();
  out.elsewhere = true;
  out.failure = engine.endpoint.empty()
                    ? "which engine docker reaches now is not known; the run was on " + run.engine
                    : fmt::format("docker reaches {} now, and the run was on {}", engine.endpoint,
                                  run.engine);
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

bool lives(const Container& one) {
  return one.state == "running" || one.state == "paused" || one.state == "restarting";
}

}  // namespace composelint::guard
