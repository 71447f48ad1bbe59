#include "guard/probes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "guard/probe_commands.h"
#include "tests/guard/scripted_processes.h"
#include "tests/guard/stack_case.h"

namespace composelint::guard {
namespace {

// Counts how often it is asked, and how much at a time.
class Rounds : public ScriptedProcesses {
 public:
  std::vector<std::size_t> sizes;

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds& bounds) override {
    sizes.push_back(commands.size());
    return ScriptedProcesses::capture(commands, bounds);
  }
};

std::string line(const std::string& name, const std::string& service) {
  return R"({"id":")" + name + R"(","name":")" + name +
         R"(","state":"running","status":"Up","service":")" + service + "\"}\n";
}

void answer_well(Rounds& engine) {
  engine.on({"version", "--format"}, R"({"Server":{"Version":"20"}})")
      .on({"context", "inspect"}, R"({"Name":"prod","Endpoints":{"docker":{"Host":"ssh://h"}}})")
      .on({"version", "--short"}, "2.40.3\n")
      .on({"config"}, kShopJson, 0,
          "time=\"x\" level=warning msg=\"The \\\"KEY\\\" variable is not set. Defaulting\"\n")
      .on({"ps", "label=com.docker.compose.project=shop"}, line("shop-app-1", "app"))
      .on({"run"}, "x\n", 0, " DRY-RUN MODE -  Container shop-db-1  Recreate\n")
      .on({"up"}, "", 0, " DRY-RUN MODE -  Container shop-app-1  Running\n")
      .on({"image", "shop:1"}, "sha256:7\n")
      .on({"logs"}, "app-1  | ERROR\n");
}

TEST(TakeSnapshot, AsksAllAtOnce) {
  StackCase stack(kMigrate);
  Rounds engine;
  answer_well(engine);
  SnapshotWish wish;
  wish.log_services = {"app"};
  const Snapshot now = take_snapshot(*stack.command, wish, engine, stack.around);
  EXPECT_EQ(engine.sizes, (std::vector<std::size_t>{10}));
  EXPECT_EQ(now.taken, stack.around.clock);
  EXPECT_TRUE(now.engine.reachable);
  EXPECT_EQ(now.engine.endpoint, "ssh://h");
  EXPECT_EQ(now.engine.compose_version, "2.40.3");
  EXPECT_TRUE(now.config.valid);
  EXPECT_EQ(now.config.unset, std::vector<std::string>{"KEY"});
  EXPECT_TRUE(now.all_profiles.valid);
  ASSERT_EQ(now.containers.size(), 1U);
  EXPECT_EQ(now.live("app").size(), 1U);
  EXPECT_EQ(now.task.actions.front().action, "Recreate");
  EXPECT_EQ(now.up.actions.front().action, "Running");
  EXPECT_EQ(now.configured_image_id, "sha256:7");
  EXPECT_TRUE(now.logs_asked);
  EXPECT_EQ(now.logs.at("app").error_count, 1U);
}

TEST(TakeSnapshot, LeavesTheTaskOutOfItsQuestions) {
  StackCase stack({"docker", "compose", "--progress", "quiet", "run", "-e", "PW=s3cret",
                   "--remove-orphans", "app", "manage.py", "migrate"});
  Rounds engine;
  answer_well(engine);
  (void)take_snapshot(*stack.command, {}, engine, stack.around);
  const Argv dry = {"docker",   "compose",          "--progress", "quiet",     "--ansi",
                    "never",    "--progress",       "plain",      "--dry-run", "run",
                    "--detach", "--remove-orphans", "app",        "true"};
  EXPECT_NE(std::find(engine.asked.begin(), engine.asked.end(), dry), engine.asked.end());
  for (const Argv& argv : engine.asked) {
    for (const std::string& word : argv) EXPECT_EQ(word.find("s3cret"), std::string::npos);
  }
}

TEST(TakeSnapshot, NeverRunsAnythingButQuestions) {
  for (const auto& argv :
       {kMigrate, kMigrateInside, std::vector<std::string>{"docker", "compose", "down", "-v"}}) {
    StackCase stack(argv);
    Rounds engine;
    answer_well(engine);
    SnapshotWish wish;
    wish.log_services = {"app"};
    (void)take_snapshot(*stack.command, wish, engine, stack.around);
    for (const Argv& asked : engine.asked) {
      const auto has = [&](const char* word) {
        return std::find(asked.begin(), asked.end(), word) != asked.end();
      };
      const bool reads = has("version") || has("context") || has("config") || has("ps") ||
                         has("image") || has("logs");
      EXPECT_TRUE(reads != has("--dry-run"));
      EXPECT_FALSE(has("down") || has("exec") || has("migrate"));
    }
  }
}

TEST(TakeSnapshot, AsksNoMoreThanIsWished) {
  const struct {
    std::vector<std::string> argv;
    bool config;
    bool dry_runs;
    bool image;
    std::size_t calls;
  } rows[] = {
      {kMigrate, true, true, true, 9},
      {kMigrate, false, false, false, 4},  // engine, context, version, containers
      {kMigrateInside, true, true, true, 8},
      {{"docker", "compose", "run", "--no-deps", "app", "x"}, true, true, true, 8},
      {{"docker", "compose", "up", "-d"}, true, true, true, 6},
  };
  for (const auto& row : rows) {
    StackCase stack(row.argv);
    Rounds engine;
    answer_well(engine);
    SnapshotWish wish;
    wish.config = row.config;
    wish.dry_runs = row.dry_runs;
    wish.image = row.image;
    (void)take_snapshot(*stack.command, wish, engine, stack.around);
    EXPECT_EQ(engine.sizes, std::vector<std::size_t>{row.calls}) << row.argv.back();
  }
}

TEST(TakeSnapshot, AsksWhenVolumesWereMade) {
  StackCase stack(kMigrate);
  Rounds engine;
  answer_well(engine);
  engine.on({"volume", "inspect", "shop_data"}, "2027-01-15T09:00:00+01:00 shop_data\n", 1,
            "Error: No such volume: shop_other");
  SnapshotWish wish;
  wish.volumes = true;
  const Snapshot now = take_snapshot(*stack.command, wish, engine, stack.around);
  EXPECT_EQ(now.volumes,
            (std::map<std::string, std::int64_t>{{"shop_data", 1'800'000'000'000'000'000}}));
}

TEST(TakeSnapshot, AsksAgainWhereTheClientActsOnAnotherProject) {
  StackCase stack(kMigrate);
  Rounds engine;
  engine.on({"config"}, R"({"name":"other","services":{"app":{"image":"shop:2"}}})")
      .on({"ps", "label=com.docker.compose.project=other"}, line("other-app-1", "app"))
      .on({"image", "shop:2"}, "sha256:2\n");
  answer_well(engine);
  const Snapshot now = take_snapshot(*stack.command, {}, engine, stack.around);
  EXPECT_EQ(engine.sizes, (std::vector<std::size_t>{9, 2}));
  ASSERT_EQ(now.containers.size(), 1U);
  EXPECT_EQ(now.containers.front().name, "other-app-1");
  EXPECT_EQ(now.configured_image_id, "sha256:2");
}

TEST(TakeSnapshot, LearnsTheNameFromTheClientWhereGuardCannotRead) {
  StackCase stack(kMigrate, std::string(kShop) + "nonsense: 1\n");
  ASSERT_FALSE(stack.command->project);
  Rounds engine;
  answer_well(engine);
  const Snapshot now = take_snapshot(*stack.command, {}, engine, stack.around);
  EXPECT_EQ(engine.sizes, (std::vector<std::size_t>{7, 2}));
  EXPECT_EQ(now.containers.size(), 1U);
  EXPECT_EQ(now.configured_image_id, "sha256:7");
}

TEST(TakeSnapshot, SaysWhatCouldNotBeAsked) {
  StackCase stack(kMigrate);
  Rounds engine;
  const char* away = "Cannot connect to the Docker daemon\n";
  engine.on({"version", "--format"}, R"({"Client":{},"Server":null})", 1, away)
      .on({"context"}, "[]\n", 1, "no such context\n")
      .on({"--short"}, "", 1)
      .on({"config"}, "", 15, "service \"app\" has no image\n")
      .on({"ps"}, "", 1, away)
      .on({"--dry-run"}, "", 1, away)
      .on({"image"}, "\n", 1, away)
      .on({"logs"}, "", 1, away);
  SnapshotWish wish;
  wish.log_services = {"app"};
  const Snapshot now = take_snapshot(*stack.command, wish, engine, stack.around);
  EXPECT_FALSE(now.engine.reachable);
  EXPECT_EQ(now.engine.failure, "Cannot connect to the Docker daemon");
  EXPECT_TRUE(now.config.asked);
  EXPECT_FALSE(now.config.valid);
  EXPECT_EQ(now.config.failure, "service \"app\" has no image");
  EXPECT_EQ(now.containers_failure, "Cannot connect to the Docker daemon");
  EXPECT_FALSE(now.task.ok);
  EXPECT_EQ(now.up.failure, "Cannot connect to the Docker daemon");
  EXPECT_FALSE(now.configured_image_id);
  EXPECT_FALSE(now.logs_asked);
}

TEST(TakeSnapshot, TellsSilenceFromRefusal) {
  const struct {
    End end;
    const char* words;
  } rows[] = {{{EndKind::kNotStarted, 2}, "no such program"},
              {{EndKind::kTimedOut, 0}, "in time"},
              {{EndKind::kSignalled, 9}, "signal 9"},
              {{EndKind::kExited, 3}, "exit status 3"}};
  for (const auto& row : rows) {
    StackCase stack(kMigrate);
    Rounds engine;
    engine.rows.push_back({{"docker"}, {row.end, "", ""}});
    const Snapshot now = take_snapshot(*stack.command, {}, engine, stack.around);
    EXPECT_NE(now.engine.failure.find(row.words), std::string::npos) << now.engine.failure;
    EXPECT_NE(now.config.failure.find(row.words), std::string::npos);
    EXPECT_NE(now.containers_failure.find(row.words), std::string::npos);
  }
}

TEST(TakeSnapshot, TakesNoListThatWasCutForWhole) {
  StackCase stack(kMigrate);
  Rounds engine;
  answer_well(engine);
  for (auto& row : engine.rows) row.answer.cut = true;
  const Snapshot now = take_snapshot(*stack.command, {}, engine, stack.around);
  EXPECT_FALSE(now.containers_failure.empty());
  EXPECT_FALSE(now.config.valid);
  EXPECT_FALSE(now.task.ok);
}

TEST(TakeSnapshot, DoesNotTakeABrokenListForWhole) {
  StackCase stack(kMigrate);
  Rounds engine;
  engine.on({"ps"}, line("shop-app-1", "app") + "{\"id\":");
  answer_well(engine);
  const Snapshot now = take_snapshot(*stack.command, {}, engine, stack.around);
  EXPECT_EQ(now.containers.size(), 1U);
  EXPECT_FALSE(now.containers_failure.empty());
}

TEST(Fingerprint, ChangesWithAllThatCounts) {
  StackCase stack(kMigrate);
  const std::string first = fingerprint(stack.snapshot, *stack.command);
  EXPECT_EQ(first.size(), 64U);
  EXPECT_EQ(fingerprint(stack.snapshot, *stack.command), first);
  StackCase same(kMigrate);
  same.snapshot.containers.clear();  // what is live is looked at, not hashed
  same.snapshot.logs_asked = false;
  EXPECT_EQ(fingerprint(same.snapshot, *same.command), first);
  const std::function<void(StackCase&)> changes[] = {
      [](StackCase& s) { s.snapshot.config.json += " "; },
      [](StackCase& s) { s.snapshot.all_profiles.json += " "; },
      [](StackCase& s) { s.snapshot.config.failure = "x"; },
      [](StackCase& s) { s.snapshot.engine.endpoint = "ssh://x"; },
      [](StackCase& s) { s.snapshot.engine.context = "x"; },
      [](StackCase& s) { s.command->argv.back() = "migrate --fake"; },
      [](StackCase& s) {
        s.command->argv = {"docker compose", "run"};
      },
  };
  for (const auto& change : changes) {
    StackCase other(kMigrate);
    change(other);
    EXPECT_NE(fingerprint(other.snapshot, *other.command), first);
  }
}

TEST(Rfc3339, IsReadByDocker) {
  EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00.000000000Z");
  EXPECT_EQ(rfc3339(1'800'000'000'500'000'000), "2027-01-15T08:00:00.500000000Z");
  EXPECT_EQ(rfc3339(-5), "1970-01-01T00:00:00.000000000Z");
}

}  // namespace
}  // namespace composelint::guard
