// Children that go on by themselves, and the signals that are theirs.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <string>

#include "guard/posix_processes.h"
#include "tests/guard/process_state.h"

namespace composelint::guard {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Command shell(const std::string& text) {
  return {{"sh", "-c", text}, ""};
}

Streams watching() {
  Streams streams;
  streams.in = ChildStream::kNull;
  streams.out = ChildStream::kPipe;
  streams.err = ChildStream::kNull;
  streams.aside = true;
  return streams;
}

std::unique_ptr<Child> started(Processes& processes, const std::string& text,
                               const Streams& streams) {
  auto child = processes.start(shell(text), streams);
  if (!child.ok()) {
    ADD_FAILURE() << child.failure().message;
    return nullptr;
  }
  return std::move(*child);
}

// All lines it writes until it ends.
std::vector<std::string> lines_of(Processes& processes, Child& child) {
  std::vector<std::string> lines;
  Child* one = &child;
  const auto began = Clock::now();
  bool ended = false;
  while (!ended && Clock::now() - began < milliseconds(5000)) {
    EXPECT_EQ(processes.wait({&one, 1}, milliseconds(5000)), 0);
    ended = child.ended().has_value();
    while (const auto line = child.line()) lines.push_back(*line);
  }
  EXPECT_TRUE(ended);
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Children, GiveTheirLinesAsTheyCome) {
  PosixProcesses processes;
  const auto child = started(
      processes, "echo one; sleep 0.05; printf 'tw'; sleep 0.05; printf 'o\\n\\nend'", watching());
  EXPECT_EQ(lines_of(processes, *child), (Lines{"one", "two", "", "end"}));
  EXPECT_TRUE(child->ended()->ok());
}

TEST(Children, AreWaitedForNoLongerThanAsked) {
  PosixProcesses processes;
  const auto child = started(processes, "exec sleep 60", watching());
  Child* one = child.get();
  const auto began = Clock::now();
  EXPECT_EQ(processes.wait({&one, 1}, milliseconds(100)), 0);
  const auto took = Clock::now() - began;
  EXPECT_GE(took, milliseconds(100));
  EXPECT_LT(took, milliseconds(1000));
  EXPECT_FALSE(child->ended());
  child->send(SIGKILL);
  EXPECT_EQ(processes.wait({&one, 1}, milliseconds(5000)), 0);
  EXPECT_EQ(child->ended()->shell_status(), 137);
  child->send(SIGKILL);  // to nobody, whoever has the number now
}

TEST(Children, EndOnlyOnceIsNews) {
  PosixProcesses processes;
  const auto child = started(processes, "exit 4", watching());
  Child* one = child.get();
  processes.wait({&one, 1}, milliseconds(5000));
  EXPECT_EQ(child->ended()->code, 4);
  const auto began = Clock::now();
  processes.wait({&one, 1}, milliseconds(100));
  EXPECT_GE(Clock::now() - began, milliseconds(100));
  EXPECT_EQ(child->ended()->code, 4);
}

TEST(Children, InheritTheStreamsThatAreNotTheirs) {
  PosixProcesses processes;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  Streams streams;
  streams.out = ChildStream::kDescriptor;
  streams.out_descriptor = ends[1];
  const auto child = started(processes, "cut -d' ' -f5 /proc/$$/stat", streams);
  ::close(ends[1]);
  Child* one = child.get();
  processes.wait({&one, 1}, milliseconds(5000));
  EXPECT_TRUE(child->ended()->ok());
  std::array<char, 100> text{};
  const ssize_t size = ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  // In guard's own process group, as the terminal wants it.
  EXPECT_EQ(std::string(text.data(), static_cast<std::size_t>(size)),
            std::to_string(::getpgrp()) + "\n");
}

TEST(Children, AreToldWhyTheyCouldNotStart) {
  PosixProcesses processes;
  const auto missing = processes.start({{"no-such-program-of-anybody"}, ""}, {});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.failure().code, FailureCode::kNotFound);
  const auto folder = processes.start({{"/proc"}, ""}, {});
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.failure().code, FailureCode::kUnreadable);
}

TEST(Children, LeftAloneAreReaped) {
  PosixProcesses processes;
  static_cast<void>(started(processes, "sleep 0.05", watching()));
  // Reaped while guard waits for others; on a busy machine that takes more than one look.
  siginfo_t info{};
  for (int looks = 0; looks < 50; ++looks) {
    processes.wait({}, milliseconds(200));
    if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1) break;
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Children, SignalsGoToWhoeverWaits) {
  PosixProcesses processes;
  const auto child =
      started(processes, "kill -HUP $PPID; sleep 0.2; kill -TERM $PPID; sleep 60", watching());
  Child* one = child.get();
  EXPECT_EQ(processes.wait({&one, 1}, milliseconds(5000)), SIGHUP);
  EXPECT_EQ(processes.wait({&one, 1}, milliseconds(5000)), SIGTERM);
  EXPECT_FALSE(processes.whole_group());
  child->send(SIGTERM);
  processes.wait({&one, 1}, milliseconds(5000));
  EXPECT_EQ(child->ended()->code, SIGTERM);
}

// "SigIgn:\t0000000000000001" of this process: whoever starts it may ignore signals, too.
std::string own_line(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line) && line.rfind(name, 0) != 0) {
  }
  return line;
}

// `docker compose up & kill -INT $!` of a shell that ignores ^C in its background: docker hears it.
TEST(Children, AreToldOfAnInterruptThatWasIgnored) {
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGINT, &ignore, &before);
  {
    PosixProcesses processes;
    processes.hold_signals();
    ::kill(::getpid(), SIGINT);
    EXPECT_EQ(processes.wait({}, milliseconds(1000)), SIGINT);
  }
  ::sigaction(SIGINT, &before, nullptr);
}

TEST(Children, HaveMaskAndDispositionsAsGuardWasGivenThem) {
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGHUP, &ignore, &before);
  const std::string ignored = own_line("SigIgn");
  {
    PosixProcesses processes;
    processes.hold_signals();
    Streams streams = watching();
    streams.aside = false;
    const auto child =
        started(processes, "exec grep -E 'SigBlk|SigIgn' /proc/self/status", streams);
    const Lines lines = lines_of(processes, *child);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "SigBlk:\t0000000000000000");
    EXPECT_EQ(lines[1], ignored);
    // As under nohup: it stays ignored.
    ::kill(::getpid(), SIGHUP);
    EXPECT_EQ(processes.wait({}, milliseconds(20)), 0);
  }
  ::sigaction(SIGHUP, &before, nullptr);
}

TEST(Children, AsideEndWithGuard) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t guard = ::fork();
  if (guard == 0) {
    PosixProcesses processes;
    const auto child = processes.start({{"sleep", "60"}, ""}, watching());
    const int pid = child.ok() ? (*child)->pid() : -1;
    static_cast<void>(!::write(ends[1], &pid, sizeof pid));
    ::raise(SIGKILL);
  }
  int pid = -1;
  ASSERT_EQ(::read(ends[0], &pid, sizeof pid), static_cast<ssize_t>(sizeof pid));
  ::waitpid(guard, nullptr, 0);
  EXPECT_TRUE(is_gone(pid));
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace composelint::guard
