#include "guard/recovery.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "guard/parse.h"
#include "guard/process_identity.h"
#include "guard/recovery_look.h"
#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

bool is_alive(const JournalRun& run) {
  return run.pid > 0 && still_runs(run.pid, run.boot, run.ticks);
}

std::string temporary_of(const JournalRun& run) {
  if (run.output_temporary.empty() || run.output_temporary.starts_with('/')) {
    return run.output_temporary;
  }
  return run.directory + "/" + run.output_temporary;
}

bool is_there(const std::string& path) {
  struct stat status {};
  return !path.empty() && ::lstat(path.c_str(), &status) == 0;
}

std::string short_id(const std::string& id) {
  return id.substr(0, 12);
}

class Recovery {
 public:
  Recovery(const Leftover& leftover, Journal& journal, Processes& processes,
           const Surroundings& around)
      : left_(leftover),
        run_(leftover.run),
        journal_(journal),
        processes_(processes),
        around_(around) {}

  Result<std::vector<std::string>> all() {
    containers();
    process();
    if (task_runs_) {
      leave_to_the_task();
    } else {
      if (!elsewhere_) services();
      if (elsewhere_ && !left_.paused.empty()) {
        fail(fmt::format("{} may still be paused", fmt::join(left_.paused, ", ")));
      }
      temporary();
    }
    if (!complete_) {
      tell("the run stays open; `composelint guard recover` can be called again");
      return std::move(told_);
    }
    JournalRun ended = run_;
    ended.ended = around_.now();
    ended.end = "recovered";
    ended.code = code_;
    ended.verified = false;
    if (const MaybeFailure failure = journal_.end(ended)) {
      return Failure{failure->code,
                     fmt::format("run {} cannot be ended: {}{}{}", run_.id, failure->message,
                                 told_.empty() ? "" : "; before that: ", fmt::join(told_, "; ")),
                     {}};
    }
    tell("the run is ended in the journal as recovered");
    return std::move(told_);
  }

 private:
  void tell(std::string sentence) { told_.push_back(std::move(sentence)); }
  void fail(std::string sentence) {
    complete_ = false;
    tell(std::move(sentence));
  }

  // Empty: it went well.
  std::string call(const Command& command) {
    const std::vector<Captured> answers = processes_.capture({&command, 1}, Bounds{});
    if (answers.size() == 1 && answers.front().end.ok()) return {};
    std::string why = answers.empty() ? std::string() : last_words(answers.front().err);
    return why.empty() ? "docker failed" : why;
  }

  void containers() {
    const JournalRun* const run = &run_;
    const Containers now = containers_of({&run, 1}, processes_).front();
    elsewhere_ = now.elsewhere;
    if (!now.failure.empty()) fail("its containers are not known: " + now.failure);
    const std::int64_t client = client_of(run_);
    if (client > 0) {
      task_runs_ = true;
      fail(
          fmt::format("its client still runs in process {} and may start the task yet: it is left "
                      "alone; `kill {}` ends it",
                      client, client));
    }
    for (const Container& one : now.found) {
      if (client > 0 && !lives(one)) continue;
      if (lives(one)) {
        task_runs_ = true;
        fail(
            fmt::format("its task still runs in container {} and is left alone; `docker stop {}` "
                        "ends it",
                        short_id(one.id), short_id(one.id)));
      } else {
        remove(one);
      }
    }
    if (now.failure.empty() && now.found.empty() && run_.verb == "run" && client == 0) gone();
  }

  // `--rm` has taken the container away, and with it all but the engine's events.
  void gone() {
    code_ = code_of_gone(run_, processes_, around_);
    tell(code_ >= 0 ? fmt::format("its task ended with {}, and its container is removed", code_)
                    : "it has no container any more, and how its task ended is not known");
  }

  // Of `exec`: it has no container of its own.
  void process() {
    if (run_.verb != "exec" || elsewhere_) return;
    if (run_.processes.empty()) {
      return tell(fmt::format("that its process in {} ever began was not seen", run_.service));
    }
    const ProcessLook look = process_of(run_, processes_, around_);
    const std::string where = "its process in container " + short_id(run_.container);
    switch (look.state) {
      case ProcessLook::State::kNotKnown:
        return fail("whether " + where + " still runs is not known: " + look.failure);
      case ProcessLook::State::kRuns:
        task_runs_ = true;
        return fail(fmt::format("{} still runs and is left alone; `docker top {}` shows it", where,
                                short_id(run_.container)));
      case ProcessLook::State::kEnded: break;
    }
    code_ = look.code;
    tell(look.code >= 0 ? fmt::format("{} ended with {}", where, look.code)
                        : where + " runs no more; how it ended is not known");
  }

  void remove(const Container& one) {
    if (one.exit_code >= 0) code_ = one.exit_code;
    const std::string ended =
        one.exit_code >= 0 ? fmt::format(", which ended with {}", one.exit_code) : "";
    // Without force: what has started again since is not ours to end.
    const std::string why = call(of_engine(run_, {"rm", "-v", "--", one.id}));
    const bool gone = why.find("No such container") != std::string::npos ||
                      why.find("is already in progress") != std::string::npos;
    if (why.empty() || gone) {
      tell(fmt::format("container {}{}, is removed", short_id(one.id), ended));
    } else {
      fail(fmt::format("container {} cannot be removed: {}", short_id(one.id), why));
    }
  }

  void leave_to_the_task() {
    if (!left_.paused.empty()) {
      tell(fmt::format("{} stays paused until it has ended", fmt::join(left_.paused, ", ")));
    }
    if (is_there(temporary_of(run_))) tell("its output is left where it is");
  }

  void services() {
    if (left_.paused.empty()) return;
    if (run_.project.empty()) {
      return fail(fmt::format("{} may still be paused: of which project is not known",
                              fmt::join(left_.paused, ", ")));
    }
    const Containers before = services_of(run_, processes_);
    if (!before.failure.empty()) {
      return fail(
          fmt::format("{} may still be paused: {}", fmt::join(left_.paused, ", "), before.failure));
    }
    std::vector<std::string> paused;
    std::vector<std::string> stopped;
    for (const std::string& name : left_.paused) {
      bool any = false;
      bool waits = false;
      bool runs = false;
      for (const Container& one : before.found) {
        if (one.service != name) continue;
        any = true;
        waits = waits || one.state == "paused";
        runs = runs || one.state == "running" || one.state == "restarting";
      }
      if (!any) {
        tell(name + " has no container any more");
      } else if (waits) {
        paused.push_back(name);
      } else if (!runs) {
        stopped.push_back(name);  // a restart of the engine ends what is paused
      } else {
        tell(name + " runs already");
      }
    }
    const bool resumed = bring_back(paused, "unpause", "resumed");
    const bool started = bring_back(stopped, "start", "started again");
    if (!resumed || !started) return;
    if (const MaybeFailure failure = journal_.resumed(run_.id)) {
      fail("that it is resumed cannot be written: " + failure->message);
    }
  }

  // Compose's own status is no proof: it is 0 where it found nothing to do, and 1 where one of
  // several was running already.
  bool bring_back(const std::vector<std::string>& names, std::string_view verb,
                  std::string_view done) {
    if (names.empty()) return true;
    Command command = of_engine(run_, {"compose", "-p", run_.project, verb, "--"});
    command.argv.insert(command.argv.end(), names.begin(), names.end());
    const std::string compose = call(command);
    const Containers after = services_of(run_, processes_);
    bool all = true;
    for (const std::string& name : names) {
      std::string why = after.failure.empty() ? std::string() : "docker ps: " + after.failure;
      bool any = false;
      for (const Container& one : after.found) {
        if (one.service != name) continue;
        any = true;
        const bool still = verb == "unpause" ? one.state == "paused" : !lives(one);
        // There may be no Compose for this docker, or it does not find its files.
        if (!still) continue;
        const std::string direct = call(of_engine(run_, {verb, "--", one.id}));
        if (!direct.empty()) why = direct;
      }
      if (!any && why.empty() && !compose.empty()) why = compose;
      all = all && why.empty();
      if (why.empty()) {
        tell(fmt::format("{} is {}", name, done));
      } else {
        fail(fmt::format("{} cannot be {}: {}", name, done, why));
      }
    }
    return all;
  }

  void temporary() {
    const std::string path = temporary_of(run_);
    struct stat status {};
    if (path.empty()) return;
    if (::lstat(path.c_str(), &status) != 0) {
      if (errno == ENOENT || errno == ENOTDIR) return;
      return fail(fmt::format("{} cannot be looked at: {}", path, std::strerror(errno)));
    }
    // The journal is a file like others: nothing but what OutputFile makes is taken away.
    const std::string name = path.substr(path.rfind('/') + 1);
    if (!S_ISREG(status.st_mode) || !name.starts_with('.') || !name.ends_with(".part")) {
      return fail(path + " is no output of guard's: it is left where it is");
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
      return fail(fmt::format("{} cannot be removed: {}", path, std::strerror(errno)));
    }
    sync_directory_of(path);
    tell("the unfinished output " + path + " is removed");
  }

  const Leftover& left_;
  const JournalRun& run_;
  Journal& journal_;
  Processes& processes_;
  const Surroundings& around_;
  std::vector<std::string> told_;
  bool complete_ = true;
  bool task_runs_ = false;
  bool elsewhere_ = false;
  int code_ = -1;
};

}  // namespace

std::vector<Leftover> leftovers(const std::vector<JournalRun>& runs, Processes& processes,
                                const Surroundings& around) {
  std::vector<Leftover> out;
  std::vector<const JournalRun*> open;
  for (const JournalRun& run : runs) {
    if (!run.open()) continue;
    Leftover& left = out.emplace_back();
    left.run = run;
    left.alive = is_alive(run);
    left.script_alone = left.alive && run.session_pid > 0 &&
                        !still_runs(run.session_pid, run.boot, run.session_ticks);
    open.push_back(&run);
  }
  if (open.empty()) return out;
  const std::vector<Containers> found = containers_of(open, processes);
  for (std::size_t i = 0; i < out.size(); ++i) {
    Leftover& left = out[i];
    for (const Container& one : found[i].found) {
      left.containers.push_back(one.id);
      left.running = left.running || lives(one);
    }
    left.running = left.running || client_of(left.run) > 0;
    left.failure = found[i].failure;
    if (!left.run.processes.empty() && !found[i].elsewhere) {
      const ProcessLook look = process_of(left.run, processes, around);
      left.running = left.running || look.state == ProcessLook::State::kRuns;
      if (left.failure.empty()) left.failure = look.failure;
    }
    if (left.alive) continue;
    left.paused = left.run.paused;
    const std::string temporary = temporary_of(left.run);
    if (is_there(temporary)) left.temporary = temporary;
  }
  return out;
}

Result<std::vector<std::string>> recover(const Leftover& leftover, Journal& journal,
                                         Processes& processes, Surroundings& around) {
  if (leftover.alive || is_alive(leftover.run)) {
    return std::vector<std::string>{fmt::format("run {} still runs in process {}: nothing is done",
                                                leftover.run.id, leftover.run.pid)};
  }
  return Recovery(leftover, journal, processes, around).all();
}

}  // namespace composelint::guard
