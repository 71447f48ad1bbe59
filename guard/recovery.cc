#include "guard/recovery.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <utility>

#include "guard/process_identity.h"
#include "guard/snapshot.h"

namespace composelint::guard {

namespace {

struct Found {
  bool answered = false;
  std::vector<std::string> ids;
  bool running = false;
};

std::vector<std::string> with(std::vector<std::string> argv, std::vector<std::string> more) {
  argv.insert(argv.end(), more.begin(), more.end());
  return argv;
}

Captured ask(std::vector<std::string> argv, Processes& processes) {
  const Command command{std::move(argv), ""};
  return processes.capture({&command, 1}, {}).front();
}

// The last line that a program complained with.
std::string complaint(const Captured& answer) {
  if (answer.end.kind == EndKind::kNotStarted) return strerror(answer.end.code);
  if (answer.end.kind == EndKind::kTimedOut) return "no answer in time";
  std::string text = answer.err;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t line = text.rfind('\n');
  if (line != std::string::npos) text.erase(0, line + 1);
  return text.empty() ? "exit status " + std::to_string(answer.end.shell_status()) : text;
}

Found containers_of(const JournalRun& run, Processes& processes) {
  Found found;
  if (run.docker.empty()) return found;
  const Captured answer = ask(with(run.docker, {"ps", "-a", "--no-trunc", "--filter",
                                                "label=" + std::string(kRunLabel) + "=" + run.id,
                                                "--format", "{{.ID}} {{.State}}"}),
                              processes);
  found.answered = answer.end.ok();
  if (!found.answered) return found;
  for (std::size_t at = 0; at < answer.out.size();) {
    const std::size_t end = std::min(answer.out.find('\n', at), answer.out.size());
    const std::string line = answer.out.substr(at, end - at);
    at = end + 1;
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos) continue;
    found.ids.push_back(line.substr(0, blank));
    const std::string state = line.substr(blank + 1);
    found.running =
        found.running || state == "running" || state == "paused" || state == "restarting";
  }
  return found;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// What is put right, and whether all of it could be.
class Repair {
 public:
  Repair(const Leftover& leftover, Journal& journal, Processes& processes)
      : leftover_(leftover), run_(leftover.run), journal_(journal), processes_(processes) {}

  void resume() {
    if (leftover_.paused.empty()) return;
    const std::vector<std::string> compose = with(run_.docker, {"compose", "-p", run_.project});
    const Captured unpaused = ask(with(with(compose, {"unpause"}), leftover_.paused), processes_);
    if (!unpaused.end.ok() && unpaused.err.find("not paused") == std::string::npos) {
      fail("cannot resume " + listed(leftover_.paused) + ": " + complaint(unpaused));
      return;
    }
    if (const auto trouble = journal_.resumed(run_.id)) {
      fail(trouble->message);
      return;
    }
    done_.push_back("resumed " + listed(leftover_.paused));
  }

  void remove_containers() {
    if (leftover_.containers.empty()) return;
    const Captured removed =
        ask(with(with(run_.docker, {"rm", "-v"}), leftover_.containers), processes_);
    // --rm may be at it, too.
    const bool gone = removed.err.find("No such container") != std::string::npos ||
                      removed.err.find("is already in progress") != std::string::npos;
    if (!removed.end.ok() && !gone) {
      fail("cannot remove the container of the task: " + complaint(removed));
      return;
    }
    done_.push_back("removed the container of the task");
  }

  void remove_temporary() {
    if (leftover_.temporary.empty()) return;
    if (unlink(leftover_.temporary.c_str()) != 0 && errno != ENOENT) {
      fail("cannot remove " + leftover_.temporary + ": " + strerror(errno));
      return;
    }
    done_.push_back("removed " + leftover_.temporary + ", which never became " + run_.output);
  }

  [[nodiscard]] Result<std::vector<std::string>> finish(std::int64_t now) {
    if (!failures_.empty()) {
      std::string text = failures_;
      if (!done_.empty()) text += " (done: " + listed(done_) + ")";
      return Failure{FailureCode::kUnreadable, text, {}};
    }
    JournalRun ended = run_;
    ended.ended = now;
    ended.end = "recovered";
    ended.paused.clear();
    if (auto trouble = journal_.end(ended)) return std::move(*trouble);
    if (done_.empty()) done_.push_back("there was nothing to put right");
    return std::move(done_);
  }

 private:
  void fail(const std::string& what) { failures_ += (failures_.empty() ? "" : "; ") + what; }

  const Leftover& leftover_;
  const JournalRun& run_;
  Journal& journal_;
  Processes& processes_;
  std::vector<std::string> done_;
  std::string failures_;
};

}  // namespace

std::vector<Leftover> leftovers(const std::vector<JournalRun>& runs, Processes& processes,
                                const Surroundings&) {
  std::vector<Leftover> out;
  for (const JournalRun& run : runs) {
    if (!run.open()) continue;
    Leftover left;
    left.run = run;
    left.alive = still_runs(run.pid, run.boot, run.ticks);
    const Found found = containers_of(run, processes);
    left.containers = found.ids;
    left.running = found.running;
    left.asked = found.answered || run.docker.empty();
    left.paused = run.paused;
    if (!run.output_temporary.empty() && access(run.output_temporary.c_str(), F_OK) == 0) {
      left.temporary = run.output_temporary;
    }
    out.push_back(std::move(left));
  }
  return out;
}

Result<std::vector<std::string>> recover(const Leftover& leftover, Journal& journal,
                                         Processes& processes, Surroundings& around) {
  const auto refuse = [&](std::string why) {
    return Failure{FailureCode::kInvalid, "run " + leftover.run.id + " " + std::move(why), {}};
  };
  if (leftover.alive) return refuse("is at work: its guard still runs");
  if (!leftover.asked) return refuse("cannot be put right: the engine does not answer");
  if (leftover.running) {
    return refuse(
        "has a task that still runs; it is left alone: wait for its end, or stop it with "
        "`docker stop " +
        leftover.containers.front().substr(0, 12) + "`");
  }
  Repair repair(leftover, journal, processes);
  repair.resume();
  repair.remove_containers();
  repair.remove_temporary();
  return repair.finish(around.now());
}

}  // namespace composelint::guard
