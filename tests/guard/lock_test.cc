#include "guard/lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>

#include "guard/journal_json.h"
#include "guard/process_identity.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

constexpr const char* kEngine = "unix:///var/run/docker.sock";

class LockTest : public testing::Test {
 protected:
  [[nodiscard]] Result<ProjectLock::Taken> take(const std::string& project = "shop",
                                                const std::string& engine = kEngine) const {
    return ProjectLock::take(scratch_.path(), engine, project,
                             {0, "anna", "", "docker compose run app migrate", 7});
  }
  [[nodiscard]] std::optional<LockHolder> holder() const {
    const auto answer = ProjectLock::holder(scratch_.path(), kEngine, "shop");
    EXPECT_TRUE(answer.ok());
    return *answer;
  }
  [[nodiscard]] static bool held(const Result<ProjectLock::Taken>& taken) {
    return taken.ok() && std::holds_alternative<ProjectLock>(*taken);
  }
  [[nodiscard]] std::string path() const {
    return scratch_ / ProjectLock::file_name(kEngine, "shop");
  }

  ScratchDirectory scratch_;
};

TEST_F(LockTest, OneAtATime) {
  EXPECT_FALSE(holder());
  {
    const auto mine = take();
    ASSERT_TRUE(held(mine));
    const auto second = take();
    ASSERT_TRUE(second.ok());
    const auto* other = std::get_if<LockHolder>(&*second);
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->pid, ::getpid());
    EXPECT_EQ(other->user, "anna");
    EXPECT_EQ(other->host, host_name());
    EXPECT_EQ(other->command, "docker compose run app migrate");
    EXPECT_EQ(other->since, 7);
    ASSERT_TRUE(holder());
    EXPECT_EQ(holder()->pid, ::getpid());
  }
  EXPECT_FALSE(holder());
  EXPECT_TRUE(held(take()));
}

TEST_F(LockTest, OtherProjectsAndEnginesDoNotMind) {
  const auto mine = take();
  ASSERT_TRUE(held(mine));
  EXPECT_TRUE(held(take("other")));
  EXPECT_TRUE(held(take("shop", "ssh://production")));
}

TEST_F(LockTest, MovesWithItsOwner) {
  auto mine = take();
  ASSERT_TRUE(held(mine));
  {
    const ProjectLock moved = std::move(*std::get_if<ProjectLock>(&*mine));
    EXPECT_FALSE(held(take()));
  }
  EXPECT_TRUE(held(take()));
}

TEST_F(LockTest, IsFreeOnceItsHolderIsKilled) {
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    const auto theirs = take();
    static_cast<void>(::write(ready[1], "x", 1) == 1);
    ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_FALSE(held(take()));
  EXPECT_EQ(holder()->pid, pid);
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  // Its words are still there, and nobody's.
  EXPECT_NE(ScratchDirectory::read(path()).find("anna"), std::string::npos);
  EXPECT_FALSE(holder());
  EXPECT_TRUE(held(take()));
  ::close(ready[0]);
  ::close(ready[1]);
}

class LockWithinTest : public LockTest {
 protected:
  [[nodiscard]] bool let_in(const std::string& run) const {
    const std::string runs[] = {"another", run};
    const auto taken = ProjectLock::take(scratch_.path(), kEngine, "shop", {}, runs);
    const auto* lock = taken.ok() ? std::get_if<ProjectLock>(&*taken) : nullptr;
    return lock != nullptr && !lock->own();
  }
  [[nodiscard]] Result<ProjectLock::Taken> hold() const {
    LockHolder me;
    me.run = "the-run";
    return ProjectLock::take(scratch_.path(), kEngine, "shop", me);
  }
  // What `ask` says in a child.
  static bool in_child(const std::function<bool()>& ask) {
    const pid_t pid = ::fork();
    if (pid == 0) ::_exit(ask() ? 1 : 0);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
  }
};

TEST_F(LockWithinTest, LetsInWhomItsHolderHasStarted) {
  const auto mine = hold();
  ASSERT_TRUE(held(mine));
  EXPECT_TRUE(let_in("the-run"));
  EXPECT_FALSE(let_in("another-run"));
  EXPECT_FALSE(let_in(""));
  EXPECT_TRUE(in_child([&] { return let_in("the-run"); }));
  EXPECT_TRUE(in_child([&] { return in_child([&] { return let_in("the-run"); }); }));
  EXPECT_FALSE(in_child([&] { return let_in("another-run"); }));
}

TEST_F(LockWithinTest, AnOrphanOfItsHolderIsAStranger) {
  const auto mine = hold();
  ASSERT_TRUE(held(mine));
  std::array<int, 2> answer{};
  ASSERT_EQ(::pipe(answer.data()), 0);
  in_child([&] {
    const pid_t parent = ::getpid();
    if (::fork() == 0) {
      while (::getppid() == parent) ::usleep(1000);
      const char said = let_in("the-run") ? 'y' : 'n';
      ::_exit(::write(answer[1], &said, 1) == 1 ? 0 : 1);
    }
    return false;
  });
  char said = 0;
  ASSERT_EQ(::read(answer[0], &said, 1), 1);
  EXPECT_EQ(said, 'n');
  ::close(answer[0]);
  ::close(answer[1]);
}

TEST_F(LockWithinTest, WhoKnowsTheRunIsStillAStranger) {
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    const auto theirs = hold();
    static_cast<void>(::write(ready[1], "x", 1) == 1);
    ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(holder()->run, "the-run");
  EXPECT_FALSE(let_in("the-run"));
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

// `docker compose exec … | gzip | docker compose exec …` in a script: neither can wait.
TEST_F(LockTest, IsSharedInAPipelineOfAScript) {
  const auto take_of = [&](const char* session) {
    LockHolder me;
    me.session = session;
    return ProjectLock::take(scratch_.path(), kEngine, "shop", me);
  };
  enum class Between { kNothing, kPipe, kNamedPipe };
  for (const Between between : {Between::kNothing, Between::kPipe, Between::kNamedPipe}) {
    const bool piped = between != Between::kNothing;
    std::array<int, 2> pipe{};
    std::array<int, 2> told{};
    if (between == Between::kNamedPipe) {
      const std::string name = scratch_ / "between";
      ASSERT_EQ(::mkfifo(name.c_str(), 0600), 0);
      pipe[0] = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
      pipe[1] = ::open(name.c_str(), O_WRONLY);
    } else {
      ASSERT_EQ(::pipe(pipe.data()), 0);
    }
    ASSERT_EQ(::pipe(told.data()), 0);
    const pid_t left = ::fork();
    if (left == 0) {
      if (piped) ::dup2(pipe[1], STDOUT_FILENO);
      const auto mine = take_of("one");
      const char well = held(mine) ? 'y' : 'n';
      if (::write(told[1], &well, 1) != 1) ::_exit(1);
      ::pause();
      ::_exit(0);
    }
    char well = 0;
    ASSERT_EQ(::read(told[0], &well, 1), 1);
    ASSERT_EQ(well, 'y');
    const pid_t right = ::fork();
    if (right == 0) {
      ::dup2(pipe[0], STDIN_FILENO);
      const auto same = take_of("one");
      const auto other = take_of("two");
      const bool shared = held(same) && !std::get_if<ProjectLock>(&*same)->own();
      ::_exit((shared ? 1 : 0) + (held(other) ? 2 : 0));
    }
    int status = 0;
    ::waitpid(right, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), piped ? 1 : 0);
    ::kill(left, SIGKILL);
    ::waitpid(left, &status, 0);
    for (const int each : {pipe[0], pipe[1], told[0], told[1]}) ::close(each);
  }
}

// Somebody holds it, and the words in it are of one before.
TEST_F(LockTest, WordsOfAProcessThatIsNoMoreAreNobodys) {
  const int descriptor = ::open(path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_GE(descriptor, 0);
  ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
  const std::int64_t pid = ::getpid();
  const std::int64_t ticks = began(pid);
  const SignedHolder rows[] = {
      {{pid, "anna", host_name(), "up", 1}, "another-boot", ticks},
      {{pid, "anna", host_name(), "up", 1}, boot_id(), ticks + 1},  // the pid was used again
      {{0x7ffffff0, "anna", host_name(), "up", 1}, boot_id(), 1},
  };
  for (const SignedHolder& row : rows) {
    std::ofstream(path()) << holder_line(row);
    const auto taken = take();
    const auto* other = std::get_if<LockHolder>(&*taken);
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->pid, 0);
    EXPECT_EQ(other->user, "");
  }
  for (const char* text : {"", "{", "\xff\n", "[]"}) {
    std::ofstream(path()) << text;
    ASSERT_TRUE(holder());
    EXPECT_EQ(holder()->pid, 0);
  }
  // Of another machine nothing can be seen from here.
  std::ofstream(path()) << holder_line({{17, "bob", "elsewhere", "down", 1}, "x", 1});
  EXPECT_EQ(holder()->user, "bob");
  ::close(descriptor);
}

TEST_F(LockTest, LookingTakesNothing) {
  const auto first = take();
  ASSERT_TRUE(held(first));
  for (int each = 0; each < 3; ++each) EXPECT_TRUE(holder());
  EXPECT_FALSE(held(take()));
}

TEST_F(LockTest, AStartedProgramDoesNotInheritIt) {
  {
    const auto mine = take();
    ASSERT_TRUE(held(mine));
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      ::execlp("sleep", "sleep", "20", nullptr);
      ::_exit(1);
    }
    // It has run exec once its name has changed.
    const std::string name = "/proc/" + std::to_string(pid) + "/comm";
    while (ScratchDirectory::read(name) != "sleep\n") ::usleep(1000);
    ASSERT_TRUE(held(mine));
    auto gone = take();
    EXPECT_FALSE(held(gone));
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  EXPECT_TRUE(held(take()));
}

TEST_F(LockTest, NamesItsFileReadably) {
  const std::string name = ProjectLock::file_name(kEngine, "shop");
  EXPECT_EQ(name.substr(0, 5), "shop-");
  EXPECT_EQ(name.size(), std::string("shop-.lock").size() + 16);
  EXPECT_NE(name, ProjectLock::file_name("unix:///other.sock", "shop"));
  const std::string hostile = ProjectLock::file_name(kEngine, "../\n\xff " + std::string(500, 'x'));
  EXPECT_EQ(hostile.find('/'), std::string::npos);
  EXPECT_LT(hostile.size(), 80U);
  // Where one ends and the other begins is part of it.
  EXPECT_NE(ProjectLock::file_name("a", "bc"), ProjectLock::file_name("ab", "c"));
}

TEST_F(LockTest, FailsWithoutAPlaceForIt) {
  std::ofstream(scratch_ / "file") << "x";
  EXPECT_FALSE(ProjectLock::take(scratch_ / "file/locks", kEngine, "shop", {}).ok());
  const auto answer = ProjectLock::holder(scratch_ / "nowhere", kEngine, "shop");
  ASSERT_TRUE(answer.ok());
  EXPECT_FALSE(*answer);
}

TEST(ProcessIdentity, KnowsWhatRuns) {
  const std::int64_t me = ::getpid();
  EXPECT_GT(began(me), 0);
  EXPECT_TRUE(still_runs(me, boot_id(), began(me)));
  EXPECT_TRUE(still_runs(me, "", 0));
  EXPECT_FALSE(still_runs(me, "another", 0));
  EXPECT_FALSE(still_runs(me, boot_id(), began(me) - 1));
  EXPECT_FALSE(still_runs(0, "", 0));
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) ::_exit(0);
  siginfo_t info{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), 0);
  EXPECT_FALSE(still_runs(pid, "", 0)) << "a zombie has ended";
  ::waitpid(pid, nullptr, 0);
}

}  // namespace
}  // namespace composelint::guard
