// Wall clocks jump, back and forth: nothing that guard decides may come of that.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "guard/journal.h"
#include "guard/lock.h"
#include "guard/process_identity.h"
#include "guard/report.h"
#include "tests/guard/execution_case.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

constexpr std::int64_t kHour = std::int64_t{3600} * 1'000'000'000;
constexpr std::int64_t kNow = 1'800'000'000'000'000'000;
constexpr std::int64_t kYears = 30 * 365 * 24 * kHour;

JournalRun run_at(const std::string& id, std::int64_t started, std::int64_t ended) {
  JournalRun run;
  run.id = id;
  run.project = "shop";
  run.user = "anna";
  run.argv = {"docker", "compose", "run", "app", "migrate"};
  run.started = started;
  run.ended = ended;
  run.code = ended == 0 ? -1 : 0;
  run.end = ended == 0 ? "" : "verified";
  return run;
}

// Their order is that of their lines, and open is what has no end.
TEST(ClockJumps, TheJournalIsReadInItsOwnOrder) {
  const ScratchDirectory scratch;
  auto journal = Journal::open(scratch.path());
  ASSERT_TRUE(journal.ok());
  const std::vector<JournalRun> runs = {
      run_at("01", kNow, kNow + kHour),
      run_at("02", kNow - kYears, kNow - kYears + 1),  // before there was any guard
      run_at("03", kNow + kYears, 0),
      run_at("04", kNow + kHour, kNow - kHour),  // it ended before it began
      run_at("05", 0, 0),                        // 1970: a battery that is empty
  };
  for (const JournalRun& run : runs) {
    ASSERT_FALSE(journal->begin(run));
    if (!run.open()) {
      ASSERT_FALSE(journal->end(run));
    }
  }
  const auto reading = journal->read();
  ASSERT_TRUE(reading.ok());
  ASSERT_EQ(reading->runs.size(), runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(reading->runs[i].id, runs[i].id);
    EXPECT_EQ(reading->runs[i].open(), runs[i].open()) << runs[i].id;
    EXPECT_EQ(reading->runs[i].started, runs[i].started) << runs[i].id;
  }
  EXPECT_EQ(reading->torn, 0U);
}

TEST(ClockJumps, TheHistoryTellsNoTimeThatNobodyTook) {
  const std::string text = history_text({run_at("04", kNow + kHour, kNow - kHour)}, 0);
  EXPECT_NE(text.find("verified, 0"), std::string::npos) << text;
  EXPECT_EQ(text.find(" in "), std::string::npos) << text;
}

// A run that never ended is in the way whatever the clock says of its age.
TEST(ClockJumps, AnOpenRunBlocks) {
  for (const std::int64_t started : {std::int64_t{0}, kNow - kYears, kNow + kYears}) {
    StackCase stack(kMigrate);
    JournalRun run = run_at("01", started, 0);
    stack.journal = {run, run_at("02", kNow - 1, kNow)};
    EXPECT_EQ(stack.asked("nothing-left-open").truth, Truth::kRefuted) << started;
  }
}

// The holder is who has the lock, and not who says that it was taken before now.
TEST(ClockJumps, ALockOfTheFutureHolds) {
  const ScratchDirectory scratch;
  for (const std::int64_t since : {std::int64_t{0}, kNow - kYears, kNow + kYears}) {
    const auto mine = ProjectLock::take(scratch.path(), "e", "shop", {0, "anna", "", "x", since});
    ASSERT_TRUE(mine.ok());
    ASSERT_TRUE(std::holds_alternative<ProjectLock>(*mine));
    const auto other = ProjectLock::take(scratch.path(), "e", "shop", {0, "bert", "", "y", kNow});
    ASSERT_TRUE(other.ok());
    const auto* holder = std::get_if<LockHolder>(&*other);
    ASSERT_NE(holder, nullptr) << since;
    EXPECT_EQ(holder->since, since);
    EXPECT_EQ(holder->user, "anna");
  }
  // Nor is a process told from another by the wall clock.
  EXPECT_TRUE(still_runs(::getpid(), boot_id(), began(::getpid())));
}

// What the clock makes older or newer than it can be is no fresh dump.
TEST(ClockJumps, ADumpIsAsOldAsThereIsProofFor) {
  const ScratchDirectory scratch;
  const std::string file = scratch / "a.sql";
  std::ofstream(file) << "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE a (b int);\n\n"
                         "--\n-- PostgreSQL database dump complete\n--\n\n";
  const struct {
    const char* what;
    std::int64_t started;
    std::int64_t ended;
    bool counts;
  } rows[] = {
      {"an hour ago", kNow - kHour, kNow - kHour + 1, true},
      {"the clock went back in its midst", kNow + 2 * kHour, kNow - kHour, true},
      {"the clock went back behind it", kNow + 2 * kHour, kNow + 3 * kHour, false},
      {"the clock went forth behind it", kNow - kYears, kNow - kYears + 1, false},
      {"a little, as two clocks may differ", kNow, kNow + 20'000'000'000, true},
  };
  for (const auto& row : rows) {
    StackCase stack(kMigrate);
    ASSERT_EQ(stack.now, kNow);
    JournalRun run = run_at("01", row.started, row.ended);
    run.effect = "dumps";
    run.effect_name = "pg_dump";
    run.service = "db";
    run.engine = stack.snapshot.engine.endpoint;
    run.verified = true;
    run.output = file;
    stack.journal = {run};
    const Answer answer = stack.told(Claim::kBackupTaken);
    EXPECT_EQ(answer.truth == Truth::kSupported, row.counts) << row.what << ": " << answer.note;
    if (!row.counts) {
      EXPECT_EQ(answer.severity, Severity::kError) << row.what;
    }
  }
}

// A person's word is of this call, and has no age that a clock could give it.
TEST(ClockJumps, AnAttestationIsOfThisCallAlone) {
  StackCase stack(kMigrate);
  JournalRun before = run_at("01", kNow + kYears, kNow + kYears);
  before.answers = {{"backup-taken", Truth::kSupported, Severity::kError, "tried", "", "anna", 1}};
  stack.journal = {before};
  EXPECT_NE(stack.told(Claim::kBackupTaken).truth, Truth::kSupported);
  stack.attestations = {{"backup-taken", "tried"}};
  EXPECT_EQ(stack.told(Claim::kBackupTaken).truth, Truth::kSupported);
}

// How long a task takes is not the wall clock's to say.
TEST(ClockJumps, AreNoTimeout) {
  for (const std::int64_t jump : {kYears, -kYears}) {
    ExecutionCase one;
    one.timeout = milliseconds(5000);
    one.watcher({{milliseconds(100), event_line("create")},
                 {milliseconds(110), event_line("start")},
                 {milliseconds(2000), die_line(3)}});
    one.client(milliseconds(2000), exited(3));
    one.engine.changes.push_back({milliseconds(500), [&] { one.stack.around.clock += jump; }});
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded) << jump;
    EXPECT_EQ(outcome.code, 3) << jump;
    EXPECT_FALSE(outcome.stopped) << jump;
    EXPECT_EQ(one.took(), milliseconds(2000)) << jump;
  }
}

// The engine's events of `exec` are known by their time. One that the clock has put elsewhere is
// not taken for the task's, and an end that is not seen is not known.
TEST(ClockJumps, MakeNoOtherProcessTheTask) {
  for (const std::int64_t jump : {kHour, -kHour}) {
    ExecutionCase one({"docker", "compose", "exec", "-T", "app", "migrate", "now"});
    const auto event = [&](const std::string& action, int ms, const std::string& more = "") {
      return event_line(action, R"("execID":"p1")" + more,
                        one.now() + jump + std::int64_t{ms} * 1'000'000);
    };
    one.watcher({{milliseconds(100), event("exec_create: migrate now", 100)},
                 {milliseconds(110), event("exec_start: migrate now", 110)},
                 {milliseconds(900), event("exec_die", 900, R"(,"exitCode":"0")")}});
    one.client(milliseconds(1000), kKilledEnd);
    one.answer({"info"}, R"("2027-01-15T08:00:01Z")"
                         "\n");
    const TaskOutcome outcome = one.run();
    EXPECT_NE(outcome.end, TaskEnd::kEnded) << jump;
  }
}

}  // namespace
}  // namespace composelint::guard
