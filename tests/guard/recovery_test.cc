#include "guard/recovery.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include "guard/output_file.h"
#include "guard/process_identity.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/recovering_engine.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

class RecoveryTest : public testing::Test {
 protected:
  RecoveryTest() {
    auto opened = Journal::open(scratch_ / "state");
    EXPECT_TRUE(opened.ok());
    journal_.emplace(std::move(*opened));
    run_.id = kId;
    run_.project = "shop";
    run_.engine = "unix:///run/e.sock";
    run_.directory = scratch_.path();
    run_.argv = {"docker", "compose", "run", "app", "migrate"};
    run_.docker = {"sudo", "docker", "--context", "x"};
    run_.started = 5;
    run_.pid = 1;
    run_.boot = "another boot";
    engine_.reaches(run_.engine);
    engine_.task("");
  }

  void pauses(const std::vector<std::string>& services) { run_.paused = services; }
  std::string writes() {
    auto file = OutputFile::create(scratch_ / "db.sql", kId);
    EXPECT_TRUE(file.ok());
    run_.output = scratch_ / "db.sql";
    run_.output_temporary = file->temporary();
    return run_.output_temporary;
  }
  // Begins it in the journal, and sees what is left of it.
  Leftover left() {
    EXPECT_FALSE(journal_->begin(run_));
    if (!run_.paused.empty()) {
      EXPECT_FALSE(journal_->paused(run_.id, run_.paused));
    }
    const auto found = leftovers(journal_->read()->runs, engine_, around_);
    EXPECT_EQ(found.size(), 1U);
    return found.at(0);
  }
  std::string recovered(const Leftover& leftover) {
    const auto done = recover(leftover, *journal_, engine_, around_);
    EXPECT_TRUE(done.ok()) << done.failure().message;
    std::string text;
    for (const std::string& sentence : *done) text += sentence + "\n";
    return text;
  }
  JournalRun journalled() {
    const auto reading = journal_->read();
    EXPECT_EQ(reading->runs.size(), 1U);
    return reading->runs.at(0);
  }
  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  ScratchDirectory scratch_;
  std::optional<Journal> journal_;
  JournalRun run_;
  Engine engine_;
  FakeSurroundings around_;
};

TEST_F(RecoveryTest, AnEndedRunLeavesNothing) {
  run_.ended = 6;
  EXPECT_TRUE(leftovers({run_}, engine_, around_).empty());
  EXPECT_TRUE(engine_.asked.empty());
}

TEST_F(RecoveryTest, AliveIsWhoeverHasThePidTheBootAndTheBeginning) {
  struct Row {
    std::int64_t pid;
    std::string boot;
    std::int64_t ticks;
    bool alive;
  };
  const std::int64_t me = ::getpid();
  const Row rows[] = {{me, boot_id(), began(me), true},
                      {me, boot_id(), 0, true},
                      {me, boot_id(), began(me) + 1, false},  // the pid is used again
                      {me, "another boot", began(me), false},
                      {0, boot_id(), 0, false}};
  for (const Row& row : rows) {
    run_.pid = row.pid;
    run_.boot = row.boot;
    run_.ticks = row.ticks;
    const auto found = leftovers({run_}, engine_, around_);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].alive, row.alive) << row.pid << row.boot << row.ticks;
  }
}

TEST_F(RecoveryTest, WhoIsAliveIsLeftAlone) {
  run_.pid = ::getpid();
  run_.boot = boot_id();
  engine_.task(kRuns);
  pauses({"worker"});
  const std::string temporary = writes();
  const Leftover leftover = left();
  // What is at work is told, and no part of it is left over.
  EXPECT_TRUE(leftover.running);
  EXPECT_EQ(leftover.containers.size(), 1U);
  EXPECT_TRUE(leftover.paused.empty());
  EXPECT_TRUE(leftover.temporary.empty());
  engine_.asked.clear();
  EXPECT_TRUE(has(recovered(leftover), "still runs in process"));
  EXPECT_TRUE(engine_.asked.empty());
  EXPECT_TRUE(std::filesystem::exists(temporary));
  EXPECT_TRUE(journalled().open());
}

TEST_F(RecoveryTest, SeesWhatIsLeft) {
  engine_.task(kEnded + kRuns);
  pauses({"worker", "mailer"});
  const std::string temporary = writes();
  const Leftover leftover = left();
  EXPECT_EQ(leftover.containers.size(), 2U);
  EXPECT_TRUE(leftover.running);
  EXPECT_EQ(leftover.paused, run_.paused);
  EXPECT_EQ(leftover.temporary, temporary);
  EXPECT_TRUE(leftover.failure.empty()) << leftover.failure;
  // Of its own engine, by its own way.
  EXPECT_EQ(engine_.calls({"sudo", "docker", "--context", "x", "ps"}), 1U);
}

TEST_F(RecoveryTest, EachRunIsAskedForByItsOwnLabel) {
  JournalRun other = run_;
  other.id = "fedcba9876543210";
  other.docker.clear();
  engine_.task(kEnded);
  engine_.on({"docker", "label=composelint.run=fedcba9876543210"}, kRuns);
  const auto found = leftovers({run_, other}, engine_, around_);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_FALSE(found[0].running);
  EXPECT_TRUE(found[1].running);
}

TEST_F(RecoveryTest, PutsAllOfItRight) {
  engine_.task(kEnded);
  engine_.stack(kPaused);
  engine_.after = {{"unpause", kUp}};
  engine_.on({"rm", "-v", kTask}, "");
  engine_.on({"compose", "-p", "shop", "unpause", "worker"}, "");
  pauses({"worker"});
  const std::string temporary = writes();
  const std::string told = recovered(left());
  EXPECT_TRUE(has(told, "container aaaaaaaaaaaa, which ended with 3, is removed")) << told;
  EXPECT_TRUE(has(told, "worker is resumed")) << told;
  EXPECT_TRUE(has(told, temporary + " is removed")) << told;
  EXPECT_FALSE(std::filesystem::exists(temporary));
  EXPECT_EQ(engine_.calls({"unpause"}), 1U);
  EXPECT_EQ(engine_.calls({"rm", "--force"}) + engine_.calls({"rm", "-f"}), 0U);
  const JournalRun run = journalled();
  EXPECT_EQ(run.end, "recovered");
  EXPECT_EQ(run.ended, around_.clock);
  EXPECT_EQ(run.code, 3);
  EXPECT_FALSE(run.verified);
  EXPECT_TRUE(run.paused.empty());
  // Nothing is left over then.
  EXPECT_TRUE(leftovers(journal_->read()->runs, engine_, around_).empty());
}

TEST_F(RecoveryTest, NothingButTheEndIsMissing) {
  const std::string told = recovered(left());
  EXPECT_EQ(told, "the run is ended in the journal as recovered\n");
  EXPECT_EQ(journalled().code, -1);
}

TEST_F(RecoveryTest, ATaskThatStillRunsIsLeftWithAllItHas) {
  for (const std::string state : {"running", "paused", "restarting"}) {
    engine_.asked.clear();
    engine_.task(container(kTask, state, "Up", "app", "True"));
    const Leftover leftover = [&] {
      if (state != "running") return leftovers(journal_->read()->runs, engine_, around_).at(0);
      pauses({"worker"});
      writes();
      return left();
    }();
    const std::string told = recovered(leftover);
    EXPECT_TRUE(has(told, "still runs in container aaaaaaaaaaaa")) << told;
    EXPECT_TRUE(has(told, "worker stays paused")) << told;
    EXPECT_EQ(engine_.calls({"rm"}) + engine_.calls({"unpause"}), 0U);
    EXPECT_TRUE(std::filesystem::exists(run_.output_temporary));
    EXPECT_TRUE(journalled().open());
  }
}

TEST_F(RecoveryTest, WhatEndedMeanwhileIsSeen) {
  engine_.task(kRuns);
  const Leftover leftover = left();
  engine_.task(kEnded);
  engine_.on({"rm", "-v"}, "");
  EXPECT_TRUE(has(recovered(leftover), "is removed"));
  EXPECT_FALSE(journalled().open());
}

TEST_F(RecoveryTest, AStepThatFailsDoesNotStopTheOthers) {
  engine_.task(kEnded);
  engine_.stack(kPaused);
  engine_.on({"rm", "-v"}, "", 1, "Error response from daemon: driver failed\n");
  engine_.on({"compose", "unpause"}, "", 1, "docker: unknown command: docker compose\n");
  engine_.on({"unpause", kWorker}, "", 1, "Error response from daemon: cannot thaw\n");
  pauses({"worker"});
  const std::string temporary = writes();
  const std::string told = recovered(left());
  EXPECT_TRUE(has(told, "cannot be removed: Error response from daemon: driver failed")) << told;
  EXPECT_TRUE(has(told, "worker cannot be resumed: Error response from daemon: cannot thaw"))
      << told;
  EXPECT_FALSE(std::filesystem::exists(temporary));
  EXPECT_TRUE(has(told, "the run stays open")) << told;
  EXPECT_TRUE(journalled().open());
  EXPECT_EQ(journalled().paused, std::vector<std::string>{"worker"});
}

TEST_F(RecoveryTest, WhatCannotBeAskedForDoesNotStopTheOthers) {
  engine_.rows.clear();
  engine_.reaches(run_.engine);
  engine_.on({"label=composelint.run=" + kId}, "", 1, "Cannot connect\n");
  engine_.stack(kUp);
  pauses({"worker"});
  const std::string temporary = writes();
  const Leftover leftover = left();
  EXPECT_EQ(leftover.failure, "Cannot connect");
  const std::string told = recovered(leftover);
  EXPECT_TRUE(has(told, "its containers are not known: Cannot connect")) << told;
  EXPECT_FALSE(std::filesystem::exists(temporary));
  EXPECT_TRUE(journalled().open());
}

// `docker compose unpause` of what it does not find is 0 and does nothing.
TEST_F(RecoveryTest, TheStatusOfComposeIsNoProof) {
  engine_.stack(kPaused);
  engine_.on({"compose", "unpause"}, "");
  engine_.on({"docker", "unpause", kWorker}, "");
  pauses({"worker"});
  EXPECT_TRUE(has(recovered(left()), "worker is resumed"));
  EXPECT_EQ(engine_.calls({"unpause", kWorker}), 1U);
  EXPECT_FALSE(journalled().open());
}

TEST_F(RecoveryTest, WhatAServiceNeedsDependsOnItsState) {
  struct Row {
    std::string stack;
    std::string told;
    std::size_t unpaused;
    std::size_t started;
  };
  const std::string other(64, 'c');
  const Row rows[] = {
      {kPaused, "worker is resumed", 1, 0},
      {kUp, "worker runs already", 0, 0},
      {"", "worker has no container any more", 0, 0},
      // A restart of the engine has ended it.
      {kStopped, "worker is started again", 0, 1},
      // One of two is paused still.
      {kUp + container(other, "paused", "Up", "worker"), "worker is resumed", 1, 0},
      {kUp + container(other, "exited", "Exited (0)", "worker"), "worker runs already", 0, 0},
      // A one-off of the service is not the service.
      {kUp + container(other, "paused", "Up", "worker", "True"), "worker runs already", 0, 0}};
  int number = 0;
  for (const Row& row : rows) {
    run_.id = "000000000000000" + std::to_string(number++);
    Engine engine;
    engine.on({"label=composelint.run=" + run_.id}, "");
    engine.reaches(run_.engine);
    engine.stack(row.stack);
    engine.on({"compose", "unpause", "worker"}, "").on({"compose", "start", "worker"}, "");
    engine.after = {{"unpause", kUp}, {"start", kUp}};
    Leftover leftover;
    leftover.run = run_;
    leftover.run.paused = leftover.paused = {"worker"};
    ASSERT_FALSE(journal_->begin(leftover.run));
    const auto done = recover(leftover, *journal_, engine, around_);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->at(0), row.told);
    EXPECT_EQ(engine.calls({"unpause"}), row.unpaused) << row.told;
    EXPECT_EQ(engine.calls({"start"}), row.started) << row.told;
    EXPECT_FALSE(journal_->read()->runs.back().open());
  }
}

// DOCKER_HOST or the context may be another one than at the time.
TEST_F(RecoveryTest, AnotherEngineIsNotTouched) {
  for (const std::string endpoint : {"tcp://production:2376", ""}) {
    engine_.reaches(endpoint);
    engine_.task(kEnded);
    Leftover leftover;
    leftover.run = run_;
    leftover.run.paused = leftover.paused = {"worker"};
    engine_.asked.clear();
    const std::string told = recovered(leftover);
    EXPECT_TRUE(has(told, "the run was on unix:///run/e.sock")) << told;
    EXPECT_TRUE(has(told, "worker may still be paused")) << told;
    EXPECT_EQ(engine_.calls({"rm"}) + engine_.calls({"compose"}), 0U);
    EXPECT_EQ(engine_.asked.size(), 2U);
    EXPECT_TRUE(has(told, "stays open"));
  }
}

TEST_F(RecoveryTest, AContainerThatIsGoneIsNoFailure) {
  for (const std::string words :
       {"Error response from daemon: No such container: aa\n",
        "Error response from daemon: removal of container aa is already in progress\n"}) {
    Engine engine;
    engine.reaches(run_.engine);
    engine.task(kEnded);
    engine.on({"rm", "-v"}, "", 1, words);
    Leftover leftover;
    leftover.run = run_;
    ASSERT_FALSE(journal_->begin(run_));
    const auto done = recover(leftover, *journal_, engine, around_);
    ASSERT_TRUE(done.ok());
    EXPECT_FALSE(journal_->read()->runs.back().open()) << words;
    ASSERT_TRUE(std::filesystem::remove(journal_->path()));
    journal_.emplace(std::move(*Journal::open(scratch_ / "state")));
  }
}

TEST_F(RecoveryTest, OnlyAnOutputOfGuardIsTakenAway) {
  ASSERT_TRUE(std::filesystem::create_directory(scratch_ / ".d.part"));
  ScratchDirectory::append(scratch_ / "mine", "x");
  ASSERT_EQ(::symlink((scratch_ / "mine").c_str(), (scratch_ / ".l.part").c_str()), 0);
  for (const std::string name : {"mine", ".d.part", ".l.part"}) {
    Leftover leftover;
    leftover.run = run_;
    leftover.run.output_temporary = leftover.temporary = scratch_ / name;
    const std::string told = recovered(leftover);
    EXPECT_TRUE(has(told, "is no output of guard's")) << told;
    EXPECT_TRUE(std::filesystem::exists(scratch_ / name));
    EXPECT_TRUE(has(told, "stays open"));
  }
}

TEST_F(RecoveryTest, AnOutputThatIsGoneIsNoFailure) {
  const std::string temporary = writes();
  const Leftover leftover = left();
  ASSERT_TRUE(std::filesystem::remove(temporary));
  EXPECT_EQ(recovered(leftover), "the run is ended in the journal as recovered\n");
}

TEST_F(RecoveryTest, WhatDockerCannotSayIsTold) {
  engine_.task("no json\n");
  const Leftover leftover = left();
  EXPECT_EQ(leftover.failure, "docker ps cannot be read");
  EXPECT_TRUE(has(recovered(leftover), "its containers are not known"));
  EXPECT_TRUE(journalled().open());
}

TEST_F(RecoveryTest, AJournalThatTakesNoEndIsAFailure) {
  engine_.task(kEnded);
  engine_.on({"rm", "-v"}, "");
  const Leftover leftover = left();
  ASSERT_TRUE(std::filesystem::remove(journal_->path()));
  const auto done = recover(leftover, *journal_, engine_, around_);
  ASSERT_FALSE(done.ok());
  EXPECT_TRUE(has(done.failure().message, "cannot be ended")) << done.failure().message;
  EXPECT_TRUE(has(done.failure().message, "is removed")) << done.failure().message;
}

}  // namespace
}  // namespace composelint::guard
