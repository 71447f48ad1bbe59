#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "guard/process_identity.h"
#include "guard/recovery.h"
#include "guard/recovery_look.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/recovering_engine.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

// `exec` has no container of its own: its process is asked for by the id that the journal has.
TEST(RecoverExec, AsksForItsProcess) {
  const ScratchDirectory scratch;
  auto journal = Journal::open(scratch / "state");
  ASSERT_TRUE(journal.ok());
  Engine engine;
  FakeSurroundings around;
  JournalRun run = dead_run(scratch.path(), "exec");
  run.engine = "unix:///run/e.sock";
  run.argv = {"docker", "compose", "exec", "app", "migrate"};
  run.service = "app";
  engine.reaches(run.engine);
  const std::string die = R"({"Action":"exec_die","Actor":{"Attributes":{"execID":"p1",)"
                          R"("exitCode":"3"}}})"
                          "\n";
  const std::string other = R"({"Action":"exec_die","Actor":{"Attributes":{"execID":"h1",)"
                            R"("exitCode":"0"}}})"
                            "\n";
  const struct {
    const char* what;
    std::vector<std::string> processes;
    Captured inspect;
    std::string events;
    bool runs;
    bool open;
    const char* said;
    int code;
  } rows[] = {
      {"runs",
       {"p1"},
       {{}, "[\"h1\",\"p1\"]\n", ""},
       "",
       true,
       true,
       "still runs and is left alone",
       -1},
      {"ended", {"p1"}, {{}, "[\"h1\"]\n", ""}, other + die, false, false, "ended with 3", 3},
      {"forgotten",
       {"p1"},
       {{}, "null\n", ""},
       other,
       false,
       false,
       "how it ended is not known",
       -1},
      {"one of two", {"p0", "p1"}, {{}, "null\n", ""}, die, false, false, "is not known", -1},
      {"container gone",
       {"p1"},
       {{EndKind::kExited, 1}, "", "Error: No such container: x"},
       die,
       false,
       false,
       "ended with 3",
       3},
      {"no answer",
       {"p1"},
       {{EndKind::kExited, 1}, "", "cannot connect"},
       "",
       false,
       true,
       "still runs is not known: cannot connect",
       -1},
      {"never seen", {}, {{}, "null\n", ""}, die, false, false, "ever began was not seen", -1},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    run.id = own_id(static_cast<int>(&row - rows));
    engine.rows.insert(engine.rows.begin(), {{"{{json .ExecIDs}}"}, row.inspect});
    engine.rows.insert(engine.rows.begin(), {{"events"}, {{}, row.events, ""}});
    engine.rows.insert(engine.rows.begin(), {{"ps"}, {{}, "", ""}});
    ASSERT_FALSE(journal->begin(run));
    if (!row.processes.empty()) {
      ASSERT_FALSE(journal->entered(run.id, kTask, row.processes));
    }
    const auto found = leftovers({journal->read()->runs.back()}, engine, around);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].running, row.runs);
    const auto done = recover(found[0], *journal, engine, around);
    ASSERT_TRUE(done.ok());
    std::string said;
    for (const std::string& sentence : *done) said += sentence + "\n";
    EXPECT_NE(said.find(row.said), std::string::npos) << said;
    const JournalRun after = journal->read()->runs.back();
    EXPECT_EQ(after.open(), row.open);
    EXPECT_EQ(after.code, row.code);
  }
}

// The container of `run --rm` goes away with its end: the events of the engine tell of it.
TEST(RecoverRun, AsksForTheEndOfAContainerThatIsGone) {
  const ScratchDirectory scratch;
  auto journal = Journal::open(scratch / "state");
  ASSERT_TRUE(journal.ok());
  Engine engine;
  FakeSurroundings around;
  JournalRun run = dead_run(scratch.path(), "run");
  run.engine = "unix:///run/e.sock";
  engine.reaches(run.engine);
  const auto die = [](const std::string& id, const std::string& code) {
    return R"({"Action":"die","Actor":{"Attributes":{"composelint.run":")" + id +
           R"(","exitCode":")" + code + "\"}}}\n";
  };
  const struct {
    std::string id;
    std::string events;
    const char* said;
    int code;
  } rows[] = {
      {own_id(10), die("another", "3") + die(own_id(10), "7"), "its task ended with 7", 7},
      {own_id(11), die(own_id(11), "0"), "its task ended with 0", 0},
      {own_id(12), die("another", "3") + "{\n", "how its task ended is not known", -1},
      {own_id(13), "", "how its task ended is not known", -1},
  };
  for (const auto& row : rows) {
    run.id = row.id;
    engine.rows.insert(engine.rows.begin(), {{"ps"}, {{}, "", ""}});
    engine.rows.insert(engine.rows.begin(),
                       {{"events", "label=composelint.run=" + run.id}, {{}, row.events, ""}});
    ASSERT_FALSE(journal->begin(run));
    const auto found = leftovers({journal->read()->runs.back()}, engine, around);
    ASSERT_EQ(found.size(), 1U);
    const auto done = recover(found[0], *journal, engine, around);
    ASSERT_TRUE(done.ok());
    EXPECT_NE(done->front().find(row.said), std::string::npos) << done->front();
    const JournalRun after = journal->read()->runs.back();
    EXPECT_FALSE(after.open());
    EXPECT_EQ(after.code, row.code);
  }
}

// Guard was killed when its client had just begun: the container comes later.
TEST(RecoverRun, LeavesAloneWhatItsClientMayStartYet) {
  const ScratchDirectory scratch;
  auto journal = Journal::open(scratch / "state");
  ASSERT_TRUE(journal.ok());
  Engine engine;
  FakeSurroundings around;
  JournalRun run = dead_run(scratch.path(), "run");
  run.id = kId;
  ASSERT_FALSE(journal->begin(run));
  ASSERT_FALSE(journal->paused(run.id, {"worker"}));

  const pid_t client = ::fork();
  if (client == 0) {
    const std::string label = "composelint.run=" + run.id;
    ::execlp("sh", "sh", "-c", "kill -STOP $$", "sh", "--label", label.c_str(), nullptr);
    ::_exit(127);
  }
  while (process_with_argument("composelint.run=" + run.id) != client) ::usleep(1000);
  EXPECT_EQ(process_with_argument("composelint.run=" + run.id + "0"), 0);

  // A container that is made and not started yet is the client's as well.
  for (const std::string& answer :
       {std::string(), container(kTask, "created", "Created", "app", "True")}) {
    engine.task(answer);
    const auto found = leftovers(journal->read()->runs, engine, around);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].running);
    const auto done = recover(found[0], *journal, engine, around);
    ASSERT_TRUE(done.ok());
    EXPECT_NE(done->front().find("its client still runs in process " + std::to_string(client)),
              std::string::npos)
        << done->front();
    EXPECT_TRUE(journal->read()->runs.back().open());
  }

  ::kill(client, SIGKILL);
  ASSERT_EQ(::waitpid(client, nullptr, 0), client);
  EXPECT_EQ(process_with_argument("composelint.run=" + run.id), 0);
}

// An exec has no label: the run stands in the environment of its client.
TEST(ProcessOfRun, IsFoundByTheVariableOfItsRun) {
  const std::string id = "run-" + std::to_string(::getpid());
  const pid_t client = ::fork();
  if (client == 0) {
    ::setenv("COMPOSELINT_RUN", ("outer-" + id + " " + id).c_str(), 1);
    ::execlp("sh", "sh", "-c", "kill -STOP $$", "docker", "exec", "app", nullptr);
    ::_exit(127);
  }
  while (process_of_run(id, "exec") != client) ::usleep(1000);
  EXPECT_EQ(process_of_run("outer-" + id, "exec"), client);
  EXPECT_EQ(process_of_run(id + "0", "exec"), 0);
  EXPECT_EQ(process_of_run(id, "up"), 0);
  JournalRun run;
  run.id = id;
  run.verb = "exec";
  EXPECT_EQ(client_of(run), client);
  run.processes = {"4711"};
  EXPECT_EQ(client_of(run), 0);
  ::kill(client, SIGKILL);
  ASSERT_EQ(::waitpid(client, nullptr, 0), client);
  run.processes.clear();
  EXPECT_EQ(client_of(run), 0);
}

}  // namespace
}  // namespace composelint::guard
