#include "guard/posix_processes.h"

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace composelint::guard {
namespace {

using std::chrono::milliseconds;

Captured capture(std::vector<std::string> argv, Bounds bounds = {}) {
  PosixProcesses processes;
  const Command command{std::move(argv), ""};
  return processes.capture({&command, 1}, bounds).front();
}

Captured sh(std::string text, Bounds bounds = {}) {
  return capture({"sh", "-c", std::move(text)}, bounds);
}

// Not ended, whether or not somebody has taken note of its end.
bool runs(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string word;
  std::string state;
  file >> word >> word >> state;
  return !state.empty() && state != "Z" && state != "X";
}

// Descriptors that a child inherits.
std::size_t inherited() {
  std::size_t count = 0;
  for (int number = 0; number < 256; ++number) {
    const int flags = fcntl(number, F_GETFD);
    count += flags >= 0 && (flags & FD_CLOEXEC) == 0 ? 1 : 0;
  }
  return count;
}

struct Row {
  const char* text;
  EndKind kind;
  int code;
  int status;  // as a shell has it
};

TEST(Capture, TellsHowItEnded) {
  const Row rows[] = {
      {"exit 0", EndKind::kExited, 0, 0},
      {"exit 7", EndKind::kExited, 7, 7},
      {"kill -9 $$", EndKind::kSignalled, SIGKILL, 137},
      {"kill -15 $$", EndKind::kSignalled, SIGTERM, 143},
  };
  for (const Row& row : rows) {
    const End end = sh(row.text).end;
    EXPECT_EQ(end.kind, row.kind) << row.text;
    EXPECT_EQ(end.code, row.code) << row.text;
    EXPECT_EQ(end.shell_status(), row.status) << row.text;
  }
}

TEST(Capture, TellsWhyItDidNotStart) {
  const End none = capture({"no-such-program-here"}).end;
  EXPECT_EQ(none.kind, EndKind::kNotStarted);
  EXPECT_EQ(none.code, ENOENT);
  EXPECT_EQ(none.shell_status(), 127);
  const End directory = capture({"/tmp"}).end;
  EXPECT_EQ(directory.kind, EndKind::kNotStarted);
  EXPECT_EQ(directory.shell_status(), 126);
  EXPECT_EQ(capture({}).end.kind, EndKind::kNotStarted);
}

TEST(Capture, KeepsTheStreamsApartAndNoShellBetween) {
  const Captured both = sh("echo out; echo err >&2; cat");
  EXPECT_EQ(both.out, "out\n");
  EXPECT_EQ(both.err, "err\n");
  EXPECT_EQ(capture({"printf", "%s|", "a b", "$HOME", "", "*"}).out, "a b|$HOME||*|");
}

TEST(Capture, RunsAllAtTheSameTimeAndAnswersInOrder) {
  PosixProcesses processes;
  const Command commands[] = {{{"sh", "-c", "sleep 0.3; echo 1"}, ""},
                              {{"sh", "-c", "echo 2"}, ""},
                              {{"pwd"}, "/"},
                              {{"sh", "-c", "sleep 0.3; echo 4"}, ""}};
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Captured> answers = processes.capture(commands, {});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(590));
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_EQ(answers[0].out, "1\n");
  EXPECT_EQ(answers[1].out, "2\n");
  EXPECT_EQ(answers[2].out, "/\n");
  EXPECT_EQ(answers[3].out, "4\n");
}

TEST(Capture, EndsWhatTakesTooLongWithAllItStarted) {
  Bounds bounds;
  bounds.time = milliseconds(200);
  const Captured slow = sh("sleep 30 & echo $!; wait", bounds);
  EXPECT_EQ(slow.end.kind, EndKind::kTimedOut);
  const std::string inner = slow.out.substr(0, slow.out.find('\n'));
  for (int i = 0; i < 50 && runs(inner); ++i) usleep(10'000);
  EXPECT_FALSE(runs(inner)) << "the process that it started still runs";
  EXPECT_EQ(sh("trap '' TERM; while :; do sleep 0.05; done", bounds).end.kind, EndKind::kTimedOut);
}

TEST(Capture, KeepsNoMoreThanItsBound) {
  Bounds bounds;
  bounds.output = 1000;
  const Captured much = sh("head -c 200000 /dev/zero; echo end >&2", bounds);
  EXPECT_EQ(much.out.size(), 1000U);
  EXPECT_TRUE(much.cut);
  EXPECT_EQ(much.err, "end\n");
  EXPECT_TRUE(much.end.ok());
}

TEST(Capture, GivesNoMoreMemoryThanItsBound) {
  Bounds bounds;
  bounds.memory = std::size_t{200} << 20;
  EXPECT_TRUE(sh("true", bounds).end.ok());
  EXPECT_FALSE(sh("dd if=/dev/zero of=/dev/null bs=400M count=1", bounds).end.ok());
}

TEST(Capture, WaitsForNobodyWhoHoldsTheOutputOpen) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(sh("setsid sleep 5 & echo done").out, "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(2000));
}

TEST(Processes, LeaveNoDescriptorOpen) {
  const auto open = [] {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      count += entry.exists() ? 1 : 1;
    }
    return count;
  };
  sh("true");
  const std::size_t before = open();
  for (int i = 0; i < 20; ++i) {
    sh("echo x");
    capture({"no-such-program-here"});
  }
  EXPECT_EQ(open(), before);
  // A child gets its three streams and nothing else of ours.
  EXPECT_EQ(sh("ls /proc/$$/fd | wc -l").out, std::to_string(inherited()) + "\n");
}

TEST(Start, TellsOfLinesAndOfTheEnd) {
  PosixProcesses processes;
  Streams streams;
  streams.in = ChildStream::kNull;
  streams.out = ChildStream::kPipe;
  auto child = processes.start({{"sh", "-c", "echo one; echo two; exit 3"}, ""}, streams);
  ASSERT_TRUE(child);
  Child* const one = child->get();
  std::string lines;
  for (int i = 0; i < 100 && !(one->ended() && lines.size() > 6); ++i) {
    static_cast<void>(processes.wait({&one, 1}, milliseconds(100)));
    while (const auto line = one->line()) lines += *line + "|";
  }
  EXPECT_EQ(lines, "one|two|");
  ASSERT_TRUE(one->ended());
  EXPECT_EQ(one->ended()->code, 3);
  EXPECT_EQ(processes.start({{"no-such-program-here"}, ""}, streams).failure().code,
            FailureCode::kNotFound);
}

TEST(Start, WritesToTheDescriptorItIsGiven) {
  const std::string path = testing::TempDir() + "start-output";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  PosixProcesses processes;
  Streams streams;
  streams.out = ChildStream::kDescriptor;
  streams.out_descriptor = file;
  auto child = processes.start({{"echo", "dump"}, ""}, streams);
  ASSERT_TRUE(child);
  Child* const one = child->get();
  for (int i = 0; i < 100 && !one->ended(); ++i) {
    static_cast<void>(processes.wait({&one, 1}, milliseconds(100)));
  }
  char text[16] = {};
  EXPECT_EQ(pread(file, text, sizeof text, 0), 5);
  EXPECT_STREQ(text, "dump\n");
  close(file);
}

TEST(HoldSignals, TellsOfThemInsteadOfEnding) {
  PosixProcesses processes;
  processes.hold_signals();
  kill(getpid(), SIGTERM);
  const Woken woken = processes.wait({}, milliseconds(1000));
  EXPECT_EQ(woken.signal, SIGTERM);
  EXPECT_FALSE(woken.whole_group);
  EXPECT_EQ(processes.wait({}, milliseconds(1)).signal, 0);
  // A child hears what guard would have heard.
  const Command command{{"sh", "-c", "kill -TERM $$; echo on"}, ""};
  EXPECT_EQ(processes.capture({&command, 1}, {}).front().end.kind, EndKind::kSignalled);
}

}  // namespace
}  // namespace composelint::guard
