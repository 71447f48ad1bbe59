#include "guard/recovery.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "guard/process_identity.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scratch_directory.h"
#include "tests/guard/scripted_processes.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

const std::string kId = "0123456789abcdef";

std::string container(const std::string& id, const std::string& state, const std::string& status,
                      const std::string& service = "app", const std::string& oneoff = "False") {
  return R"({"id":")" + id + R"(","name":"shop-)" + id + R"(","state":")" + state +
         R"(","status":")" + status + R"(","service":")" + service + R"(","oneoff":")" + oneoff +
         "\"}\n";
}

class RecoveryTest : public testing::Test {
 protected:
  RecoveryTest() {
    run.id = kId;
    run.project = "shop";
    run.docker = {"sudo", "docker"};
    run.pid = 1 << 30;  // nobody's
    run.boot = boot_id();
    run.started = 5;
  }
  Journal journal() const {
    auto opened = Journal::open(scratch / "state");
    EXPECT_TRUE(opened.ok());
    return std::move(*opened);
  }
  void its_containers(const std::string& lines, int code = 0, const std::string& err = "") {
    processes.on({"label=composelint.run=" + kId}, lines, code, err);
  }
  Leftover found() {
    const auto all = leftovers({run}, processes, around);
    EXPECT_EQ(all.size(), 1U);
    return all.empty() ? Leftover{} : all.front();
  }
  // Begins it in the journal, recovers it, and gives what the journal then has.
  JournalRun recovered(Words* sentences = nullptr) {
    Journal open = journal();
    EXPECT_FALSE(open.begin(run));
    if (!run.paused.empty()) {
      EXPECT_FALSE(open.paused(run.id, run.paused));
    }
    const auto done = recover(found(), open, processes, around);
    failure = done.ok() ? "" : done.failure().message;
    if (sentences != nullptr && done.ok()) *sentences = *done;
    const auto reading = open.read();
    EXPECT_TRUE(reading.ok());
    return reading->runs.back();
  }
  [[nodiscard]] bool was_asked(const Words& argv) const {
    return std::find(processes.asked.begin(), processes.asked.end(), argv) != processes.asked.end();
  }

  ScratchDirectory scratch;
  FakeSurroundings around;
  ScriptedProcesses processes;
  JournalRun run;
  std::string failure;
};

TEST_F(RecoveryTest, SeesOnlyRunsThatAreOpen) {
  JournalRun ended = run;
  ended.ended = 9;
  EXPECT_TRUE(leftovers({ended}, processes, around).empty());
  EXPECT_TRUE(processes.asked.empty());
}

TEST_F(RecoveryTest, EndsWhatHasLeftNothing) {
  its_containers("");
  Words sentences;
  const JournalRun after = recovered(&sentences);
  EXPECT_EQ(after.end, "recovered");
  EXPECT_EQ(after.ended, around.clock);
  EXPECT_EQ(after.code, -1);
  EXPECT_EQ(sentences, Words{"how the task ended is not known"});
}

TEST_F(RecoveryTest, LeavesAGuardThatIsAtWork) {
  run.pid = ::getpid();
  run.ticks = began(run.pid);
  its_containers("");
  EXPECT_TRUE(found().alive);
  EXPECT_TRUE(recovered().open());
  EXPECT_NE(failure.find("still runs"), std::string::npos);
  // The same number in another boot is somebody else.
  run.boot = "another";
  EXPECT_FALSE(found().alive);
}

TEST_F(RecoveryTest, RemovesContainersThatHaveEnded) {
  its_containers(container(kId, "exited", "Exited (3) 2 hours ago"));
  processes.on({"rm"}, "");
  Words sentences;
  const JournalRun after = recovered(&sentences);
  EXPECT_EQ(after.code, 3);
  EXPECT_TRUE(was_asked({"sudo", "docker", "rm", "--volumes", kId}));
  EXPECT_EQ(sentences, (Words{"removed container 0123456789ab", "the task had ended with 3"}));
}

TEST_F(RecoveryTest, LeavesATaskThatStillRuns) {
  for (const std::string state : {"running", "paused", "restarting"}) {
    processes = {};
    its_containers(container(kId, state, "Up 3 seconds"));
    run.paused = {"worker"};
    Words sentences;
    EXPECT_TRUE(recovered(&sentences).open()) << state;
    ASSERT_EQ(sentences.size(), 1U);
    EXPECT_NE(sentences[0].find("still runs in container 0123456789ab"), std::string::npos);
    for (const Words& argv : processes.asked) EXPECT_EQ(argv[2], "ps");
  }
}

TEST_F(RecoveryTest, ResumesWhatWasPaused) {
  run.paused = {"worker", "mail", "queue", "gone"};
  its_containers("");
  processes.on({"label=com.docker.compose.project=shop"},
               container("w1", "paused", "Up (Paused)", "worker") +
                   container("w2", "running", "Up", "worker") +
                   container("w3", "paused", "Up (Paused)", "worker", "True") +
                   container("m1", "exited", "Exited (137)", "mail") +
                   container("q1", "running", "Up", "queue") +
                   container("o1", "paused", "Up (Paused)", "other"));
  processes.on({"unpause", "w1"}, "").on({"start", "m1"}, "");
  Words sentences;
  const JournalRun after = recovered(&sentences);
  EXPECT_FALSE(after.open());
  EXPECT_TRUE(after.paused.empty());
  EXPECT_EQ(sentences, (Words{"resumed shop-w1", "started shop-m1",
                              "gone was paused, and has no container any more",
                              "how the task ended is not known"}));
}

TEST_F(RecoveryTest, StaysOpenWhereSomethingFails) {
  run.paused = {"worker"};
  its_containers("");
  processes.on({"label=com.docker.compose.project=shop"},
               container("w1", "paused", "Up (Paused)", "worker"));
  processes.on({"unpause"}, "", 1, "Error response from daemon: no\n");
  const JournalRun after = recovered();
  EXPECT_TRUE(after.open());
  EXPECT_EQ(after.paused, Words{"worker"});
  EXPECT_NE(failure.find("not done: resumed shop-w1"), std::string::npos) << failure;
}

TEST_F(RecoveryTest, StaysOpenWhileTheEngineDoesNotAnswer) {
  its_containers("", 1, "Cannot connect to the Docker daemon\n");
  EXPECT_TRUE(recovered().open());
  EXPECT_NE(failure.find("Cannot connect"), std::string::npos);
}

TEST_F(RecoveryTest, RemovesTheOutputThatWasNotWhole) {
  const std::string temporary = scratch / (".db.sql." + kId + ".part");
  ScratchDirectory::append(temporary, "cut");
  ScratchDirectory::append(scratch / "db.sql", "old");
  run.output = scratch / "db.sql";
  run.output_temporary = temporary;
  its_containers("");
  EXPECT_FALSE(recovered().open());
  EXPECT_FALSE(std::filesystem::exists(temporary));
  EXPECT_EQ(ScratchDirectory::read(run.output), "old");
}

TEST_F(RecoveryTest, RemovesNoFileThatIsNotItsOwn) {
  for (const std::string& name : {std::string("db.sql"), std::string(".db.sql.other.part"),
                                  std::string("db.") + kId + ".part"}) {
    processes = {};
    its_containers("");
    ScratchDirectory::append(scratch / name, "precious");
    run.output_temporary = scratch / name;
    EXPECT_FALSE(recovered().open());
    EXPECT_TRUE(std::filesystem::exists(scratch / name)) << name;
  }
}

}  // namespace
}  // namespace composelint::guard
