#include "guard/verification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "guard/parse.h"
#include "tests/guard/scripted_processes.h"
#include "tests/guard/stack_case.h"

namespace composelint::guard {
namespace {

struct Live {
  std::string service;
  std::string state = "running";
  std::string status = "Up";
};

std::string lines(const std::vector<Live>& containers) {
  std::string out;
  for (const Live& one : containers) {
    const std::string name = "shop-" + one.service + "-1";
    out += R"({"id":")" + name + R"(","name":")" + name + R"(","number":"1","oneoff":"False",)" +
           R"("state":")" + one.state + R"(","status":")" + one.status + R"(","service":")" +
           one.service + "\"}\n";
  }
  return out;
}

const std::vector<Live>& well() {
  static const std::vector<Live> kWell = {
      {"app"}, {"db", "running", "Up 3 s (healthy)"}, {"worker"}, {"mail"}};
  return kWell;
}

// An engine whose containers change with each look, and a clock that goes on while guard waits.
class Engine : public ScriptedProcesses {
 public:
  explicit Engine(FakeSurroundings& around) : around_(around) {}
  std::vector<std::vector<Live>> looks = {well()};  // the last one stays
  // Answers for health checks: the first is never given, the last one stays.
  std::vector<std::string> checks = {"", "shop-db-1 0 \"t1\"\n", "shop-db-1 0 \"t2\"\n"};
  int signal = 0;  // what a wait ends with
  int waits = 0;

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds& bounds) override {
    for (const Command& command : commands) {
      const auto& argv = command.argv;
      const bool project = std::any_of(argv.begin(), argv.end(), [](const std::string& word) {
        return word.starts_with("label=com.docker.compose.project=");
      });
      if (std::find(argv.begin(), argv.end(), "inspect") != argv.end() && checks.size() > 1) {
        checks.erase(checks.begin());
      }
      if (!checks.empty()) rows.insert(rows.begin(), Row{{"inspect"}, {{}, checks.front(), ""}});
      if (!project) continue;
      rows.insert(rows.begin(),
                  Row{{"label=com.docker.compose.project=shop"}, {{}, lines(looks.front()), ""}});
      if (looks.size() > 1) looks.erase(looks.begin());
    }
    return ScriptedProcesses::capture(commands, bounds);
  }
  int wait(std::span<Child* const>, std::chrono::milliseconds time) override {
    ++waits;
    around_.up += time;
    return signal;
  }

 private:
  FakeSurroundings& around_;
};

struct Case {
  explicit Case(const std::vector<std::string>& argv = kMigrate)
      : stack(argv), engine(stack.around) {
    outcome.end = TaskEnd::kEnded;
    outcome.began = stack.now;
  }
  std::vector<Answer> run() {
    engine.on({"logs"}, logs).on({"label=composelint.run=f00"}, left);
    const VerificationRequest request{*stack.command, stack.snapshot, outcome, stack.policy,
                                      "f00",          output,         settle,  set_aside};
    return verify(request, engine, stack.around);
  }
  Answer answer(const std::string& claim) {
    for (Answer& one : run()) {
      if (one.claim == claim) return one;
    }
    return {};
  }

  StackCase stack;
  Engine engine;
  TaskOutcome outcome;
  std::string logs;
  std::string left;
  std::string output;
  std::chrono::milliseconds settle{10'000};
  std::vector<std::string> set_aside;
};

TEST(Verify, IsContentWithAGoodRun) {
  Case good;
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
    Case ended;
    ended.outcome.end = row.end;
    ended.outcome.code = row.code;
    const Answer answer = ended.answer("exit-status");
    EXPECT_EQ(answer.truth, row.truth) << answer.note;
    EXPECT_EQ(blocks(answer), row.truth != Truth::kSupported);
  }
}

struct HealthRow {
  const char* name;
  std::vector<std::string> argv;
  std::vector<std::vector<Live>> looks;
  Truth truth;
  const char* note;
};

std::vector<Live> with(const Live& changed) {
  std::vector<Live> out = well();
  for (Live& one : out) {
    if (one.service == changed.service) one = changed;
  }
  return out;
}

std::vector<Live> without(const std::string& service) {
  std::vector<Live> out = well();
  out.erase(std::remove_if(out.begin(), out.end(),
                           [&](const Live& one) { return one.service == service; }),
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
         std::vector<Live> all = well();
         all.push_back({"prepare", "exited", "Exited (0) 1 s ago"});
         return all;
       }()},
       Truth::kSupported,
       "healthy"},
      {"up, job failed",
       up,
       {[] {
         std::vector<Live> all = well();
         all.push_back({"prepare", "exited", "Exited (2) 1 s ago"});
         return all;
       }()},
       Truth::kRefuted,
       "prepare"},
      {"down", {"docker", "compose", "down"}, {{}}, Truth::kSupported, "nothing is expected"},
      {"stop", {"docker", "compose", "stop", "app"}, {{}}, Truth::kSupported, "nothing"},
  };
  for (const HealthRow& row : rows) {
    Case now(row.argv);
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
    Case now(row.argv);
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
  Case ill;
  ill.stack.container("shop-mail-1").health = "unhealthy";
  ill.engine.looks = {with({"mail", "running", "Up 1 s (unhealthy)"})};
  EXPECT_EQ(ill.answer("services-healthy").truth, Truth::kSupported);
  Case aside;
  aside.set_aside = {"worker"};
  aside.engine.looks = {with({"worker", "paused", "Up 1 s (Paused)"})};
  EXPECT_EQ(aside.answer("services-healthy").truth, Truth::kSupported);
}

TEST(Verify, ShowsItsWaitAtATerminalOnly) {
  const auto looks =
      std::vector<std::vector<Live>>(6, with({"db", "running", "Up 1 s (health: starting)"}));
  Case silent;
  silent.engine.looks = looks;
  (void)silent.run();
  EXPECT_EQ(silent.stack.around.said, "");
  Case shown;
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
  Case told;
  told.engine.looks = {with({"db", "running", "Up 1 s (health: starting)"})};
  told.engine.signal = 2;
  EXPECT_EQ(told.answer("services-healthy").truth, Truth::kUnknown);
  EXPECT_EQ(told.engine.waits, 1);
}

TEST(Verify, EndsEvenWhenTheClockStands) {
  Case stands;
  stands.engine.looks = {with({"db", "running", "Up 1 s (health: starting)"})};
  class Standing : public Engine {
   public:
    using Engine::Engine;
    int wait(std::span<Child* const>, std::chrono::milliseconds) override { return 0; }
  } engine(stands.stack.around);
  engine.looks = stands.engine.looks;
  engine.on({"logs"}, "").on({"label=composelint.run=f00"}, "");
  const VerificationRequest request{
      *stands.stack.command, stands.stack.snapshot, stands.outcome, stands.stack.policy, "f00", "",
      stands.settle};
  EXPECT_FALSE(verify(request, engine, stands.stack.around).empty());
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
    Case logged;
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
    Case left(argv);
    if (*row.state != '\0') left.left = lines({{"app-run-1", row.state, ""}});
    const Answer answer = left.answer("nothing-left-behind");
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth)) << answer.note;
    EXPECT_EQ(blocks(answer), row.blocking);
  }
  EXPECT_EQ(Case(kMigrateInside).answer("nothing-left-behind").claim, "");
}

TEST(Verify, JudgesTheOutput) {
  const std::string path = testing::TempDir() + "guard-verify.sql";
  std::ofstream(path) << "-- PostgreSQL database dump\n";
  Case torn(kDump);
  torn.output = path;
  const Answer answer = torn.answer("output-checked");
  EXPECT_EQ(answer.truth, Truth::kRefuted) << answer.note;
  std::remove(path.c_str());
}

TEST(Verify, RunsTheChecksOfThePolicy) {
  Case checked;
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
  Case checked;
  checked.stack.policy.checks = {PostCheck{{}, "https://shop", 0}};
  checked.engine.rows.push_back({{"curl"}, {{EndKind::kNotStarted, 2}, "", ""}});
  const Answer answer = checked.answer("post-check");
  EXPECT_EQ(answer.truth, Truth::kUnknown);
  EXPECT_TRUE(blocks(answer));
}

TEST(Verify, SaysWhatItCouldNotSee) {
  Case blind;
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
