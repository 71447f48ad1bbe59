// From the lock on: what is run, and what is left of it.
#include <unistd.h>

#include <algorithm>
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
  std::filesystem::create_directories(file.home / ".config/composelint");
  ScratchDirectory::append(file.home / ".config/composelint/config.yaml",
                           "guard: {state-directory: config.yaml}\n");
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
    ScratchDirectory::append(
        test.work / "app.sql",
        "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n");
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
  ScratchDirectory::append(
      test.work / "app.sql",
      "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n");
  test.configure("guard: {backups: [{file: app.sql}]}\n");
  test.options.pause_writers = true;
  test.processes.on({"pause", "worker"}, "", 1, "no such thing\n").on({"unpause", "worker"}, "");
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find("no such thing"), std::string::npos);
  EXPECT_FALSE(test.last().open());
}

TEST(Corridor, SaysNothingOfAPauseThatNeverBegan) {
  CorridorCase test(kMigration);
  ScratchDirectory::append(
      test.work / "app.sql",
      "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n");
  test.configure("guard: {backups: [{file: app.sql}]}\n");
  test.options.pause_writers = true;
  test.processes.on({"pause", "worker"}, "", 1, "unable to freeze\n")
      .on({"unpause", "worker"}, "", 1, "Container 1f is not paused\n");
  EXPECT_EQ(test.run(), kBlockedCode);
  EXPECT_EQ(test.around.said.find("still paused"), std::string::npos) << test.around.said;
  EXPECT_FALSE(test.last().open());
  EXPECT_EQ(std::count(test.processes.asked.begin(), test.processes.asked.end(),
                       Words({"docker", "compose", "pause", "worker"})),
            3)
      << "a busy container is asked again, with an end";
}

TEST(Corridor, AsksABusyContainerAgain) {
  CorridorCase test(kMigration);
  ScratchDirectory::append(
      test.work / "app.sql",
      "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n");
  test.configure("guard: {backups: [{file: app.sql}]}\n");
  test.options.pause_writers = true;
  test.processes.once({"pause", "worker"}, "", 1, "unable to freeze\n")
      .on({"pause", "worker"}, "")
      .on({"unpause", "worker"}, "");
  EXPECT_EQ(test.run(), 0) << test.around.said;
  EXPECT_FALSE(test.executed.empty());
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

TEST(Corridor, OutputThatNobodyCanJudgeIsTakenOnAWord) {
  for (const bool attested : {false, true}) {
    CorridorCase test({"docker", "compose", "exec", "-T", "db", "pg_dump", "shop"});
    const std::string path = test.work / "shop.sql";
    test.options.output = path;
    if (attested) test.options.attestations = {{"output-checked", "read by hand"}};
    test.on_execute = [](const ExecutionRequest& request) {
      EXPECT_EQ(::write(request.output, "new", 3), 3);
    };
    test.verification = {{"output-checked", Truth::kUnknown, Severity::kError, "who knows",
                          "`tool .shop.sql.part` tells"}};
    EXPECT_EQ(test.run(), attested ? 0 : static_cast<int>(GuardExit::kNotVerified));
    EXPECT_EQ(ScratchDirectory::read(path), attested ? "new" : "");
    // The file that was looked at is not there any more.
    EXPECT_EQ(test.around.said.find(".part"), std::string::npos) << test.around.said;
    EXPECT_EQ(test.around.said.find("--attest output-checked") != std::string::npos, !attested)
        << test.around.said;
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
    const std::string dump =
        "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n";
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

TEST(Corridor, PlansWithTheBackupThatItWouldTake) {
  CorridorCase test(kMigration);
  test.snapshot.containers.pop_back();
  test.configure(
      "guard: {writers: [cron], backups: [{file: app.sql, command: docker compose exec -T db "
      "pg_dump shop}]}\n");
  test.options.dry_run = true;
  EXPECT_EQ(test.run(), kBlockedCode);
  test.options.backup = true;
  test.around.said.clear();
  EXPECT_EQ(test.run(), 0) << test.around.said;
  EXPECT_NE(test.around.said.find("--backup takes it first"), std::string::npos);
  EXPECT_TRUE(test.executed.empty());
  // The dump is of another database.
  CorridorCase other(
      {"docker", "compose", "exec", "-T", "db", "psql", "crm", "-c", "drop table a"});
  other.configure(
      "guard: {writers: [cron], backups: [{file: app.sql, service: db, command: docker compose "
      "exec "
      "-T db pg_dump shop}]}\n");
  other.options.dry_run = other.options.backup = true;
  EXPECT_EQ(other.run(), kBlockedCode) << other.around.said;
  EXPECT_NE(other.around.said.find("--backup takes one, but"), std::string::npos)
      << other.around.said;
}

// What it would dump is of the project that the directory gives.
TEST(Corridor, TakesNoBackupOfAnotherProject) {
  for (const bool plan : {true, false}) {
    CorridorCase test(
        {"docker", "compose", "-p", "other", "run", "--rm", "app", "manage.py", "migrate"});
    test.snapshot.containers.clear();
    test.snapshot.config.json.replace(test.snapshot.config.json.find("shop"), 4, "other");
    test.configure(
        "guard: {writers: [cron], backups: [{file: app-*.sql, service: db, command: docker compose "
        "exec -T db pg_dump -U app shop}]}\n");
    test.options.backup = true;
    test.options.dry_run = plan;
    EXPECT_EQ(test.run(), kBlockedCode) << test.around.said;
    EXPECT_NE(test.around.said.find("--backup takes one, but it is of the project shop"),
              std::string::npos)
        << test.around.said;
    EXPECT_TRUE(test.executed.empty());
  }
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
