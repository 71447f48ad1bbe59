#include "guard/housekeeping.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "guard/journal.h"
#include "guard/process_identity.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/recovering_engine.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

// A run whose guard is gone, and what the engine says of its task.
struct LeftOver {
  explicit LeftOver(const std::string& task) {
    around.home_directory = home.path();
    around.directory = home.path();
    run = dead_run(home.path(), "run");
    run.id = kId;
    run.argv = {"docker", "compose", "run", "app", "migrate"};
    engine.task(task);
    engine.on({"rm"}, "");
  }
  void begin() {
    auto journal = Journal::open(home / ".local/state/composelint");
    ASSERT_TRUE(journal.ok());
    ASSERT_FALSE(journal->begin(run));
  }
  int recover() {
    begin();
    return recover_runs(options, engine, around);
  }

  ScratchDirectory home;
  FakeSurroundings around;
  Engine engine;
  GuardOptions options;
  JournalRun run;
};

// Each end is one of the table in docs/guard.md.
TEST(Recover, EndsWithTheCodeOfWhatItLeaves) {
  LeftOver unasked(kEnded);
  EXPECT_EQ(unasked.recover(), 100);
  LeftOver refused(kEnded);
  refused.around.answers = {"n"};
  EXPECT_EQ(refused.recover(), 100);
  LeftOver runs(kRuns);
  runs.options.yes = true;
  EXPECT_EQ(runs.recover(), 105);
  LeftOver document(kRuns);
  document.options.yes = document.options.json = true;
  EXPECT_EQ(document.recover(), 105);
  EXPECT_NE(document.around.printed.find("\"exit\": \"lost\""), std::string::npos)
      << document.around.printed;
  LeftOver ended(kEnded);
  ended.options.yes = true;
  EXPECT_EQ(ended.recover(), 0) << ended.around.said;
}

TEST(Status, TellsOfAScriptWhoseGuardIsGone) {
  for (const bool gone : {true, false}) {
    LeftOver step("");
    step.run.pid = step.run.session_pid = ::getpid();
    step.run.boot = boot_id();
    step.run.ticks = began(::getpid());
    step.run.session_ticks = step.run.ticks + (gone ? 1 : 0);
    step.run.session = "s1";
    step.begin();
    EXPECT_EQ(show_status(step.options, step.engine, step.around), 0);
    EXPECT_EQ(step.around.printed.find("the guard of its script is gone") != std::string::npos,
              gone)
        << step.around.printed;
  }
}

}  // namespace
}  // namespace composelint::guard
