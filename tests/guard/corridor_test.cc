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
      {"docker", "compose", "cp", "./x", "app:/srv/x"},
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
    test.processes.on({"--version"}, "Docker version 28\n");
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
  fed.around.descriptors[0] = {StreamIs::kFile, "/p/in.csv"};
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

TEST(Corridor, AsksAboutAllThatAVolumeHolds) {
  const Words kEmpties = {"docker",     "compose", "run", "--rm", "--no-deps", "-v",
                          "uploads:/d", "app",     "rm",  "-rf",  "/d"};
  CorridorCase silent(kEmpties);
  EXPECT_EQ(silent.run(), kBlockedCode);
  EXPECT_NE(silent.around.said.find("it removes all that app keeps in /d"), std::string::npos)
      << silent.around.said;
  CorridorCase yes(kEmpties);
  yes.options.yes = true;
  EXPECT_EQ(yes.run(), 0) << yes.around.said;
  CorridorCase attested(kEmpties);
  attested.options.attestations = {{"backup-taken", "a copy of this morning"}};
  EXPECT_EQ(attested.run(), 0) << attested.around.said;
  // Of the database it holds no word.
  CorridorCase dumped(kEmpties);
  ScratchDirectory::append(
      dumped.work / "app.sql",
      "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n");
  dumped.configure("guard: {backups: [{file: app.sql, service: db}]}\n");
  EXPECT_EQ(dumped.run(), kBlockedCode) << dumped.around.said;
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

}  // namespace
}  // namespace composelint::guard
