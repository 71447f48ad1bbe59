#include "guard/recovery.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "analyzer/text/path.h"
#include "guard/parse.h"
#include "guard/process_identity.h"
#include "guard/snapshot.h"

namespace composelint::guard {

namespace {

using Argv = std::vector<std::string>;

Argv docker(const JournalRun& run, std::initializer_list<std::string_view> words) {
  Argv argv = run.docker.empty() ? Argv{"docker"} : run.docker;
  for (const std::string_view word : words) argv.emplace_back(word);
  return argv;
}

// All containers with the label, running or not.
Command list(const JournalRun& run, std::string_view label, std::string_view value) {
  const std::string filter = fmt::format("label={}={}", label, value);
  return {docker(run,
                 {"ps", "--all", "--no-trunc", "--filter", filter, "--format", container_format()}),
          ""};
}

bool goes_on(const Container& one) {
  return one.running() || one.state == "paused" || one.state == "restarting";
}

void read_list(const Captured& answer, Leftover& left) {
  if (!answer.end.ok()) {
    left.failure = last_words(answer.err);
    if (left.failure.empty()) left.failure = "the engine does not answer";
    return;
  }
  const ContainerList found = parse_containers(answer.out);
  if (found.broken > 0) left.failure = "the engine's answer cannot be read";
  for (const Container& one : found.containers) {
    left.containers.push_back(one.id);
    left.running = left.running || goes_on(one);
    if (one.state == "exited" && one.exit_code >= 0) left.code = one.exit_code;
  }
}

// Never anything but what `OutputFile` has made for this run.
bool is_temporary_of(const JournalRun& run) {
  const std::string& path = run.output_temporary;
  return path.starts_with('/') && text::name_of(path).starts_with('.') && !run.id.empty() &&
         path.ends_with("." + run.id + ".part");
}

bool is_there(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

class Recovery {
 public:
  Recovery(const Leftover& left, Journal& journal, Processes& processes, Surroundings& around)
      : left_(left), journal_(journal), processes_(processes), around_(around) {}

  Result<std::vector<std::string>> run() {
    for (auto step : {&Recovery::resume, &Recovery::remove_containers, &Recovery::remove_temporary,
                      &Recovery::close}) {
      if (auto failure = (this->*step)()) return *failure;
    }
    return std::move(done_);
  }

 private:
  Captured ask(Argv argv) {
    const Command command{std::move(argv), ""};
    return processes_.capture({&command, 1}, Bounds{}).front();
  }
  MaybeFailure act(Argv argv, const std::string& sentence) {
    const Captured answer = ask(std::move(argv));
    if (!answer.end.ok()) {
      return Failure{
          FailureCode::kInvalid, "not done: " + sentence + ": " + last_words(answer.err), {}};
    }
    done_.push_back(sentence);
    return std::nullopt;
  }

  // By their containers: no compose file has to be there any more.
  MaybeFailure resume() {
    if (left_.paused.empty()) return std::nullopt;
    const Command command = list(left_.run, "com.docker.compose.project", left_.run.project);
    const Captured answer = processes_.capture({&command, 1}, Bounds{}).front();
    const ContainerList found = parse_containers(answer.out);
    if (!answer.end.ok() || found.broken > 0) {
      return Failure{
          FailureCode::kInvalid, "cannot see what is paused: " + last_words(answer.err), {}};
    }
    for (const std::string& service : left_.paused) {
      if (auto failure = resume(service, found.containers)) return failure;
    }
    return journal_.resumed(left_.run.id);
  }

  MaybeFailure resume(const std::string& service, const std::vector<Container>& containers) {
    bool any = false;
    for (const Container& one : containers) {
      if (one.service != service || one.one_off) continue;
      any = true;
      // An engine that was started anew has ended what was paused.
      const bool ended = one.state == "exited" || one.state == "dead";
      if (!ended && one.state != "paused") continue;
      auto failure = act(docker(left_.run, {ended ? "start" : "unpause", one.id}),
                         fmt::format("{} {}", ended ? "started" : "resumed", one.name));
      if (failure) return failure;
    }
    if (!any) done_.push_back(service + " was paused, and has no container any more");
    return std::nullopt;
  }

  MaybeFailure remove_containers() {
    for (const std::string& id : left_.containers) {
      const std::string sentence = "removed container " + id.substr(0, 12);
      // Not by force: one that runs after all stays.
      if (auto failure = act(docker(left_.run, {"rm", "--volumes", id}), sentence)) {
        return failure;
      }
    }
    return std::nullopt;
  }

  MaybeFailure remove_temporary() {
    if (left_.temporary.empty()) return std::nullopt;
    if (::unlink(left_.temporary.c_str()) != 0 && errno != ENOENT) {
      return Failure{FailureCode::kUnreadable,
                     "cannot remove " + left_.temporary + ": " + std::strerror(errno),
                     {}};
    }
    done_.push_back("removed " + left_.temporary + ", which was not whole");
    return std::nullopt;
  }

  MaybeFailure close() {
    JournalRun run = left_.run;
    run.ended = around_.now();
    run.end = "recovered";
    run.code = left_.code;
    run.verified = false;
    if (auto failure = journal_.end(run)) return failure;
    done_.push_back(left_.code >= 0 ? fmt::format("the task had ended with {}", left_.code)
                                    : "how the task ended is not known");
    return std::nullopt;
  }

  const Leftover& left_;
  Journal& journal_;
  Processes& processes_;
  Surroundings& around_;
  std::vector<std::string> done_;
};

}  // namespace

std::vector<Leftover> leftovers(const std::vector<JournalRun>& runs, Processes& processes,
                                const Surroundings& /*around*/) {
  std::vector<Leftover> found;
  std::vector<Command> commands;
  for (const JournalRun& run : runs) {
    if (!run.open()) continue;
    Leftover left;
    left.run = run;
    left.alive = still_runs(run.pid, run.boot, run.ticks);
    left.paused = run.paused;
    if (is_temporary_of(run) && is_there(run.output_temporary)) {
      left.temporary = run.output_temporary;
    }
    found.push_back(std::move(left));
    commands.push_back(list(run, kRunLabel, run.id));
  }
  if (commands.empty()) return found;
  const std::vector<Captured> answers = processes.capture(commands, Bounds{});
  for (std::size_t i = 0; i < found.size(); ++i) read_list(answers[i], found[i]);
  return found;
}

Result<std::vector<std::string>> recover(const Leftover& leftover, Journal& journal,
                                         Processes& processes, Surroundings& around) {
  if (leftover.alive) {
    return Failure{FailureCode::kUsage,
                   fmt::format("its guard still runs as process {}", leftover.run.pid),
                   {}};
  }
  if (!leftover.failure.empty()) {
    return Failure{FailureCode::kUnreadable, "the engine cannot be asked: " + leftover.failure, {}};
  }
  if (leftover.running) {
    const std::string id =
        leftover.containers.empty() ? std::string() : leftover.containers.front().substr(0, 12);
    return std::vector<std::string>{"the task still runs in container " + id +
                                    ", and is left alone: wait for its end, or docker stop it"};
  }
  // What it has begun to put right is not left half done.
  processes.hold_signals();
  return Recovery(leftover, journal, processes, around).run();
}

}  // namespace composelint::guard
