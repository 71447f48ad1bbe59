#include <unistd.h>

#include <filesystem>

#include "guard/lock.h"
#include "tests/guard/corridor_case.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

const Words kExec = {"docker", "compose", "exec", "-T", "app", "./tidy"};
const Words kBare = {"docker", "compose", "run", "app", "./tidy"};
const Words kMigration = {"docker", "compose", "run", "--rm", "app", "./manage.py", "migrate"};

constexpr int kBlockedCode = static_cast<int>(GuardExit::kBlocked);

TEST(Corridor, LetsADecentCommandPassWithoutAWord) {
  const Words rows[] = {
      kExec,
      {"docker", "compose", "exec", "-T", "db", "pg_dump", "-U", "app", "shop"},
      {"docker", "compose", "run", "--rm", "app", "./report"},
      {"docker", "compose", "exec", "-T", "app", "./manage.py", "createsuperuser", "--noinput"},
      {"docker", "compose", "up", "-d", "--wait"},
      {"docker", "compose", "restart", "worker"},
      {"docker", "compose", "stop", "worker"},
      {"docker", "compose", "pause", "worker"},
      {"docker", "compose", "pull"},
      {"docker", "compose", "build", "app"},
      {"docker", "compose", "down"},
      {"sudo", "docker", "compose", "up", "-d", "app"},
      {"env", "TAG=1", "docker", "compose", "exec", "app", "sh"},
      {"docker", "compose", "exec", "app", "python", "manage.py", "shell"},
      {"docker", "compose", "run", "--rm", "app", "python", "manage.py", "createsuperuser"},
      {"docker", "compose", "run", "--rm", "--no-deps", "app", "./bin/report-active-users"},
      {"docker", "compose", "exec", "-T", "app", "redis-cli", "flushdb"},
      {"docker", "compose", "exec", "-u", "root", "app", "chown", "-R", "app", "/data"},
      {"docker", "compose", "exec", "app", "sh", "-c", "cd /srv && ./tidy"},
      {"docker", "compose", "exec", "app", "sh", "-ec", "a; b"},
      {"docker", "compose", "cp", "app:/srv/x", "."},
      {"docker", "compose", "start", "worker"},
      {"docker", "compose", "unpause", "worker"},
      {"docker", "compose", "kill", "-s", "HUP", "app"},
      {"docker", "compose", "rm", "-f", "worker"},
      {"docker", "compose", "up", "-d", "--no-deps", "--build", "app"},
      {"docker", "compose", "up", "-d", "--scale", "worker=2", "--remove-orphans"},
      {"docker", "compose", "create"},
      {"docker", "compose", "push", "app"},
      {"docker-compose", "up", "-d"},
      {"timeout", "-k", "5", "600", "docker", "compose", "pull"},
  };
  for (const Words& argv : rows) {
    CorridorCase test(argv);
    EXPECT_EQ(test.run(), 0) << ::testing::PrintToString(argv) << test.around.said;
    EXPECT_EQ(test.around.said, "") << ::testing::PrintToString(argv);
    EXPECT_EQ(test.around.printed, "");
    EXPECT_EQ(test.executed.size(), 1U);
    EXPECT_TRUE(test.around.questions.empty());
  }
}

TEST(Corridor, KnowsThatRedirectionIsNoTerminal) {
  for (const StreamFact& out : {StreamFact{StreamIs::kPipe, ""}, StreamFact{StreamIs::kNull, ""},
                                StreamFact{StreamIs::kFile, "/app/out.txt"}}) {
    for (const Words& argv : {Words{"docker", "compose", "exec", "db", "pg_dump", "-U", "a", "b"},
                              Words{"docker", "compose", "run", "--rm", "app", "./export"}}) {
      for (const StreamIs in : {StreamIs::kNull, StreamIs::kPipe, StreamIs::kTerminal}) {
        CorridorCase test(argv);
        test.around.descriptors = {{0, {in, ""}}, {1, out}, {2, {StreamIs::kPipe, ""}}};
        EXPECT_EQ(test.run(), 0) << test.around.said;
        EXPECT_EQ(test.around.said, "");
      }
    }
  }
  // What stands in the way there: exec asks for a terminal, and has none to read from.
  CorridorCase fed({"docker", "compose", "exec", "app", "./import"});
  fed.around.descriptors[0] = {StreamIs::kFile, "/work/in.csv"};
  EXPECT_EQ(fed.run(), kBlockedCode);
  EXPECT_NE(fed.around.said.find("[exec-stdin-without-t]"), std::string::npos);
}

TEST(Corridor, TakesItselfAwayWhereACommandOnlyLooks) {
  CorridorCase test({"docker", "compose", "ps", "-a"});
  test.configure("guard: {nonsense: 1}\n");  // not even a broken policy is in its way
  EXPECT_EQ(test.run(), 127);                // the fake cannot be replaced
  EXPECT_EQ(test.around.replaced_by, test.options.command);
  EXPECT_EQ(test.snapshots, 0);
  EXPECT_TRUE(test.journal().runs.empty());
}

TEST(Corridor, RunsWhatIsDecidedAndJournalsItBeforeAndAfter) {
  CorridorCase test(kExec);
  test.verification = {{"exit-status", Truth::kSupported, Severity::kError, "it ended with 0"}};
  EXPECT_EQ(test.run(), 0);
  EXPECT_EQ(test.executed, std::vector<Words>{kExec});
  EXPECT_TRUE(test.open_while_it_ran);
  const JournalRun run = test.last();
  EXPECT_EQ(run.id, test.run_id);
  EXPECT_EQ(run.end, "verified");
  EXPECT_TRUE(run.verified);
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.project, "shop");
  EXPECT_EQ(run.engine, "unix:///var/run/docker.sock");
  EXPECT_EQ(run.service, "app");
  EXPECT_EQ(run.argv, kExec);
  EXPECT_EQ(run.answers.back().claim, "exit-status");
}

TEST(Corridor, GivesTheTasksOwnCode) {
  CorridorCase test(kExec);
  test.outcome.code = 42;
  EXPECT_EQ(test.run(), 42);
  EXPECT_EQ(test.last().end, "failed");
  EXPECT_EQ(test.verified, 0);
  EXPECT_EQ(test.around.said, "");
}

TEST(Corridor, BlocksAnErrorWhateverIsSaidYesTo) {
  CorridorCase test(kMigration);
  test.options.yes = true;
  test.around.answers = {"y"};
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_TRUE(test.around.questions.empty());
  EXPECT_NE(test.around.said.find("[backup-taken]"), std::string::npos) << test.around.said;
  EXPECT_NE(test.around.said.find("nothing has been run"), std::string::npos);
  EXPECT_EQ(test.last().end, "blocked");
  EXPECT_FALSE(test.last().open());
}

TEST(Corridor, SaysEachClaimOnce) {
  CorridorCase test(kMigration);
  EXPECT_EQ(test.run(), kBlockedCode);
  const std::string& said = test.around.said;
  const std::size_t first = said.find("[backup-taken]");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(said.find("[backup-taken]", first + 1), std::string::npos) << said;
  EXPECT_EQ(said.find("migration-without-backup"), std::string::npos) << said;
}

TEST(Corridor, RunsAMigrationThatHasItsBackup) {
  CorridorCase test(kMigration);
  test.have_backup();
  test.snapshot.containers.pop_back();  // no worker at work
  EXPECT_EQ(test.run(), 0) << test.around.said;
  EXPECT_EQ(test.around.said, "");
  ASSERT_EQ(test.executed.size(), 1U);
  EXPECT_EQ(test.executed[0][3], "--label");
}

TEST(Corridor, AsksAboutAWarning) {
  const struct {
    const char* answer;  // null: no terminal
    bool yes;
    int code;
  } rows[] = {
      {"y", false, 0},
      {"yes", false, 0},
      {"n", false, kBlockedCode},
      {"", false, kBlockedCode},
      {nullptr, false, kBlockedCode},
      {nullptr, true, 0},
  };
  for (const auto& row : rows) {
    CorridorCase test(kBare);
    test.options.yes = row.yes;
    if (row.answer != nullptr) test.around.answers = {row.answer};
    EXPECT_EQ(test.run(), row.code) << (row.answer == nullptr ? "none" : row.answer);
    EXPECT_EQ(test.executed.size(), row.code == 0 ? 1U : 0U);
    EXPECT_EQ(test.around.questions.size(), row.yes ? 0U : 1U);
    if (!row.yes) {
      EXPECT_NE(test.around.said.find("[run-without-rm]"), std::string::npos);
    }
  }
}

TEST(Corridor, WantsTheNameOfAProtectedProjectTyped) {
  const struct {
    const char* answer;
    bool yes;
    int code;
  } rows[] = {
      {"shop", false, 0},
      {"y", false, kBlockedCode},
      {nullptr, false, kBlockedCode},
      {nullptr, true, kBlockedCode},
  };
  for (const auto& row : rows) {
    CorridorCase test(kExec);
    test.configure(
        "guard: {environments: [{name: production, contexts: default, confirm: type-name}]}\n");
    test.options.yes = row.yes;
    if (row.answer != nullptr) test.around.answers = {row.answer};
    EXPECT_EQ(test.run(), row.code);
    ASSERT_EQ(test.around.questions.size(), 1U);
    EXPECT_NE(test.around.questions[0].find("production"), std::string::npos);
  }
}

TEST(Corridor, ProtectsByContextEndpointProjectAndFiles) {
  const struct {
    const char* where;
    bool fits;
  } rows[] = {
      {"contexts: default", true},
      {"contexts: prod", false},
      {"endpoints: 'unix://*'", true},
      {"endpoints: 'ssh://*'", false},
      {"projects: sh*", true},
      {"projects: other", false},
      {"files: compose.yaml", true},
      {"files: other.yaml", false},
      {"projects: shop, contexts: prod", false},
  };
  for (const auto& row : rows) {
    CorridorCase test(kExec);
    test.configure("guard: {environments: [{name: production, " + std::string(row.where) + "}]}\n");
    EXPECT_EQ(test.run(), row.fits ? kBlockedCode : 0) << row.where << test.around.said;
    EXPECT_EQ(test.around.questions.size(), row.fits ? 1U : 0U) << row.where;
  }
}

TEST(Corridor, WantsWhatAProtectedEnvironmentRequires) {
  CorridorCase test(kExec);
  test.configure(
      "guard: {environments: [{name: production, confirm: none, require: backup-taken}]}\n");
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_NE(test.around.said.find("production asks for it"), std::string::npos) << test.around.said;
}

TEST(Corridor, RunsTheRepairedCommand) {
  CorridorCase test(kBare);
  test.options.fix = true;
  EXPECT_EQ(test.run(), 0) << test.around.said;
  ASSERT_EQ(test.executed.size(), 1U);
  const Words& argv = test.executed[0];
  EXPECT_NE(std::find(argv.begin(), argv.end(), "--rm"), argv.end());
  EXPECT_NE(test.around.said.find("docker compose run --rm app ./tidy"), std::string::npos);
  EXPECT_TRUE(test.around.questions.empty());
  EXPECT_EQ(test.last().argv[3], "--rm");
}

TEST(Corridor, TakesAPersonsWordOnlyWhereNobodyKnowsBetter) {
  const struct {
    bool old_backup;  // there is one, and it is too old: refuted
    int code;
  } rows[] = {{false, 0}, {true, kBlockedCode}};
  for (const auto& row : rows) {
    CorridorCase test(kMigration);
    test.configure(row.old_backup ? "guard: {writers: [cron], backups: [{file: none.sql}]}\n"
                                  : "guard: {writers: [cron]}\n");
    test.snapshot.containers.pop_back();
    test.options.attestations = {{"backup-taken", "snapshot of the disk at noon"}};
    EXPECT_EQ(test.run(), row.code) << test.around.said;
    if (row.code != 0) continue;
    const auto answers = test.last().answers;
    const auto backup = std::find_if(answers.begin(), answers.end(), [](const Answer& answer) {
      return answer.claim == "backup-taken";
    });
    ASSERT_NE(backup, answers.end());
    EXPECT_EQ(backup->origin, "attested by anna");
  }
  CorridorCase test(kMigration);
  test.options.attestations = {{"backup-take", "x"}};
  EXPECT_EQ(test.run(), 2);
  EXPECT_NE(test.around.said.find("did you mean \"backup-taken\"?"), std::string::npos);
}

TEST(Corridor, StandsBackWhileAnotherHoldsTheProject) {
  CorridorCase test(kExec);
  LockHolder other;
  other.user = "berta";
  other.command = "docker compose run --rm app migrate";
  std::filesystem::create_directories(test.state());
  auto taken = ProjectLock::take(test.state(), "unix:///var/run/docker.sock", "shop", other);
  ASSERT_TRUE(taken) << taken.failure().message;
  ASSERT_TRUE(std::holds_alternative<ProjectLock>(*taken));
  EXPECT_EQ(test.run(), static_cast<int>(GuardExit::kLocked));
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find("berta"), std::string::npos) << test.around.said;
}

TEST(Corridor, RunsNothingThatCannotBeWrittenDown) {
  CorridorCase nowhere(kExec);
  nowhere.around.home_directory = "";
  EXPECT_EQ(nowhere.run(), static_cast<int>(GuardExit::kNoJournal));
  EXPECT_TRUE(nowhere.executed.empty());
  CorridorCase file(kExec);
  file.configure("guard: {state-directory: compose.yaml}\n");
  EXPECT_EQ(file.run(), static_cast<int>(GuardExit::kNoJournal));
  EXPECT_TRUE(file.executed.empty());
  EXPECT_NE(file.around.said.find("nothing has been run"), std::string::npos);
}

TEST(Corridor, RunsNothingWithoutAnEngine) {
  CorridorCase test(kExec);
  test.snapshot.engine = {};
  test.snapshot.engine.failure = "Cannot connect to the Docker daemon";
  EXPECT_EQ(test.run(), static_cast<int>(GuardExit::kNoEngine));
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find("Cannot connect"), std::string::npos);
}

TEST(Corridor, RunsNothingThatHasChangedSinceItWasLookedAt) {
  CorridorCase test(kExec);
  test.on_snapshot = [&](int number) {
    if (number == 2) test.snapshot.config.json = "{\"name\":\"shop\",\"services\":{}}";
  };
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find("has changed"), std::string::npos) << test.around.said;
}

TEST(Corridor, LooksAtTheStackAgainOnceAQuestionIsAnswered) {
  CorridorCase test(kBare);
  test.around.answers = {"y"};
  test.on_snapshot = [&](int number) {
    if (number == 2) test.snapshot.engine.podman = true;
  };
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_TRUE(test.executed.empty());
}

TEST(Corridor, TellsWhatWasNotVerified) {
  CorridorCase test(kExec);
  test.verification = {{"services-healthy", Truth::kUnknown, Severity::kError, "not seen"}};
  EXPECT_EQ(test.run(), static_cast<int>(GuardExit::kNotVerified));
  EXPECT_EQ(test.last().end, "not-verified");
  EXPECT_FALSE(test.last().verified);
  EXPECT_NE(test.around.said.find("[services-healthy]"), std::string::npos);
}

TEST(Corridor, LeavesARunOpenWhoseEndIsNotKnown) {
  for (const TaskEnd end : {TaskEnd::kStillRunning, TaskEnd::kUnknown}) {
    CorridorCase test(kExec);
    test.outcome.end = end;
    EXPECT_EQ(test.run(), static_cast<int>(GuardExit::kLost));
    EXPECT_TRUE(test.last().open());
    EXPECT_NE(test.around.said.find("recover"), std::string::npos);
    // What comes next is told to see to it.
    test.outcome.end = TaskEnd::kEnded;
    EXPECT_EQ(test.run(), kBlockedCode);
    EXPECT_NE(test.around.said.find("[nothing-left-open]"), std::string::npos);
  }
}

TEST(Corridor, ResumesWritersOnEveryWayOut) {
  for (const int code : {0, 3}) {
    CorridorCase test(kMigration);
    ScratchDirectory::append(test.work / "app.sql", "x\n-- PostgreSQL database dump complete\n");
    test.configure("guard: {backups: [{file: app.sql}]}\n");
    test.options.pause_writers = true;
    test.outcome.code = code;
    bool journalled = false;
    test.on_execute = [&](const ExecutionRequest&) {
      journalled = test.last().paused == Words{"worker"};
    };
    test.processes.on({"pause", "worker"}, "").on({"unpause", "worker"}, "");
    EXPECT_EQ(test.run(), code) << test.around.said;
    EXPECT_TRUE(journalled);
    EXPECT_EQ(test.set_aside, code == 0 ? Words{"worker"} : Words{});
    EXPECT_EQ(test.processes.asked,
              (std::vector<Words>{{"docker", "compose", "pause", "worker"},
                                  {"docker", "compose", "unpause", "worker"}}));
    EXPECT_TRUE(test.last().paused.empty());
  }
}

TEST(Corridor, RunsNothingWhereWritersCannotBePaused) {
  CorridorCase test(kMigration);
  ScratchDirectory::append(test.work / "app.sql", "x\n-- PostgreSQL database dump complete\n");
  test.configure("guard: {backups: [{file: app.sql}]}\n");
  test.options.pause_writers = true;
  test.processes.on({"pause", "worker"}, "", 1, "no such thing\n").on({"unpause", "worker"}, "");
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find("no such thing"), std::string::npos);
  EXPECT_FALSE(test.last().open());
}

TEST(Corridor, KeepsTheOldOutputUntilTheNewOneIsWhole) {
  const struct {
    int code;
    bool whole;
    const char* left;
  } rows[] = {{0, true, "new"}, {0, false, "old"}, {1, true, "old"}};
  for (const auto& row : rows) {
    CorridorCase test({"docker", "compose", "exec", "-T", "db", "pg_dump", "shop"});
    const std::string path = test.work / "shop.sql";
    ScratchDirectory::append(path, "old");
    test.options.output = path;
    test.outcome.code = row.code;
    test.on_execute = [](const ExecutionRequest& request) {
      EXPECT_EQ(::write(request.output, "new", 3), 3);
    };
    test.verification = {{"output-checked", row.whole ? Truth::kSupported : Truth::kRefuted,
                          Severity::kError, "the dump"}};
    const int code = test.run();
    EXPECT_EQ(code, row.code != 0 ? row.code
                    : row.whole   ? 0
                                  : static_cast<int>(GuardExit::kNotVerified));
    EXPECT_EQ(ScratchDirectory::read(path), row.left);
  }
}

TEST(Corridor, TakesTheConfiguredBackupThroughItself) {
  CorridorCase test(kMigration);
  test.snapshot.containers.pop_back();
  test.configure(
      "guard: {writers: [cron], backups: [{file: app-*.sql, service: db, command: docker compose "
      "exec -T db pg_dump -U app shop}]}\n");
  test.options.backup = true;
  test.on_execute = [](const ExecutionRequest& request) {
    if (request.output < 0) return;
    const std::string dump = "x\n-- PostgreSQL database dump complete\n";
    EXPECT_GT(::write(request.output, dump.data(), dump.size()), 0);
  };
  EXPECT_EQ(test.run(), 0) << test.around.said;
  ASSERT_EQ(test.executed.size(), 2U);
  EXPECT_EQ(test.executed[0][5], "pg_dump");
  EXPECT_EQ(test.executed[1].back(), "migrate");
  EXPECT_EQ(test.journal().runs.size(), 2U);
}

TEST(Corridor, RunsNothingElseWhenTheBackupFails) {
  CorridorCase test(kMigration);
  test.snapshot.containers.pop_back();
  test.configure(
      "guard: {writers: [cron], backups: [{file: app.sql, command: docker compose exec -T db "
      "pg_dump shop}]}\n");
  test.options.backup = true;
  test.outcome.code = 1;
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_EQ(test.executed.size(), 1U);
  EXPECT_NE(test.around.said.find("the backup ended with 1"), std::string::npos);
  CorridorCase none(kMigration);
  none.snapshot.containers.pop_back();
  none.configure("guard: {writers: [cron]}\n");
  none.options.backup = true;
  EXPECT_EQ(none.run(), 2);
}

TEST(Corridor, OnlyShowsWhereNothingIsToBeRun) {
  CorridorCase test(kMigration);
  test.options.dry_run = true;
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_FALSE(std::filesystem::exists(test.state()));
  EXPECT_NE(test.around.said.find("it would be blocked"), std::string::npos);
  CorridorCase well(kExec);
  well.options.dry_run = true;
  well.options.json = true;
  EXPECT_EQ(well.run(), 0);
  EXPECT_EQ(well.around.said, "");
  EXPECT_NE(well.around.printed.find("\"verdict\": \"run\""), std::string::npos);
}

TEST(Corridor, ReadsTheUsersOwnPolicyToo) {
  CorridorCase test(kExec);
  std::filesystem::create_directories(test.home / ".config/composelint");
  ScratchDirectory::append(test.home / ".config/composelint/config.yaml",
                           "guard: {environments: [{name: all}]}\n");
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_EQ(test.around.questions.size(), 1U);
  CorridorCase broken(kExec);
  broken.configure("guard: {enviroments: []}\n");
  EXPECT_EQ(broken.run(), 2);
  EXPECT_TRUE(broken.executed.empty());
  EXPECT_NE(broken.around.said.find("did you mean \"environments\"?"), std::string::npos);
}

TEST(Corridor, TellsNoSecret) {
  CorridorCase test({"docker", "compose", "run", "-e", "PASSWORD=canary-argv", "app", "./manage.py",
                     "migrate", "postgres://u:canary-url@db/x", "canary-own", "canary-env"});
  test.options.verbose = true;
  test.options.attestations = {{"backup-taken", "canary-own"}};
  test.snapshot.task.failure = "canary-env";
  test.snapshot.task.ok = false;
  for (const bool json : {false, true}) {
    test.options.json = json;
    EXPECT_EQ(test.run(), kBlockedCode);
  }
  EXPECT_EQ(test.around.said.find("canary"), std::string::npos) << test.around.said;
  EXPECT_EQ(test.around.printed.find("canary"), std::string::npos);
  EXPECT_EQ(ScratchDirectory::read(test.state() + "/journal.jsonl").find("canary"),
            std::string::npos);
}

}  // namespace
}  // namespace composelint::guard
