// Several programs at once, each heard to its end or to a bound.
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "guard/posix_processes.h"
#include "guard/spawn.h"

namespace composelint::guard {

namespace {

using Clock = std::chrono::steady_clock;

struct Heard {
  pid_t pid = -1;
  bool own_group = false;
  Descriptor out;
  Descriptor err;
  bool running = false;
  bool told_to_end = false;
  Clock::time_point until;  // then it is killed, or, once it has ended, no more is heard
  Captured captured;
};

// It may ask for a password, which a process group of its own could not read.
bool asks_at_the_terminal(const Command& command) {
  const std::string& program = command.argv.empty() ? std::string() : command.argv.front();
  const std::string_view name = std::string_view(program).substr(program.rfind('/') + 1);
  return name == "sudo" || name == "doas";
}

void send_to(const Heard& heard, int signal) {
  kill(heard.own_group ? -heard.pid : heard.pid, signal);
}

void begin(Heard& heard, const Command& command, const Bounds& bounds, int null,
           const sigset_t& mask) {
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  SpawnRequest request{command};
  request.in = null;
  request.out = out.write.get();
  request.err = err.write.get();
  request.own_group = !asks_at_the_terminal(command);
  request.memory = bounds.memory;
  request.mask = &mask;
  const bool ready = null >= 0 && out.read.open() && err.read.open();
  const Spawned spawned = ready ? spawn(request) : Spawned{-1, EMFILE};
  if (spawned.pid < 0) {
    heard.captured.end = {EndKind::kNotStarted, spawned.error};
    return;
  }
  heard.pid = spawned.pid;
  heard.own_group = request.own_group;
  heard.running = true;
  heard.until = Clock::now() + bounds.time;
  heard.out = std::move(out.read);
  heard.err = std::move(err.read);
  for (const Descriptor* descriptor : {&heard.out, &heard.err}) {
    fcntl(descriptor->get(), F_SETFL, O_NONBLOCK);
  }
}

bool is_done(const Heard& heard) {
  return !heard.running && !heard.out.open() && !heard.err.open();
}

// What it has to say, whether it has ended, whether its time is over.
void attend(Heard& heard, const Bounds& bounds) {
  constexpr std::chrono::milliseconds kGrace{1000};
  constexpr std::chrono::milliseconds kAfterwards{200};
  Captured& captured = heard.captured;
  if (heard.running) {
    if (const auto end = ended(heard.pid, false)) {
      heard.running = false;
      if (!heard.told_to_end) captured.end = *end;
      // Something that it has left behind may hold its output open for good.
      heard.until = Clock::now() + kAfterwards;
    }
  }
  if (heard.out.open() && !drain(heard.out.get(), captured.out, bounds.output, captured.cut)) {
    heard.out.reset(-1);
  }
  if (heard.err.open() && !drain(heard.err.get(), captured.err, bounds.output, captured.cut)) {
    heard.err.reset(-1);
  }
  if (is_done(heard) || Clock::now() < heard.until) return;
  if (!heard.running) {
    heard.out.reset(-1);
    heard.err.reset(-1);
    return;
  }
  send_to(heard, heard.told_to_end ? SIGKILL : SIGTERM);
  heard.told_to_end = true;
  captured.end = {EndKind::kTimedOut, 0};
  heard.until = Clock::now() + kGrace;
}

}  // namespace

std::vector<Captured> PosixProcesses::capture(std::span<const Command> commands,
                                              const Bounds& bounds) {
  const Descriptor null(open("/dev/null", O_RDONLY | O_CLOEXEC));
  std::vector<Heard> all(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    begin(all[i], commands[i], bounds, null.get(), mask_);
  }
  while (!std::all_of(all.begin(), all.end(), is_done)) {
    std::vector<pollfd> waits;
    for (const Heard& heard : all) {
      if (heard.out.open()) waits.push_back({heard.out.get(), POLLIN, 0});
      if (heard.err.open()) waits.push_back({heard.err.get(), POLLIN, 0});
    }
    // Ends come with the ends of the streams, mostly: a look from time to time does for the rest.
    poll(waits.data(), waits.size(), waits.empty() ? 1 : 20);
    for (Heard& heard : all) {
      if (!is_done(heard)) attend(heard, bounds);
    }
  }
  std::vector<Captured> out;
  for (Heard& heard : all) out.push_back(std::move(heard.captured));
  return out;
}

}  // namespace composelint::guard
