// Every end of the corridor: what a program is told of it, and what is put back.
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "guard/lock.h"
#include "guard/run_variable.h"
#include "tests/guard/corridor_case.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

const Words kExec = {"docker", "compose", "exec", "-T", "app", "./tidy"};
const Words kMigration = {"docker", "compose", "run", "--rm", "app", "./manage.py", "migrate"};
constexpr const char* kDump =
    "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n";
constexpr const char* kBackups =
    "guard: {backups: [{file: app-*.sql, service: db, command: docker compose exec -T db pg_dump "
    "-U app shop}]}\n";

Result<ProjectLock::Taken> take_lock(const CorridorCase& test, const std::string& run) {
  std::filesystem::create_directories(test.state());
  LockHolder other;
  other.user = "berta";
  other.run = run;
  return ProjectLock::take(test.state(), "unix:///var/run/docker.sock", "shop", other);
}

void write_dump(const ExecutionRequest& request) {
  if (request.output < 0) return;
  EXPECT_GT(::write(request.output, kDump, std::string_view(kDump).size()), 0);
}

TEST(Corridor, EndsWithOneDocumentWhateverTheEnd) {
  const struct {
    const char* name;
    int code;
    const char* exit;
    std::function<void(CorridorCase&)> make;
  } rows[] = {
      {"verified", 0, "ok", [](CorridorCase&) {}},
      {"the task's own", 42, "task", [](CorridorCase& test) { test.outcome.code = 42; }},
      {"wrong usage", 2, "trouble",
       [](CorridorCase& test) {
         test.options.attestations = {{"no-such-claim", "x"}};
       }},
      {"a broken policy", 2, "trouble",
       [](CorridorCase& test) { test.configure("guard: {nonsense: 1}\n"); }},
      {"no compose call", 2, "trouble",
       [](CorridorCase& test) {
         test.options.command = {"sh", "-c", "docker compose up"};
       }},
      {"blocked", 100, "blocked", [](CorridorCase& test) { test.options.command = kMigration; }},
      {"nobody to ask", 100, "blocked",
       [](CorridorCase& test) { test.configure("guard: {environments: [{name: all}]}\n"); }},
      {"a failed backup", 100, "blocked",
       [](CorridorCase& test) {
         test.options.command = kMigration;
         test.snapshot.containers.pop_back();
         test.configure(kBackups);
         test.options.backup = true;
         test.outcome.code = 1;
       }},
      {"not verified", 101, "not-verified",
       [](CorridorCase& test) {
         test.verification = {{"services-healthy", Truth::kUnknown, Severity::kError, "not seen"}};
       }},
      {"no engine", 103, "no-engine", [](CorridorCase& test) { test.snapshot.engine = {}; }},
      {"no journal", 104, "no-journal",
       [](CorridorCase& test) { test.around.home_directory = ""; }},
      {"lost", 105, "lost", [](CorridorCase& test) { test.outcome.end = TaskEnd::kUnknown; }},
      {"a plan", 0, "ok", [](CorridorCase& test) { test.options.dry_run = true; }},
      {"a plan of what only looks", 0, "ok",
       [](CorridorCase& test) {
         test.options.command = {"docker", "compose", "ps"};
         test.options.dry_run = true;
       }},
      {"what only looks", 127, "ok",  // the fake cannot be replaced
       [](CorridorCase& test) {
         test.options.command = {"docker", "compose", "ps"};
       }},
  };
  for (const auto& row : rows) {
    CorridorCase test(kExec);
    test.options.json = true;
    row.make(test);
    EXPECT_EQ(test.run(), row.code) << row.name;
    const std::string& text = test.options.dry_run ? test.around.printed : test.around.said;
    const std::string& other = test.options.dry_run ? test.around.said : test.around.printed;
    const auto document = nlohmann::json::parse(text, nullptr, false);
    ASSERT_TRUE(document.is_object()) << row.name << ": " << text;
    EXPECT_EQ(other, row.code == 127 ? other : "") << row.name;
    EXPECT_EQ(document["exit"], row.exit) << row.name;
    if (row.code != 127) {
      EXPECT_EQ(document["exit_code"], row.code) << row.name;
    }
    const bool ran = row.code == 42 || (row.code == 0 && !test.options.dry_run);
    EXPECT_EQ(document["reason"].is_string(), !ran) << row.name << ": " << text;
  }
  CorridorCase locked(kExec);
  locked.options.json = true;
  const auto taken = take_lock(locked, "");
  ASSERT_TRUE(taken);
  EXPECT_EQ(locked.run(), 102);
  const auto document = nlohmann::json::parse(locked.around.said, nullptr, false);
  ASSERT_TRUE(document.is_object()) << locked.around.said;
  EXPECT_EQ(document["exit"], "locked");
  EXPECT_NE(document["reason"].get<std::string>().find("berta"), std::string::npos);
}

TEST(Corridor, TakesPartInTheLockOfTheRunItIsWithin) {
  const struct {
    const char* held_for;
    const char* variable;
    int code;
  } rows[] = {{"0123456789abcdef", "0123456789abcdef", 0},
              {"0123456789abcdef", "fedcba9876543210 0123456789abcdef", 0},
              {"0123456789abcdef", "fedcba9876543210", 102},  // of a run that has ended
              {"0123456789abcdef", "", 102},
              {"", "", 102}};
  for (const auto& row : rows) {
    CorridorCase test(kExec);
    const auto taken = take_lock(test, row.held_for);
    ASSERT_TRUE(taken);
    test.around.variables.emplace_back(std::string(kRunVariable), row.variable);
    // The outer one is open, and not in the way of its own part.
    JournalRun outer;
    outer.id = "0123456789abcdef";
    outer.project = "shop";
    auto journal = Journal::open(test.state());
    ASSERT_TRUE(journal);
    ASSERT_FALSE(journal->begin(outer));
    EXPECT_EQ(test.run(), row.code) << row.variable << ": " << test.around.said;
    EXPECT_EQ(test.executed.size(), row.code == 0 ? 1U : 0U);
  }
  // Nor does a stale variable hide what was left open.
  CorridorCase stale(kExec);
  stale.around.variables.emplace_back(std::string(kRunVariable), "0123456789abcdef");
  JournalRun open;
  open.id = "0123456789abcdef";
  open.project = "shop";
  std::filesystem::create_directories(stale.state());
  auto journal = Journal::open(stale.state());
  ASSERT_TRUE(journal);
  ASSERT_FALSE(journal->begin(open));
  EXPECT_EQ(stale.run(), 100);
}

TEST(Corridor, TellsWhatItStartsWhichRunThatIsPartOf) {
  CorridorCase test(kExec);
  std::string seen;
  test.on_execute = [&](const ExecutionRequest&) {
    const char* value = std::getenv(std::string(kRunVariable).c_str());
    seen = value == nullptr ? "" : value;
  };
  EXPECT_EQ(test.run(), 0);
  EXPECT_EQ(seen, test.run_id);
  EXPECT_EQ(std::getenv(std::string(kRunVariable).c_str()), nullptr);
}

TEST(Corridor, PausesWritersBeforeTheBackupAndResumesThemOnEveryWayOut) {
  const struct {
    int dump;
    int migration;
    int code;
  } rows[] = {{0, 0, 0}, {0, 3, 3}, {1, 0, 100}};
  for (const auto& row : rows) {
    CorridorCase test(kMigration);
    test.configure(kBackups);
    test.options.backup = test.options.pause_writers = true;
    Words order;
    test.processes.on({"pause", "worker"}, "").on({"unpause", "worker"}, "");
    test.on_execute = [&](const ExecutionRequest& request) {
      const bool dump = request.output >= 0;
      test.outcome.code = dump ? row.dump : row.migration;
      // The worker is paused by then, and not yet resumed.
      order.push_back(dump ? "dump" : "migrate");
      EXPECT_EQ(test.processes.asked,
                (std::vector<Words>{{"docker", "compose", "pause", "worker"}}));
      test.snapshot.containers.back().state = "paused";
      write_dump(request);
    };
    EXPECT_EQ(test.run(), row.code) << test.around.said;
    EXPECT_EQ(order, row.dump == 0 ? (Words{"dump", "migrate"}) : Words{"dump"});
    EXPECT_EQ(test.processes.asked.size(), 2U);
    EXPECT_EQ(test.processes.asked.back(), (Words{"docker", "compose", "unpause", "worker"}));
    for (const JournalRun& run : test.journal().runs) {
      EXPECT_FALSE(run.open());
      EXPECT_TRUE(run.paused.empty());
    }
  }
}

TEST(Corridor, RefusesToPauseWhatTheTaskNeeds) {
  const struct {
    Words argv;
    const char* writers;
    const char* why;
  } rows[] = {
      {{"docker", "compose", "exec", "-T", "app", "./manage.py", "migrate"}, "db", "depends on"},
      {kMigration, "db", "depends on"},
      {{"docker", "compose", "exec", "-T", "worker", "./tidy"}, "db", "a database"},
      {{"docker", "compose", "exec", "-T", "app", "./manage.py", "migrate"}, "app", "enters"},
      {kMigration, "app", ""},  // another container than that of `run`
  };
  for (const auto& row : rows) {
    CorridorCase test(row.argv);
    ScratchDirectory::append(test.work / "app.sql", kDump);
    test.configure("guard: {backups: [{file: app.sql}], writers: [" + std::string(row.writers) +
                   "]}\n");
    test.options.pause_writers = true;
    test.processes.on({"pause", "app", "worker"}, "").on({"unpause", "app", "worker"}, "");
    const std::string why = row.why;
    EXPECT_EQ(test.run(), why.empty() ? 0 : 100) << test.around.said;
    EXPECT_NE(test.around.said.find(why), std::string::npos) << test.around.said;
    EXPECT_EQ(test.executed.empty(), !why.empty());
    EXPECT_EQ(test.processes.asked.empty(), !why.empty());
  }
}

// ^C as the last byte came: what is whole and in its place is not said to be missing.
TEST(Corridor, ABackupThatWasDoneBeforeTheSignalIsTaken) {
  CorridorCase test(kMigration);
  test.configure(kBackups);
  test.options.backup = test.options.pause_writers = true;
  test.processes.on({"pause", "worker"}, "").on({"unpause", "worker"}, "");
  test.outcome.signal = SIGINT;
  test.on_execute = [](const ExecutionRequest& request) {
    const std::string dump = kDump;
    EXPECT_EQ(::write(request.output, dump.data(), dump.size()), static_cast<ssize_t>(dump.size()));
  };
  EXPECT_EQ(test.run(), 128 + SIGINT);
  std::size_t dumps = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test.work.path())) {
    if (entry.path().extension() == ".sql") ++dumps;
  }
  EXPECT_EQ(dumps, 1U);
  EXPECT_NE(test.around.said.find("during the backup, which is taken"), std::string::npos)
      << test.around.said;
  EXPECT_EQ(test.executed.size(), 1U);
}

TEST(Corridor, GivesTheSignalThatEndedTheBackup) {
  CorridorCase test(kMigration);
  test.configure(kBackups);
  ScratchDirectory::append(test.work / "app-1.sql", kDump);
  test.options.backup = test.options.pause_writers = true;
  test.processes.on({"pause", "worker"}, "").on({"unpause", "worker"}, "");
  test.outcome.code = 130;
  test.outcome.signal = SIGINT;
  test.on_execute = [](const ExecutionRequest& request) {
    EXPECT_EQ(::write(request.output, "half", 4), 4);
  };
  EXPECT_EQ(test.run(), 128 + SIGINT);
  EXPECT_NE(test.around.said.find("during the backup, which is not taken"), std::string::npos)
      << test.around.said;
  EXPECT_EQ(test.executed.size(), 1U);
  EXPECT_EQ(ScratchDirectory::read(test.work / "app-1.sql"), kDump);
  std::size_t dumps = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test.work.path())) {
    const std::string name = entry.path().filename();
    if (name.find(".sql") != std::string::npos) ++dumps;
  }
  EXPECT_EQ(dumps, 1U);
  EXPECT_EQ(test.processes.asked.back(), (Words{"docker", "compose", "unpause", "worker"}));
}

TEST(Corridor, LetsNoRepositoryMoveTheLock) {
  CorridorCase test(kExec);
  test.configure("guard:\n  writers: [cron]\n  state-directory: mine\n");
  EXPECT_EQ(test.run(), 2);
  EXPECT_TRUE(test.executed.empty());
  EXPECT_NE(test.around.said.find(".composelint.yaml:3: guard.state-directory"), std::string::npos)
      << test.around.said;
  EXPECT_FALSE(std::filesystem::exists(test.work / "mine"));
  CorridorCase own(kExec);
  std::filesystem::create_directories(own.home / ".config/composelint");
  ScratchDirectory::append(own.home / ".config/composelint/config.yaml",
                           "guard: {state-directory: mine}\n");
  EXPECT_EQ(own.run(), 0) << own.around.said;
  EXPECT_TRUE(std::filesystem::exists(own.home / ".config/composelint/mine/journal.jsonl"));
}

TEST(Corridor, KnowsTheSecretsOfAProjectWhoseRepositoryIsHeardLate) {
  CorridorCase test({"docker", "compose", "exec", "-T", "app", "./tidy", "canary-env"});
  test.configure("guard:\n  writers: [worker]\n");
  std::filesystem::create_directories(test.work / "sub");
  test.around.directory = test.work / "sub";
  test.options.json = true;
  EXPECT_EQ(test.run(), 0) << test.around.said;
  EXPECT_EQ(test.around.printed.find("canary"), std::string::npos) << test.around.printed;
}

TEST(Corridor, KeepsTheProjectsSecretsOutOfTheDocumentOfALook) {
  CorridorCase test({"docker", "compose", "exec", "-T", "app", "grep", "canary-env", "/etc/x"});
  test.options.json = test.options.dry_run = true;
  EXPECT_EQ(test.run(), 0) << test.around.said;
  EXPECT_NE(test.around.printed.find("grep"), std::string::npos) << test.around.printed;
  EXPECT_EQ(test.around.printed.find("canary"), std::string::npos) << test.around.printed;
}

TEST(Corridor, TakesALookWhoseOutputIsToBeWritten) {
  CorridorCase test({"docker", "compose", "exec", "-T", "app", "ls"});
  test.options.output = test.work / "list.txt";
  EXPECT_EQ(test.run(), 0) << test.around.said;
  EXPECT_EQ(test.executed.size(), 1U);
  CorridorCase stack({"docker", "compose", "ps"});
  stack.options.output = stack.work / "list.txt";
  EXPECT_EQ(stack.run(), 2);
}

TEST(Corridor, KeepsSecretsOutOfTheOtherFieldsToo) {
  CorridorCase test({"docker", "compose", "exec", "-T", "db", "pg_dump", "shop"});
  test.around.descriptors[1] = {StreamIs::kFile, test.work / "canary-own.sql"};
  EXPECT_EQ(test.run(), 0) << test.around.said;
  const std::string written = ScratchDirectory::read(test.state() + "/journal.jsonl");
  EXPECT_NE(written.find("***.sql"), std::string::npos) << written;
  EXPECT_EQ(written.find("canary"), std::string::npos);
  CorridorCase named({"docker", "compose", "exec", "-T", "db", "pg_dump", "shop"});
  named.options.output = named.work / "canary-own.sql";
  EXPECT_EQ(named.run(), 2);
  EXPECT_EQ(named.around.said.find("canary"), std::string::npos) << named.around.said;
  EXPECT_TRUE(named.executed.empty());
}

}  // namespace
}  // namespace composelint::guard
