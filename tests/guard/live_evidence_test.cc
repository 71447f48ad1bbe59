#include "guard/live_evidence.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/guard/stack_case.h"

namespace composelint::guard {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kHour = 3'600 * kSecond;
constexpr const char* kWhole =
    "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE a (b int);\n\n"
    "--\n-- PostgreSQL database dump complete\n--\n\n";
constexpr const char* kTorn = "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE a (b int);\n";

// A directory of files with ages.
class Backups {
 public:
  Backups() {
    std::string name = testing::TempDir() + "guard-backups-XXXXXX";
    directory_ = mkdtemp(name.data());
  }
  Backups(const Backups&) = delete;
  Backups& operator=(const Backups&) = delete;
  ~Backups() {
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
  }

  // `time` in nanoseconds since 1970.
  std::string file(const std::string& name, const std::string& text, std::int64_t time) {
    const std::string path = directory_ + "/" + name;
    std::ofstream(path) << text;
    const timespec when{time / kSecond, time % kSecond};
    const timespec both[2] = {when, when};
    EXPECT_EQ(utimensat(AT_FDCWD, path.c_str(), both, 0), 0);
    return path;
  }
  [[nodiscard]] std::string glob() const { return directory_ + "/*.sql"; }

 private:
  std::string directory_;
};

TEST(JudgeBackup, WantsTheNewestToBeFreshAndWhole) {
  const struct {
    const char* text;
    std::int64_t age;
    std::int64_t limit;
    Truth truth;
    const char* note;
  } rows[] = {
      {kWhole, kHour, 0, Truth::kSupported, "60 min old"},
      {kWhole, 23 * kHour, 0, Truth::kSupported, "23 h old"},
      {kWhole, 25 * kHour, 0, Truth::kRefuted, "may be 24 h"},
      {kWhole, 2 * kHour, kHour, Truth::kRefuted, "may be 60 min"},
      {kWhole, -kHour, 0, Truth::kUnknown, "future"},
      {kWhole, -kSecond, 0, Truth::kSupported, "0 s old"},
      {kTorn, kHour, 0, Truth::kRefuted, ""},
      {"", kHour, 0, Truth::kRefuted, ""},
  };
  const StackCase stack(kMigrate);
  for (const auto& row : rows) {
    Backups backups;
    backups.file("old.sql", kWhole, stack.now - 48 * kHour);
    backups.file("new.sql", row.text, stack.now - row.age);
    BackupPolicy policy;
    policy.file = backups.glob();
    policy.max_age = row.limit;
    const Answer answer = judge_backup(policy, stack.now, stack.files);
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth)) << answer.note;
    EXPECT_NE(answer.note.find(row.note), std::string::npos) << answer.note;
    EXPECT_EQ(answer.claim, "backup-taken");
    EXPECT_EQ(answer.remedy.empty(), answer.truth == Truth::kSupported);
  }
}

TEST(JudgeBackup, IsRefutedWhereThereIsNone) {
  const StackCase stack(kMigrate);
  BackupPolicy policy;
  policy.file = "/nonexistent/*.sql";
  EXPECT_EQ(judge_backup(policy, stack.now, stack.files).truth, Truth::kRefuted);
}

JournalRun dump_of(const StackCase& stack, std::int64_t age) {
  JournalRun run;
  run.project = "shop";
  run.engine = "unix:///var/run/docker.sock";
  run.service = "db";
  run.effect = "dumps";
  run.effect_name = "pg_dump";
  run.code = 0;
  run.verified = true;
  run.ended = stack.now - age;
  return run;
}

TEST(BackupTaken, IsProvedByTheJournal) {
  const struct {
    const char* name;
    std::function<void(JournalRun&)> change;
    Truth truth;
  } rows[] = {
      {"whole file", [](JournalRun&) {}, Truth::kSupported},
      {"other project", [](JournalRun& r) { r.project = "blog"; }, Truth::kUnknown},
      {"other engine", [](JournalRun& r) { r.engine = "ssh://x"; }, Truth::kUnknown},
      {"other service's data", [](JournalRun& r) { r.service = "mail"; }, Truth::kUnknown},
      {"failed", [](JournalRun& r) { r.code = 1; }, Truth::kUnknown},
      {"not verified", [](JournalRun& r) { r.verified = false; }, Truth::kUnknown},
      {"open", [](JournalRun& r) { r.ended = 0; }, Truth::kUnknown},
      {"too old", [](JournalRun& r) { r.ended -= 30 * kHour; }, Truth::kUnknown},
      {"in the future", [](JournalRun& r) { r.ended += 9 * kHour; }, Truth::kUnknown},
      {"no dump", [](JournalRun& r) { r.effect = "exports"; }, Truth::kUnknown},
      {"went nobody knows where", [](JournalRun& r) { r.output.clear(); }, Truth::kUnknown},
      {"same script",
       [](JournalRun& r) {
         r.output.clear();
         r.session = "s1";
       },
       Truth::kSupported},
      {"another script",
       [](JournalRun& r) {
         r.output.clear();
         r.session = "s2";
       },
       Truth::kUnknown},
      {"file is gone", [](JournalRun& r) { r.output += ".gone"; }, Truth::kRefuted},
  };
  for (const auto& row : rows) {
    StackCase stack(kMigrate);
    Backups backups;
    JournalRun run = dump_of(stack, kHour);
    run.output = backups.file("a.sql", kWhole, stack.now);
    row.change(run);
    stack.journal = {run};
    const Answer answer = stack.told(Claim::kBackupTaken);
    if (row.truth == Truth::kRefuted) {  // whether refuted or unknown: it is no backup
      EXPECT_NE(answer.truth, Truth::kSupported) << row.name;
      continue;
    }
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth))
        << row.name << ": " << answer.note;
    EXPECT_EQ(answer.remedy.empty(), row.truth == Truth::kSupported) << row.name;
    if (row.truth == Truth::kSupported) {
      EXPECT_EQ(answer.origin, "journal");
    }
  }
}

TEST(BackupTaken, WantsAllOfThePolicyThatAreAbout) {
  StackCase stack(kMigrate);
  Backups good;
  good.file("a.sql", kWhole, stack.now - kHour);
  Backups stale;
  stale.file("a.sql", kWhole, stack.now - 90 * kHour);
  stack.policy.backups = {{{}, good.glob(), 0, "db"}, {{}, stale.glob(), 0, "mail"}};
  EXPECT_EQ(stack.told(Claim::kBackupTaken).truth, Truth::kSupported);
  stack.policy.backups.push_back({{}, stale.glob(), 0, ""});
  const Answer answer = stack.told(Claim::kBackupTaken);
  EXPECT_EQ(answer.truth, Truth::kRefuted);
  EXPECT_TRUE(blocks(answer));
  // A person's word does not make it fresh.
  stack.attestations = {{"backup-taken", "snapshot of the volume"}};
  EXPECT_EQ(stack.told(Claim::kBackupTaken).truth, Truth::kRefuted);
  stack.policy.backups.clear();
  EXPECT_EQ(stack.told(Claim::kBackupTaken).truth, Truth::kSupported);
  EXPECT_EQ(stack.told(Claim::kBackupTaken).origin, "attested by anna");
}

// The same directory under another name is another stack, with volumes of its own.
TEST(BackupTaken, IsOfOneProject) {
  std::vector<std::string> argv = kMigrate;
  const auto verb = std::find(argv.begin(), argv.end(), "compose");
  ASSERT_NE(verb, argv.end());
  argv.insert(verb + 1, {"-p", "forum"});
  StackCase stack(argv);
  Backups good;
  good.file("a.sql", kWhole, stack.now - kHour);
  stack.policy.backups = {{{}, good.glob(), 0, "db"}};
  const Answer answer = stack.told(Claim::kBackupTaken);
  EXPECT_EQ(answer.truth, Truth::kUnknown) << answer.note;
  EXPECT_NE(answer.note.find("another project than forum"), std::string::npos) << answer.note;
  EXPECT_TRUE(blocks(answer));
  stack.policy.backups = {
      {{"docker", "compose", "-p", "forum", "exec", "db", "pg_dumpall"}, good.glob(), 0, "db"}};
  EXPECT_EQ(stack.told(Claim::kBackupTaken).truth, Truth::kSupported);
}

// `down -v` takes all volumes, and a dump of the database holds one of them.
TEST(BackupTaken, IsOfAllThatGoes) {
  std::string compose = kShop;
  compose.replace(compose.find("volumes: {data: {}}"), std::string("volumes: {data: {}}").size(),
                  "volumes: {data: {}, files: {}}");
  const std::string app = "  app:\n    image: shop:1\n";
  compose.replace(compose.find(app), app.size(), app + "    volumes: [\"files:/srv/files\"]\n");
  for (const bool both : {false, true}) {
    StackCase stack({"docker", "compose", "down", "-v"}, both ? compose : std::string(kShop));
    Backups good;
    good.file("a.sql", kWhole, stack.now - kHour);
    stack.policy.backups = {{{}, good.glob(), 0, "db"}};
    const Answer answer = stack.told(Claim::kBackupTaken);
    EXPECT_EQ(answer.truth, both ? Truth::kUnknown : Truth::kSupported) << answer.note;
    EXPECT_EQ(answer.note.find("the volume files of app") != std::string::npos, both)
        << answer.note;
    stack.policy.backups.push_back({{}, good.glob(), 0, ""});
    EXPECT_EQ(stack.told(Claim::kBackupTaken).truth, Truth::kSupported);
  }
}

TEST(BackupTaken, WeighsWhatIsAtStake) {
  EXPECT_TRUE(blocks(StackCase(kMigrate).told(Claim::kBackupTaken)));
  EXPECT_FALSE(blocks(StackCase(kDump).told(Claim::kBackupTaken)));
  EXPECT_FALSE(blocks(StackCase(kTidyInside).told(Claim::kBackupTaken)));
}

TEST(Ready, FollowsWhatTheTaskNeeds) {
  const struct {
    const char* name;
    std::vector<std::string> argv;
    std::function<void(StackCase&)> breaks;
    Truth truth;
  } rows[] = {
      {"well", kMigrate, [](StackCase&) {}, Truth::kSupported},
      {"well inside", kMigrateInside, [](StackCase&) {}, Truth::kSupported},
      {"starting", kMigrate, [](StackCase& s) { s.container("shop-db-1").health = "starting"; },
       Truth::kRefuted},
      {"target ill", kMigrateInside,
       [](StackCase& s) { s.container("shop-app-1").health = "unhealthy"; }, Truth::kRefuted},
      {"beside run", kMigrate, [](StackCase& s) { s.container("shop-app-1").health = "unhealthy"; },
       Truth::kSupported},
      {"down", kMigrate, [](StackCase& s) { s.container("shop-db-1").state = "exited"; },
       Truth::kUnknown},
      {"no list", kMigrate, [](StackCase& s) { s.snapshot.containers_failure = "x"; },
       Truth::kUnknown},
  };
  for (const auto& row : rows) {
    StackCase stack(row.argv);
    row.breaks(stack);
    const Answer answer = stack.told(Claim::kReady);
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth))
        << row.name << ": " << answer.note;
  }
}

TEST(Ready, TrustsComposeToWaitWhereItDoes) {
  std::string compose = kShop;
  compose.replace(compose.find("service_started"), 15, "service_healthy");
  const auto ready_for = [&](const std::vector<std::string>& argv) {
    StackCase stack(argv, compose);
    stack.container("shop-db-1").state = "exited";
    return stack.told(Claim::kReady).truth;
  };
  EXPECT_EQ(ready_for(kMigrate), Truth::kSupported);
  EXPECT_EQ(ready_for(kMigrateInside), Truth::kUnknown);
  std::vector<std::string> alone = kMigrate;
  alone.insert(alone.begin() + 3, "--no-deps");
  EXPECT_EQ(ready_for(alone), Truth::kUnknown);
}

TEST(WritersPaused, LooksAtWorkersAndThosePolicyNames) {
  const struct {
    const char* name;
    std::vector<std::string> argv;
    std::function<void(StackCase&)> change;
    Truth truth;
    const char* note;
  } rows[] = {
      {"at work", kMigrate, [](StackCase&) {}, Truth::kRefuted, "worker is at work"},
      {"paused", kMigrate, [](StackCase& s) { s.container("shop-worker-1").state = "paused"; },
       Truth::kSupported, "worker is stopped or paused"},
      {"not there", kMigrate, [](StackCase& s) { s.remove("shop-worker-1"); }, Truth::kSupported,
       "worker is"},
      {"database's own client",
       {"docker", "compose", "exec", "db", "psql", "-c", "drop table x"},
       [](StackCase&) {},
       Truth::kRefuted,
       "worker"},
      {"policy's", kMigrate,
       [](StackCase& s) {
         s.container("shop-worker-1").state = "exited";
         s.policy.writers = {"mail"};
       },
       Truth::kRefuted, "mail is at work"},
      {"policy's typo", kMigrate,
       [](StackCase& s) {
         s.container("shop-worker-1").state = "exited";
         s.policy.writers = {"mial"};
       },
       Truth::kUnknown, "mial"},
      {"none known",
       {"docker", "compose", "exec", "mail", "./manage.py", "migrate"},
       [](StackCase&) {},
       Truth::kUnknown,
       "no service"},
      {"no list", kMigrate, [](StackCase& s) { s.snapshot.containers_failure = "x"; },
       Truth::kUnknown, "cannot be seen"},
  };
  for (const auto& row : rows) {
    StackCase stack(row.argv);
    row.change(stack);
    const Answer answer = stack.told(Claim::kWritersPaused);
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth))
        << row.name << ": " << answer.note;
    EXPECT_NE(answer.note.find(row.note), std::string::npos) << answer.note;
  }
}

TEST(LiveEvidence, AnswersForWhatGuardDoesItself) {
  StackCase stack(kMigrate);
  const LiveFacts facts = stack.facts();
  const LiveEvidence evidence(facts);
  for (const Claim claim : {Claim::kContextInspected, Claim::kOutcomeVerified,
                            Claim::kOutputChecked, Claim::kWritersResumed}) {
    const Evidence answer = evidence.answer({claim, Phase::kAfter, *stack.command->step});
    EXPECT_EQ(answer.truth, Truth::kSupported) << name_of(claim);
    EXPECT_FALSE(evidence.tell(claim).origin.empty());
  }
  stack.snapshot.containers_failure = "x";
  EXPECT_EQ(evidence.tell(Claim::kContextInspected).truth, Truth::kUnknown);
}

}  // namespace
}  // namespace composelint::guard
