// Steps that a script starts beside each other (`&`): one after the other, and none is lost.
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <optional>

#include "guard/lock.h"
#include "guard/process_identity.h"
#include "tests/guard/corridor_case.h"

namespace composelint::guard {
namespace {

constexpr const char* kEngine = "unix:///var/run/docker.sock";
const std::vector<std::string> kExec = {"docker", "compose", "exec", "-T", "app", "./tidy"};

// Each wait takes a minute.
class WaitingProcesses : public ScriptedProcesses {
 public:
  explicit WaitingProcesses(FakeSurroundings& around) : around_(around) {}
  int waits = 0;
  std::function<int(int)> on_wait;  // which one it is; the signal that comes meanwhile

  int wait(std::span<Child* const>, std::chrono::milliseconds time) override {
    if (time.count() == 0) return 0;
    around_.up += std::chrono::minutes(1);
    return on_wait ? on_wait(++waits) : 0;
  }

 private:
  FakeSurroundings& around_;
};

struct StepCase : CorridorCase {
  StepCase() : CorridorCase(kExec), waiting(around) {
    options.session = "this-script";
    std::filesystem::create_directories(state());
  }
  int go() { return guard_through(options, waiting, around, doors); }

  // Another step, or a stranger.
  [[nodiscard]] std::optional<ProjectLock> held(const std::string& session, bool follows) const {
    LockHolder other;
    other.user = "berta";
    other.command = "docker compose exec app ./slow";
    other.session = session;
    other.follows = follows;
    auto taken = ProjectLock::take(state(), kEngine, "shop", other);
    auto* lock = taken ? std::get_if<ProjectLock>(&*taken) : nullptr;
    if (lock == nullptr) return std::nullopt;
    return std::move(*lock);
  }

  WaitingProcesses waiting;
};

TEST(Steps, WaitForThoseBeforeThem) {
  StepCase test;
  auto other = test.held("this-script", false);
  ASSERT_TRUE(other);
  test.waiting.on_wait = [&](int number) {
    EXPECT_TRUE(test.executed.empty());
    if (number == 3) other.reset();
    return 0;
  };
  EXPECT_EQ(test.go(), 0) << test.around.said;
  EXPECT_EQ(test.executed.size(), 1U);
  EXPECT_EQ(test.waiting.waits, 3);
  const std::string& said = test.around.said;
  const std::size_t at =
      said.find("waits for another step of this script: docker compose exec app");
  ASSERT_NE(at, std::string::npos) << said;
  EXPECT_EQ(said.find("waits for", at + 1), std::string::npos) << said;
}

TEST(Steps, OfAnotherScriptAreStrangers) {
  for (const char* session : {"", "another-script"}) {
    StepCase test;
    const auto other = test.held(session, true);
    ASSERT_TRUE(other);
    EXPECT_EQ(test.go(), 102) << session;
    EXPECT_EQ(test.waiting.waits, 0) << session;
    EXPECT_TRUE(test.executed.empty());
  }
}

TEST(Steps, WaitNoLongerThanAnHour) {
  StepCase test;
  const auto other = test.held("this-script", false);
  ASSERT_TRUE(other);
  test.waiting.on_wait = [](int) { return 0; };
  EXPECT_EQ(test.go(), 102);
  EXPECT_EQ(test.waiting.waits, 60);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find("after an hour: docker compose exec app ./slow; nothing has"),
            std::string::npos)
      << test.around.said;
}

TEST(Steps, AreEndedAsTheyWait) {
  StepCase test;
  const auto other = test.held("this-script", false);
  ASSERT_TRUE(other);
  test.waiting.on_wait = [](int number) { return number == 2 ? SIGTERM : 0; };
  EXPECT_EQ(test.go(), 128 + SIGTERM);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_TRUE(test.journal().runs.empty());
}

// `docker compose up &`: nobody would ever end it.
TEST(Steps, BesideOneThatFollowsComeOneByOne) {
  StepCase test;
  const auto up = test.held("this-script", true);
  ASSERT_TRUE(up && up->own());
  auto beside = test.held("this-script", false);
  ASSERT_TRUE(beside && !beside->own());
  EXPECT_FALSE(test.held("another-script", false));
  test.waiting.on_wait = [&](int) {
    EXPECT_TRUE(test.executed.empty());
    beside.reset();
    return 0;
  };
  EXPECT_EQ(test.go(), 0) << test.around.said;
  EXPECT_EQ(test.executed.size(), 1U);
  EXPECT_EQ(test.waiting.waits, 1);
}

TEST(Steps, KnowWhichOfThemFollows) {
  const struct {
    std::vector<std::string> words;
    bool follows;
  } rows[] = {{{"up"}, true},
              {{"up", "-d"}, false},
              {{"up", "--wait"}, false},
              {{"up", "--no-start"}, false},
              {{"restart"}, false}};
  for (const auto& row : rows) {
    StepCase test;
    test.options.command = {"docker", "compose"};
    test.options.command.insert(test.options.command.end(), row.words.begin(), row.words.end());
    test.on_execute = [&](const ExecutionRequest&) {
      EXPECT_EQ(test.last().follows, row.follows) << row.words.front();
      EXPECT_EQ(test.held("this-script", false).has_value(), row.follows) << row.words.front();
    };
    EXPECT_EQ(test.go(), 0) << test.around.said;
    EXPECT_EQ(test.executed.size(), 1U);
  }
}

// What had its part in the lock of another (a pipeline) outlives that.
TEST(Steps, WaitForOnesThatAreOpen) {
  const struct {
    const char* session;
    bool follows;
    bool alive;
    int waits;
    int code;
  } rows[] = {{"this-script", false, true, 2, 0},
              {"this-script", true, true, 0, 0},
              {"this-script", false, false, 0, 100},  // it never came to its end
              {"another-script", false, true, 0, 100}};
  for (const auto& row : rows) {
    StepCase test;
    JournalRun open;
    open.id = "fedcba9876543210";
    open.project = "shop";
    open.session = row.session;
    open.follows = row.follows;
    open.argv = {"docker", "compose", "exec", "app", "./slow"};
    open.pid = ::getpid();
    open.boot = boot_id();
    open.ticks = began(open.pid) + (row.alive ? 0 : 1);
    auto journal = Journal::open(test.state());
    ASSERT_TRUE(journal);
    ASSERT_FALSE(journal->begin(open));
    test.waiting.on_wait = [&](int number) {
      open.ended = 1;
      if (number == row.waits) {
        EXPECT_FALSE(journal->end(open));
      }
      return 0;
    };
    EXPECT_EQ(test.go(), row.code) << row.session << row.follows << ": " << test.around.said;
    EXPECT_EQ(test.waiting.waits, row.waits);
    EXPECT_EQ(test.executed.size(), row.code == 0 ? 1U : 0U);
  }
}

}  // namespace
}  // namespace composelint::guard
