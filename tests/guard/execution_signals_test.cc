// What is told to guard while the task runs; and processes in a container that is there already.
#include <gtest/gtest.h>

#include "tests/guard/execution_case.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;
using Sent = std::vector<std::pair<std::string, int>>;

milliseconds at(int ms) {
  return milliseconds(ms);
}

std::vector<std::pair<milliseconds, std::string>> running() {
  return {{at(100), event_line("create")}, {at(150), event_line("start")}};
}

TEST(ExecuteTold, StopsTheTaskAndReadsItsCode) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    ExecutionCase one;
    auto lines = running();
    lines.emplace_back(at(4000), die_line(143));
    one.watcher(lines);
    one.client(at(60'000), exited(0)).on_signal = {{signal, exited(130)}};
    one.stopper(at(2500), exited(0));
    one.list("running", "Up 3 seconds");
    one.engine.signals = {{at(1000), signal}};
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, 143);
    EXPECT_TRUE(outcome.stopped);
    EXPECT_TRUE(one.engine.sent == (Sent{{"compose", signal}, {"events", SIGTERM}}));
    EXPECT_EQ(one.engine.started.back(), (Words{"docker", "stop", "0123456789abcdef"}));
    EXPECT_EQ(one.said(), "composelint: stopping the task in container 0123456789ab\n");
  }
}

TEST(ExecuteTold, DoesNotDoubleWhatTheTerminalSentToAll) {
  ExecutionCase one;
  auto lines = running();
  lines.emplace_back(at(4000), die_line(0));
  one.watcher(lines);
  one.client(at(4000), exited(0));
  one.stopper(at(2000), exited(0));
  one.engine.from_terminal = true;
  one.engine.signals = {{at(1000), SIGINT}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(one.engine.sent == (Sent{{"events", SIGTERM}}));
}

TEST(ExecuteTold, DoesNotDoubleWhatWasSentToTheGroup) {
  ExecutionCase one;
  auto lines = running();
  lines.emplace_back(at(4000), die_line(143));
  one.watcher(lines);
  one.client(at(1020), exited(130));  // it had the signal, too
  one.stopper(at(2000), exited(0));
  one.list("running", "Up 3 seconds");
  one.engine.signals = {{at(1000), SIGTERM}};
  EXPECT_EQ(one.run().code, 143);
  EXPECT_TRUE(one.engine.sent == (Sent{{"events", SIGTERM}}));
}

TEST(ExecuteTold, LeavesAtTheSecondTime) {
  ExecutionCase one;
  one.watcher(running());
  one.client(at(60'000), exited(0)).on_signal = {{SIGINT, exited(130)}};
  one.stopper(at(60'000), exited(0));
  one.list("running", "Up 3 seconds");
  one.engine.signals = {{at(1000), SIGINT}, {at(5000), SIGINT}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kStillRunning);
  EXPECT_EQ(outcome.code, 130);
  EXPECT_LT(one.took(), at(6000));
}

TEST(ExecuteTold, TakesTheTerminalBackFromAClientThatDoesNotHeed) {
  ExecutionCase one;
  one.watcher(running());
  one.client(at(600'000), exited(0)).on_signal = {{SIGKILL, kKilledEnd}};
  one.stopper(at(600'000), exited(0));
  one.list("running", "Up 3 seconds");
  one.engine.signals = {{at(1000), SIGTERM}, {at(5000), SIGTERM}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kStillRunning);
  EXPECT_EQ(outcome.client.code, SIGKILL);
  EXPECT_LT(one.took(), at(10'000));
}

TEST(ExecuteTold, SaysThatTheTaskCouldNotBeStopped) {
  ExecutionCase one;
  auto lines = running();
  lines.emplace_back(at(9000), die_line(0));
  one.watcher(lines);
  one.client(at(9100), exited(0));
  one.stopper(at(500), exited(1));
  one.engine.signals = {{at(1000), SIGTERM}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.code, 0);
  EXPECT_FALSE(outcome.stopped);
  EXPECT_EQ(one.said(),
            "composelint: docker stop could not end the task in container 0123456789ab\n");
}

TEST(ExecuteTold, EndsBeforeThereIsAContainer) {
  ExecutionCase one;
  one.watcher({});
  one.client(at(60'000), exited(0)).on_signal = {{SIGTERM, exited(130)}};
  one.engine.signals = {{at(50), SIGTERM}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kNeverStarted);
  EXPECT_EQ(outcome.code, 130);
  EXPECT_FALSE(outcome.stopped);
}

TEST(ExecuteTold, StopsWhatTakesTooLong) {
  ExecutionCase one;
  one.timeout = at(3000);
  auto lines = running();
  lines.emplace_back(at(5000), die_line(143));
  one.watcher(lines);
  one.client(at(5050), exited(143));
  one.stopper(at(2000), exited(0));
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 143);
  EXPECT_TRUE(outcome.stopped);
  EXPECT_EQ(outcome.notes, Words{"the task took longer than --timeout allows"});
  EXPECT_EQ(one.took(), at(5050));
}

// `docker compose exec`

struct ExecCase : ExecutionCase {
  explicit ExecCase(const std::vector<std::string>& argv = {"docker", "compose", "exec", "-T",
                                                            "app", "migrate", "now"})
      : ExecutionCase(argv), began(now()) {}
  [[nodiscard]] std::string event(const std::string& action, int ms, int code = -1,
                                  const std::string& id = "p1") const {
    std::string attributes = R"("execID":")" + id + "\"";
    if (code >= 0) attributes += R"(,"exitCode":")" + std::to_string(code) + "\"";
    return event_line(action, attributes, began + std::chrono::nanoseconds(at(ms)).count());
  }
  [[nodiscard]] std::vector<std::pair<milliseconds, std::string>> begun() const {
    return {{at(100), event("exec_create: migrate now", 100)},
            {at(110), event("exec_start: migrate now", 110)}};
  }
  [[nodiscard]] std::string begun_text() const {
    return begun()[0].second + "\n" + begun()[1].second + "\n";
  }
  std::int64_t began;
};

TEST(ExecuteExec, GivesTheProcesssCode) {
  ExecCase one;
  auto lines = one.begun();
  lines.emplace_back(at(500), one.event("exec_die", 500, 0, "h1"));  // a health check's
  lines.emplace_back(at(900), one.event("exec_die", 900, 3));
  one.watcher(lines);
  one.client(at(1000), exited(3));
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(one.took(), at(1000));
  EXPECT_EQ(one.said(), "");
  EXPECT_TRUE(one.engine.asked.empty());
  EXPECT_EQ(one.engine.started[0],
            (Words{"docker", "events", "--since", "1", "--filter", "type=container", "--filter",
                   "label=com.docker.compose.project=shop", "--filter",
                   "label=com.docker.compose.service=app", "--format", "{{json .}}"}));
}

TEST(ExecuteExec, KnowsWhatNeverStarted) {
  for (const bool asked_for : {false, true}) {  // no such service; no such program
    ExecCase one;
    one.watcher({});
    one.client(at(200), exited(asked_for ? 126 : 1));
    if (asked_for) one.past(one.begun_text());
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kNeverStarted);
    EXPECT_EQ(outcome.code, asked_for ? 126 : 1);
    EXPECT_LT(one.took(), at(1500));
  }
}

TEST(ExecuteExec, WaitsForTheProcessWhenTheClientIsGone) {
  ExecCase one;
  auto lines = one.begun();
  lines.emplace_back(at(40'000), one.event("exec_die", 40'000, 2));
  one.watcher(lines);
  one.client(at(1000), kKilledEnd);
  one.past(one.begun_text());
  one.processes(R"(["h1","p1"])");
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(one.took(), at(40'000));
}

TEST(ExecuteExec, SaysThatNothingButAKillInsideEndsIt) {
  ExecCase one;
  one.watcher(one.begun());
  one.client(at(60'000), exited(0)).on_signal = {{SIGTERM, exited(130)}};
  one.processes(R"(["p1"])");
  one.engine.signals = {{at(1000), SIGTERM}, {at(20'000), SIGTERM}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kStillRunning);
  EXPECT_FALSE(outcome.stopped);
  EXPECT_EQ(one.engine.started.size(), 2U) << "nothing is stopped";
  EXPECT_NE(one.said().find("only a kill inside the container ends it"), std::string::npos);
  EXPECT_LT(one.took(), at(21'000));
}

TEST(ExecuteExec, LeavesWhatTakesTooLong) {
  ExecCase one;
  one.timeout = at(2000);
  one.watcher(one.begun());
  one.client(at(60'000), exited(0)).on_signal = {{SIGTERM, exited(130)}};
  one.processes(R"(["p1"])");
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kStillRunning);
  EXPECT_EQ(one.took(), at(2000));
}

TEST(ExecuteExec, IsNotKnownAfterARestartOfTheEngine) {
  ExecCase one;
  one.watcher(one.begun()).end = {at(1000), exited(1)};
  one.client(at(1000), exited(1));
  one.no_engine();
  one.engine.changes.push_back({at(9000), [&] {
                                  one.past("");
                                  one.answer({"info"}, "\"\"");
                                  one.processes("null");
                                }});
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kUnknown);
  EXPECT_EQ(outcome.code, 1);
}

TEST(ExecuteExec, FindsItsProcessByTheEnginesOwnClock) {
  ExecCase one;
  one.watcher({});
  one.client(at(1000), kKilledEnd);
  one.answer({"info"}, R"("2027-01-15T07:00:01.5Z")");  // an hour behind
  const std::int64_t hour = std::int64_t{3600} * 1'000'000'000;
  one.began -= hour;
  one.past(one.begun_text() + one.event("exec_die", 700, 7) + "\n");
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 7);
}

}  // namespace
}  // namespace composelint::guard
