// Real small programs, many at once, within their bounds.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>

#include "guard/posix_processes.h"
#include "tests/guard/process_state.h"

namespace composelint::guard {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Command shell(const std::string& text) {
  return {{"sh", "-c", text}, ""};
}

Captured captured(const std::string& text, const Bounds& bounds = {}) {
  PosixProcesses processes;
  const Command command = shell(text);
  return processes.capture({&command, 1}, bounds).front();
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/fd")) {
    ++count;
  }
  return count;
}

bool no_child_is_left() {
  return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

TEST(Capture, GivesStreamsAndEndInTheOrderAsked) {
  PosixProcesses processes;
  const std::vector<Command> commands = {shell("sleep 0.1; echo one"),
                                         shell("echo two >&2; exit 7"),
                                         shell("kill -9 $$"),
                                         {{"true"}, ""}};
  const std::vector<Captured> answers = processes.capture(commands, Bounds{});
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_EQ(answers[0].out, "one\n");
  EXPECT_TRUE(answers[0].end.ok());
  EXPECT_EQ(answers[1].err, "two\n");
  EXPECT_EQ(answers[1].end.kind, EndKind::kExited);
  EXPECT_EQ(answers[1].end.code, 7);
  EXPECT_EQ(answers[2].end.kind, EndKind::kSignalled);
  EXPECT_EQ(answers[2].end.shell_status(), 137);
  EXPECT_TRUE(answers[3].end.ok());
}

TEST(Capture, RunsAllAtOnce) {
  PosixProcesses processes;
  const std::vector<Command> commands(8, shell("sleep 0.3"));
  const auto began = Clock::now();
  static_cast<void>(processes.capture(commands, Bounds{}));
  EXPECT_LT(Clock::now() - began, milliseconds(1500));
}

TEST(Capture, NeedsNoStandardInput) {
  EXPECT_EQ(captured("cat; echo done").out, "done\n");
}

TEST(Capture, PassesWordsAsTheyAre) {
  PosixProcesses processes;
  const Command command{{"printf", "%s|", "a  b", "$(x)", "'", "", "\n", "\xff"}, ""};
  EXPECT_EQ(processes.capture({&command, 1}, Bounds{}).front().out, "a  b|$(x)|'||\n|\xff|");
}

TEST(Capture, StartsInTheDirectory) {
  PosixProcesses processes;
  const Command command{{"pwd"}, "/proc"};
  EXPECT_EQ(processes.capture({&command, 1}, Bounds{}).front().out, "/proc\n");
}

struct MissingRow {
  std::vector<std::string> argv;
  std::string directory;
  int error;
  int status;
};

TEST(Capture, SaysWhyItCouldNotStart) {
  const MissingRow rows[] = {{{"/nowhere/docker"}, "", ENOENT, 127},
                             {{"no-such-program-of-anybody"}, "", ENOENT, 127},
                             {{"/proc"}, "", EACCES, 126},
                             {{"true"}, "/nowhere", ENOENT, 127},
                             {{}, "", EINVAL, 126}};
  for (const MissingRow& row : rows) {
    PosixProcesses processes;
    const Command command{row.argv, row.directory};
    const Captured answer = processes.capture({&command, 1}, Bounds{}).front();
    EXPECT_EQ(answer.end.kind, EndKind::kNotStarted);
    EXPECT_EQ(answer.end.code, row.error);
    EXPECT_EQ(answer.end.shell_status(), row.status);
  }
}

TEST(Capture, KeepsOnlySoMuchAndReadsTheRest) {
  Bounds bounds;
  bounds.output = 1000;
  const Captured answer = captured("head -c 3000000 /dev/zero; echo end >&2", bounds);
  EXPECT_TRUE(answer.cut);
  EXPECT_EQ(answer.out.size(), 1000U);
  EXPECT_EQ(answer.err, "end\n");
  EXPECT_TRUE(answer.end.ok());
}

TEST(Capture, KeepsAllOfMuch) {
  const Captured answer = captured("head -c 3000000 /dev/zero");
  EXPECT_FALSE(answer.cut);
  EXPECT_EQ(answer.out.size(), 3'000'000U);
}

TEST(Capture, EndsWhatTakesTooLong) {
  Bounds bounds;
  bounds.time = milliseconds(100);
  const auto began = Clock::now();
  const Captured answer = captured("echo first; sleep 60", bounds);
  EXPECT_EQ(answer.end.kind, EndKind::kTimedOut);
  EXPECT_EQ(answer.end.shell_status(), 124);
  EXPECT_EQ(answer.out, "first\n");
  EXPECT_LT(Clock::now() - began, milliseconds(1000));
}

TEST(Capture, KillsWhatDoesNotHeed) {
  Bounds bounds;
  bounds.time = milliseconds(100);
  const auto began = Clock::now();
  // Also its children: they have the streams.
  const Captured answer = captured("trap '' TERM; sleep 60 & echo $!; wait; sleep 60", bounds);
  EXPECT_EQ(answer.end.kind, EndKind::kTimedOut);
  EXPECT_LT(Clock::now() - began, milliseconds(2000));
  EXPECT_TRUE(is_gone(std::stoi(answer.out)));
}

TEST(Capture, DoesNotWaitForWhatItLeavesBehind) {
  const auto began = Clock::now();
  const Captured answer = captured("echo kept; setsid sleep 3 & exit 5");
  EXPECT_EQ(answer.end.code, 5);
  EXPECT_EQ(answer.out, "kept\n");
  EXPECT_LT(Clock::now() - began, milliseconds(1500));
}

TEST(Capture, EndsWhatStopsToAskTheTerminal) {
  const auto began = Clock::now();
  const Captured answer = captured("kill -TTIN $$; echo not reached");
  EXPECT_EQ(answer.end.kind, EndKind::kSignalled);
  EXPECT_EQ(answer.out, "");
  EXPECT_LT(Clock::now() - began, milliseconds(1000));
}

TEST(Capture, BoundsMemory) {
  Bounds bounds;
  bounds.memory = std::size_t{64} << 20;
  // dd takes its block as a whole.
  const std::string text = "dd if=/dev/zero of=/dev/null bs=200M count=1 2>/dev/null";
  EXPECT_FALSE(captured(text, bounds).end.ok());
  bounds.memory = 0;
  EXPECT_TRUE(captured(text, bounds).end.ok());
}

TEST(Capture, LeavesNoDescriptorAndNoChild) {
  const std::size_t before = open_descriptors();
  {
    PosixProcesses processes;
    const std::vector<Command> commands(5, shell("ls /proc/self/fd"));
    for (const Captured& answer : processes.capture(commands, Bounds{})) {
      EXPECT_EQ(answer.out, "0\n1\n2\n3\n");  // the last is the folder it lists
    }
    EXPECT_TRUE(no_child_is_left());
  }
  EXPECT_EQ(open_descriptors(), before);
}

TEST(Capture, IsInAGroupOfItsOwn) {
  // The fifth field of stat, of the shell itself.
  const Captured answer = captured("cut -d' ' -f1,5 /proc/$$/stat");
  const std::size_t blank = answer.out.find(' ');
  EXPECT_EQ(answer.out.substr(0, blank) + "\n", answer.out.substr(blank + 1));
}

TEST(Capture, SurvivesAnIgnoredChildSignal) {
  struct sigaction ignore {};
  struct sigaction before {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGCHLD, &ignore, &before);
  EXPECT_EQ(captured("exit 3").end.code, 3);
  struct sigaction after {};
  ::sigaction(SIGCHLD, nullptr, &after);
  EXPECT_EQ(after.sa_handler, SIG_IGN);
  ::sigaction(SIGCHLD, &before, nullptr);
}

TEST(Capture, IsEndedByASignalOnlyWhereThatIsWanted) {
  for (const bool interruptible : {false, true}) {
    PosixProcesses processes;
    processes.hold_signals();
    Bounds bounds;
    bounds.interruptible = interruptible;
    const Command command = shell("kill -INT $PPID; sleep 0.3; echo whole");
    const Captured answer = processes.capture({&command, 1}, bounds).front();
    EXPECT_EQ(answer.out, interruptible ? "" : "whole\n");
    EXPECT_EQ(answer.end.kind, interruptible ? EndKind::kSignalled : EndKind::kExited);
    EXPECT_EQ(processes.wait({}, milliseconds(0)), SIGINT);
    EXPECT_FALSE(processes.whole_group());
    // One that has come before is no reason.
    const Command again = shell("sleep 0.1; echo whole");
    ::kill(::getpid(), SIGTERM);
    EXPECT_EQ(processes.capture({&again, 1}, bounds).front().out, "whole\n");
    EXPECT_EQ(processes.wait({}, milliseconds(0)), SIGTERM);
  }
}

// In a process of its own, as it ends it.
TEST(Capture, LetsASignalEndGuardWhereNoneAreHeld) {
  const pid_t guard = ::fork();
  if (guard == 0) {
    PosixProcesses processes;
    const Command command = shell("kill -INT $PPID; exec sleep 60");
    static_cast<void>(processes.capture({&command, 1}, Bounds{}));
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(guard, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

}  // namespace
}  // namespace composelint::guard
