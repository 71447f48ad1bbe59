#include <gtest/gtest.h>

#include <algorithm>

#include "tests/guard/verify_case.h"

namespace composelint::guard {
namespace {

struct HealthRow {
  const char* name;
  std::vector<std::string> argv;
  std::vector<std::vector<LiveOne>> looks;
  Truth truth;
  const char* note;
};

std::vector<LiveOne> with(const LiveOne& changed) {
  std::vector<LiveOne> out = well();
  for (LiveOne& one : out) {
    if (one.service == changed.service) one = changed;
  }
  return out;
}

std::vector<LiveOne> without(const std::string& service) {
  std::vector<LiveOne> out = well();
  out.erase(std::remove_if(out.begin(), out.end(),
                           [&](const LiveOne& one) { return one.service == service; }),
            out.end());
  return out;
}

TEST(Verify, WaitsForHealth) {
  const std::vector<std::string> up = {"docker", "compose", "up", "-d"};
  const HealthRow rows[] = {
      {"starting, then healthy",
       kMigrate,
       {with({"db", "running", "Up 1 s (health: starting)"}), well()},
       Truth::kSupported,
       "healthy"},
      {"ill, then healthy",
       kMigrate,
       {with({"db", "running", "Up 1 s (unhealthy)"}), well()},
       Truth::kSupported,
       "healthy"},
      {"ill for good",
       kMigrate,
       {with({"db", "running", "Up 1 s (unhealthy)"})},
       Truth::kRefuted,
       "shop-db-1 is unhealthy after 10 s"},
      {"ended",
       kMigrate,
       {with({"app", "exited", "Exited (0) 1 s ago"})},
       Truth::kRefuted,
       "shop-app-1 is exited"},
      {"between two states",
       kMigrate,
       {with({"app", "exited", "Exited (1) 1 s ago"}), well()},
       Truth::kSupported,
       "healthy"},
      {"restarts over and over",
       kMigrate,
       {with({"app", "restarting", "Restarting (1)"})},
       Truth::kRefuted,
       "restarting"},
      {"gone", kMigrate, {without("mail")}, Truth::kRefuted, "shop-mail-1 is not there"},
      {"up", up, {with({"app", "created", "Created"}), well()}, Truth::kRefuted, "prepare"},
      {"up, job is over",
       up,
       {[] {
         std::vector<LiveOne> all = well();
         all.push_back({"prepare", "exited", "Exited (0) 1 s ago"});
         return all;
       }()},
       Truth::kSupported,
       "healthy"},
      {"up, job failed",
       up,
       {[] {
         std::vector<LiveOne> all = well();
         all.push_back({"prepare", "exited", "Exited (2) 1 s ago"});
         return all;
       }()},
       Truth::kRefuted,
       "prepare"},
      {"down", {"docker", "compose", "down"}, {{}}, Truth::kSupported, "nothing is expected"},
      {"stop", {"docker", "compose", "stop", "app"}, {{}}, Truth::kSupported, "nothing"},
  };
  for (const HealthRow& row : rows) {
    VerifyCase now(row.argv);
    now.engine.looks = row.looks;
    const Answer answer = now.answer("services-healthy");
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth))
        << row.name << ": " << answer.note;
    EXPECT_NE(answer.note.find(row.note), std::string::npos) << row.name << ": " << answer.note;
    EXPECT_LE(now.stack.around.up, now.settle) << row.name;
  }
}

TEST(Verify, WaitsForAHealthCheckBehindWhatChangesData) {
  const std::string first = "shop-db-1 0 \"t1\"\n";
  const struct {
    const char* name;
    std::vector<std::string> argv;
    std::vector<std::string> checks;  // then the last one for ever
    Truth truth;
    const char* note;
    bool waits;
  } rows[] = {
      {"ends",
       kMigrate,
       {first, first, "shop-db-1 0 \"t2\"\n"},
       Truth::kSupported,
       "are healthy",
       true},
      {"fails, then well",
       kMigrate,
       {first, "shop-db-1 1 \"t2\"\n", "shop-db-1 0 \"t3\"\n"},
       Truth::kSupported,
       "are healthy",
       true},
      {"fails",
       kMigrate,
       {first, "shop-db-1 1 \"t2\"\n"},
       Truth::kRefuted,
       "shop-db-1 fails its health check",
       true},
      {"does not come", kMigrate, {first}, Truth::kSupported, "at their last check", true},
      {"nothing to ask", kMigrate, {""}, Truth::kSupported, "are healthy", false},
      {"changes no data", kTidyInside, {first}, Truth::kSupported, "are healthy", false},
  };
  for (const auto& row : rows) {
    VerifyCase now(row.argv);
    now.engine.checks = row.checks;
    now.engine.checks.insert(now.engine.checks.begin(), "");
    const Answer answer = now.answer("services-healthy");
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth))
        << row.name << ": " << answer.note;
    EXPECT_NE(answer.note.find(row.note), std::string::npos) << row.name << ": " << answer.note;
    EXPECT_EQ(now.engine.waits > 0, row.waits) << row.name;
  }
}

TEST(Verify, BlamesNoRunForWhatWasIllBefore) {
  VerifyCase ill;
  ill.stack.container("shop-mail-1").health = "unhealthy";
  ill.engine.looks = {with({"mail", "running", "Up 1 s (unhealthy)"})};
  EXPECT_EQ(ill.answer("services-healthy").truth, Truth::kSupported);
  VerifyCase aside;
  aside.set_aside = {"worker"};
  aside.engine.looks = {with({"worker", "paused", "Up 1 s (Paused)"})};
  EXPECT_EQ(aside.answer("services-healthy").truth, Truth::kSupported);
}

TEST(Verify, ShowsItsWaitAtATerminalOnly) {
  const auto looks =
      std::vector<std::vector<LiveOne>>(6, with({"db", "running", "Up 1 s (health: starting)"}));
  VerifyCase silent;
  silent.engine.looks = looks;
  (void)silent.run();
  EXPECT_EQ(silent.stack.around.said, "");
  VerifyCase shown;
  shown.engine.looks = looks;
  shown.engine.looks.push_back(well());
  shown.stack.around.streams.err = true;
  EXPECT_EQ(shown.answer("services-healthy").truth, Truth::kSupported);
  EXPECT_NE(shown.stack.around.said.find("shop-db-1 is starting, waiting (1 s)"),
            std::string::npos);
  EXPECT_TRUE(shown.stack.around.said.ends_with("\r\x1b[K"));
  EXPECT_EQ(shown.stack.around.said.find("(0 s)"), std::string::npos);
}

TEST(Verify, StopsWaitingWhenItIsTold) {
  VerifyCase told;
  told.engine.looks = {with({"db", "running", "Up 1 s (health: starting)"})};
  told.engine.signal = 2;
  EXPECT_EQ(told.answer("services-healthy").truth, Truth::kUnknown);
  EXPECT_EQ(told.engine.waits, 1);
}

TEST(Verify, EndsEvenWhenTheClockStands) {
  VerifyCase stands;
  stands.engine.looks = {with({"db", "running", "Up 1 s (health: starting)"})};
  class Standing : public ChangingEngine {
   public:
    using ChangingEngine::ChangingEngine;
    int wait(std::span<Child* const>, std::chrono::milliseconds) override { return 0; }
  } engine(stands.stack.around);
  engine.looks = stands.engine.looks;
  engine.on({"logs"}, "").on({"label=composelint.run=f00"}, "");
  const VerificationRequest request{
      *stands.stack.command, stands.stack.snapshot, stands.outcome, stands.stack.policy, "f00", "",
      stands.settle};
  EXPECT_FALSE(verify(request, engine, stands.stack.around).empty());
}

}  // namespace
}  // namespace composelint::guard
