#include "guard/verification.h"

#include <gtest/gtest.h>

#include <fstream>

#include "guard/parse.h"
#include "tests/guard/verify_case.h"

namespace composelint::guard {
namespace {

TEST(Verify, IsContentWithAGoodRun) {
  VerifyCase good;
  for (const Answer& answer : good.run()) {
    EXPECT_EQ(answer.truth, Truth::kSupported) << answer.claim << ": " << answer.note;
    EXPECT_FALSE(answer.origin.empty()) << answer.claim;
  }
  EXPECT_EQ(good.engine.waits, 0);
  EXPECT_EQ(good.stack.around.said, "");
}

TEST(Verify, TellsHowItEnded) {
  const struct {
    TaskEnd end;
    int code;
    Truth truth;
  } rows[] = {
      {TaskEnd::kEnded, 0, Truth::kSupported},      {TaskEnd::kEnded, 3, Truth::kRefuted},
      {TaskEnd::kNeverStarted, 1, Truth::kRefuted}, {TaskEnd::kNeverStarted, 0, Truth::kRefuted},
      {TaskEnd::kStillRunning, 0, Truth::kUnknown}, {TaskEnd::kUnknown, 0, Truth::kUnknown}};
  for (const auto& row : rows) {
    VerifyCase ended;
    ended.outcome.end = row.end;
    ended.outcome.code = row.code;
    const Answer answer = ended.answer("exit-status");
    EXPECT_EQ(answer.truth, row.truth) << answer.note;
    EXPECT_EQ(blocks(answer), row.truth != Truth::kSupported);
  }
}

TEST(Verify, TellsNewErrorsFromOldOnes) {
  const std::string t = "2027-01-15T08:00:0";
  const struct {
    const char* name;
    std::string logs;
    Truth truth;
    const char* note;
  } rows[] = {
      {"none", "app-1  | " + t + "1.000000000Z fine\n", Truth::kSupported, "no new"},
      {"new", "app-1  | " + t + "9.000000000Z ERROR: relation x\n", Truth::kRefuted,
       "app (1): app: ERROR: relation x"},
      {"same kind", "db-1  | " + t + "9.000000000Z ERROR: job 9 failed\n", Truth::kSupported,
       "kinds"},
      {"same kind, not printable", "db-1  | " + t + "9.000000000Z ERROR \x1b[3m\xff\n",
       Truth::kSupported, "kinds"},
      {"seen before the start", "db-1  | " + t + "2.000000000Z ERROR: other\n", Truth::kSupported,
       "no new"},
      {"before the start, no baseline of it", "app-1  | 2020-01-15T08:00:09.000000000Z ERROR\n",
       Truth::kSupported, "no new"},
      {"escapes", "app-1  | " + t + "9.000000000Z ERROR \x1b[2J\n", Truth::kRefuted, "\\x1b"},
  };
  for (const auto& row : rows) {
    VerifyCase logged;
    LogFacts& before = logged.stack.snapshot.logs["db"];
    before.newest = t + "5.000000000Z";
    before.kinds = {"error: job # failed", kind_of_line("ERROR \x1b[1m\xff")};
    logged.logs = row.logs;
    const Answer answer = logged.answer("no-new-errors");
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth))
        << row.name << ": " << answer.note;
    EXPECT_NE(answer.note.find(row.note), std::string::npos) << row.name << ": " << answer.note;
    EXPECT_FALSE(blocks(answer));
  }
}

TEST(Verify, FindsWhatIsLeft) {
  const struct {
    const char* state;
    Truth truth;
    bool blocking;
    bool detached;
  } rows[] = {{"", Truth::kSupported, false, false},
              {"exited", Truth::kRefuted, false, false},
              {"running", Truth::kRefuted, true, false},
              {"running", Truth::kSupported, false, true}};
  for (const auto& row : rows) {
    std::vector<std::string> argv = kMigrate;
    if (row.detached) argv.insert(argv.begin() + 3, "-d");
    VerifyCase left(argv);
    if (*row.state != '\0') left.left = lines({{"app-run-1", row.state, ""}});
    const Answer answer = left.answer("nothing-left-behind");
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth)) << answer.note;
    EXPECT_EQ(blocks(answer), row.blocking);
  }
  EXPECT_EQ(VerifyCase(kMigrateInside).answer("nothing-left-behind").claim, "");
}

TEST(Verify, JudgesTheOutput) {
  const std::string path = testing::TempDir() + "guard-verify.sql";
  std::ofstream(path) << "-- PostgreSQL database dump\n";
  VerifyCase torn(kDump);
  torn.output = path;
  const Answer answer = torn.answer("output-checked");
  EXPECT_EQ(answer.truth, Truth::kRefuted) << answer.note;
  std::remove(path.c_str());
}

// A report has no end that could be looked for; nothing at all is no report.
TEST(Verify, TakesWhatALookPrints) {
  const std::string path = testing::TempDir() + "guard-verify.csv";
  const struct {
    std::vector<std::string> argv;
    const char* text;
    Truth truth;
  } rows[] = {
      {{"docker", "compose", "exec", "-T", "app", "psql", "-c", "select 1"},
       "1\n",
       Truth::kSupported},
      {{"docker", "compose", "exec", "-T", "app", "psql", "-c", "select 1"}, "", Truth::kRefuted},
      {{"docker", "compose", "exec", "-T", "app", "./report"}, "1\n", Truth::kUnknown},
  };
  for (const auto& row : rows) {
    std::ofstream(path) << row.text;
    VerifyCase report(row.argv);
    report.output = path;
    const Answer answer = report.answer("output-checked");
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth)) << answer.note;
  }
  std::remove(path.c_str());
}

TEST(Verify, RunsTheChecksOfThePolicy) {
  VerifyCase checked;
  const auto check = [](std::vector<std::string> command, std::string url, std::int64_t timeout) {
    return PostCheck{std::move(command), std::move(url), timeout};
  };
  checked.stack.policy.checks = {
      check({"./smoke.sh", "s3cret"}, "", 0),
      check({"./bad.sh"}, "", 5'000'000'000),
      check({"./gone.sh"}, "", 0),
      check({"./slow.sh"}, "", 2'000'000'000),
      check({}, "https://u:s3cret@shop/health?k=s3cret", 0),
      check({}, "https://shop/broken", 0),
      check({}, "", 0),
  };
  checked.engine.on({"./smoke.sh"}, "").on({"./bad.sh"}, "", 4).on({"https://shop/broken"}, "", 22);
  checked.engine.on({"https://u:s3cret@shop/health?k=s3cret"}, "");
  checked.engine.rows.push_back({{"./gone.sh"}, {{EndKind::kNotStarted, 2}, "", ""}});
  checked.engine.rows.push_back({{"./slow.sh"}, {{EndKind::kTimedOut, 0}, "", ""}});
  std::vector<std::pair<Truth, std::string>> checks;
  for (const Answer& answer : checked.run()) {
    if (answer.claim == "post-check") checks.emplace_back(answer.truth, answer.note);
  }
  const std::vector<std::pair<Truth, std::string>> wanted = {
      {Truth::kSupported, "smoke.sh is well"},
      {Truth::kRefuted, "bad.sh ended with 4"},
      {Truth::kRefuted, "gone.sh could not be started"},
      {Truth::kRefuted, "slow.sh took more than 2 s"},
      {Truth::kSupported, "GET https://shop/health is well"},
      {Truth::kRefuted, "GET https://shop/broken ended with 22"},
  };
  EXPECT_EQ(checks, wanted);
}

TEST(Verify, DoesNotKnowWithoutCurl) {
  VerifyCase checked;
  checked.stack.policy.checks = {PostCheck{{}, "https://shop", 0}};
  checked.engine.rows.push_back({{"curl"}, {{EndKind::kNotStarted, 2}, "", ""}});
  const Answer answer = checked.answer("post-check");
  EXPECT_EQ(answer.truth, Truth::kUnknown);
  EXPECT_TRUE(blocks(answer));
}

TEST(Verify, SaysWhatItCouldNotSee) {
  VerifyCase blind;
  ScriptedProcesses away;
  away.on({"docker"}, "", 1, "Cannot connect\n");
  const VerificationRequest request{
      *blind.stack.command, blind.stack.snapshot, blind.outcome, blind.stack.policy, "f00", "",
      blind.settle};
  for (const Answer& answer : verify(request, away, blind.stack.around)) {
    if (answer.claim == "exit-status") continue;
    EXPECT_EQ(answer.truth, Truth::kUnknown) << answer.claim;
  }
}

}  // namespace
}  // namespace composelint::guard
