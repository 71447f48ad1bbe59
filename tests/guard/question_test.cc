// A question at a real terminal.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

#include "guard/posix_surroundings.h"

namespace composelint::guard {
namespace {

constexpr int kYes = 10;
constexpr int kOther = 11;
constexpr int kNone = 12;

// Reads from the terminal until `text` is shown.
bool shows(int terminal, const std::string& text) {
  std::string seen;
  std::array<char, 256> buffer{};
  while (seen.find(text) == std::string::npos) {
    const ssize_t got = ::read(terminal, buffer.data(), buffer.size());
    if (got <= 0) return false;
    seen.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return true;
}

TEST(Question, IsNotAnsweredByWhatWasTypedBefore) {
  int terminal = -1;
  std::array<int, 2> typed{};
  ASSERT_EQ(::pipe(typed.data()), 0);
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  ASSERT_GE(child, 0);
  if (child == 0) {
    // Not before something lies there.
    char byte = 0;
    if (::read(typed[0], &byte, 1) != 1) ::_exit(1);
    PosixSurroundings around;
    const auto answer = around.ask("Run it? ");
    ::_exit(!answer ? kNone : *answer == "y" ? kYes : kOther);
  }
  ASSERT_EQ(::write(terminal, "y\n", 2), 2);
  ASSERT_TRUE(shows(terminal, "y"));  // its echo: the line discipline has it
  ASSERT_EQ(::write(typed[1], "x", 1), 1);
  ASSERT_TRUE(shows(terminal, "Run it? "));
  ASSERT_EQ(::write(terminal, "no\n", 3), 3);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), kOther);
  ::close(terminal);
  ::close(typed[0]);
  ::close(typed[1]);
}

}  // namespace
}  // namespace composelint::guard
