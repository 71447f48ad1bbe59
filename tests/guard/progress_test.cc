#include "guard/progress.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "guard/pipe_sink.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

using std::chrono::milliseconds;

TEST(SizeText, IsShort) {
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(4200), "4.2 kB");
  EXPECT_EQ(size_text(999'999), "1.0 MB");
  EXPECT_EQ(size_text(12'345'678'901), "12.3 GB");
}

TEST(Progress, IsShownEachSecondAndTakenAway) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "db.sql";
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  for (const bool terminal : {true, false}) {
    FakeSurroundings around;
    around.streams.err = terminal;
    {
      Progress progress(file, around);
      progress.show();
      EXPECT_EQ(around.said, "");  // what is through at once is not worth a word
      around.up = milliseconds(1000);
      EXPECT_EQ(progress.until_next() == milliseconds(0), terminal);
      ScratchDirectory::append(path, std::string(1500, 'x'));
      progress.show();
      progress.show();
      EXPECT_EQ(progress.until_next() == milliseconds(1000), terminal);
    }
    EXPECT_EQ(around.said, terminal ? "\r\x1b[Kcomposelint: 1.5 kB in 1 s\r\x1b[K" : "");
  }
  FakeSurroundings around;
  around.streams.err = true;
  const Progress none(-1, around);
  EXPECT_GT(none.until_next(), milliseconds(1'000'000));
  ::close(file);
}

// `… | cat | cat > file`, with one that reads and writes elsewhere.
TEST(SinkOfPipe, IsTheFileAtItsEnd) {
  const ScratchDirectory scratch;
  for (const bool file : {true, false}) {
    const std::string to = file ? scratch / "a b.sql" : "/dev/null";
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::dup2(ends[0], STDIN_FILENO);
      ::execl("/bin/sh", "sh", "-c", "cat | cat >\"$1\"", "sh", to.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[0]);
    std::string found;
    // The shell itself is seen until it has started them.
    for (int i = 0; i < 200; ++i) {
      found = sink_of_pipe(ends[1]);
      if (file ? found == to : i > 20) break;
      ::usleep(10'000);
    }
    EXPECT_EQ(found, file ? to : "");
    ::close(ends[1]);
    ::waitpid(child, nullptr, 0);
  }
  EXPECT_EQ(sink_of_pipe(-1), "");
}

}  // namespace
}  // namespace composelint::guard
