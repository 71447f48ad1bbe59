#include "guard/execution.h"

#include <gtest/gtest.h>

#include "tests/guard/execution_case.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

const std::string kCreate = event_line("create");
const std::string kStart = event_line("start");
constexpr milliseconds kNow{0};

milliseconds at(int ms) {
  return milliseconds(ms);
}

TEST(Labelled, PutsTheLabelBehindRun) {
  const StackCase run({"sudo", "docker", "compose", "-p", "shop", "run", "--rm", "app", "run"});
  EXPECT_EQ(labelled(*run.command, run.command->argv, "f00"),
            (Words{"sudo", "docker", "compose", "-p", "shop", "run", "--label",
                   "composelint.run=f00", "--rm", "app", "run"}));
  EXPECT_EQ(labelled(*run.command,
                     {"sudo", "docker", "compose", "-p", "shop", "-f", "x", "run", "app"}, "f00"),
            (Words{"sudo", "docker", "compose", "-p", "shop", "-f", "x", "run", "--label",
                   "composelint.run=f00", "app"}));
  const StackCase exec({"docker", "compose", "exec", "app", "run"});
  EXPECT_EQ(labelled(*exec.command, exec.command->argv, "f00"), exec.command->argv);
}

// The streams and the end of a command that nothing disturbs are its own.
TEST(ExecuteRun, GivesTheTasksCode) {
  for (const int code : {0, 1, 3, 127, 137}) {
    ExecutionCase one;
    one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(900), die_line(code)}});
    one.client(at(1000), exited(code));
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, code);
    EXPECT_EQ(outcome.client.code, code);
    EXPECT_EQ(outcome.container, "0123456789abcdef");
    EXPECT_TRUE(outcome.notes.empty());
    EXPECT_EQ(one.said(), "");
    EXPECT_EQ(one.took(), at(1000));
    EXPECT_TRUE(one.engine.asked.empty()) << "it has been told all by then";
    EXPECT_EQ(one.engine.started[0],
              (Words{"docker", "events", "--since", "1", "--filter", "type=container", "--filter",
                     "label=composelint.run=f00", "--format", "{{json .}}"}));
    EXPECT_EQ(one.engine.started[1], (Words{"docker", "compose", "run", "--label",
                                            "composelint.run=f00", "app", "migrate"}));
  }
}

TEST(ExecuteRun, AsksWhereTheWatcherWasTooSlow) {
  ExecutionCase one;
  one.watcher({{at(5000), kCreate}});
  one.client(at(100), exited(4));
  one.past(kCreate + "\n" + kStart + "\n" + die_line(4) + "\n" + event_line("destroy") + "\n");
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 4);
  EXPECT_EQ(one.took(), at(100));
}

TEST(ExecuteRun, TakesTheTasksWordAgainstTheClients) {
  ExecutionCase one;
  one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(900), die_line(3)}});
  one.client(at(1000), exited(1));
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.notes, Words{"the task ended with 3, its client with 1"});
}

// A full disk, a closed pipe: the client fails, and the task never knows.
TEST(ExecuteRun, CallsNothingASuccessThatTheClientDidNotBring) {
  struct Row {
    End client;
    int task;
    int code;
    bool whole;
  };
  const Row rows[] = {{exited(0), 0, 0, true},      {exited(1), 0, 1, false},
                      {exited(130), 0, 130, false}, {kKilledEnd, 0, 0, false},
                      {exited(1), 3, 3, false},     {exited(3), 3, 3, true}};
  for (const Row& row : rows) {
    ExecutionCase one;
    one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(900), die_line(row.task)}});
    one.client(at(1000), row.client);
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, row.code);
    EXPECT_EQ(outcome.output_whole, row.whole) << row.client.code << " " << row.task;
  }
}

TEST(ExecuteRun, KnowsWhatNeverStarted) {
  struct Row {
    const char* what;
    std::string past;
    const char* state;
    int code;
  };
  const Row rows[] = {
      {"Compose refused", "", "", 1},
      {"the engine refused the start", kCreate + "\n", "created", 1},
      {"the same with --rm", kCreate + "\n" + event_line("destroy") + "\n", "", 126}};
  for (const Row& row : rows) {
    ExecutionCase one;
    one.watcher({});
    one.client(at(100), exited(row.code));
    one.past(row.past);
    one.list(row.state);
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kNeverStarted) << row.what;
    EXPECT_EQ(outcome.code, row.code) << row.what;
    EXPECT_EQ(one.took(), at(100)) << row.what;
    EXPECT_EQ(one.said(), "");
  }
}

TEST(ExecuteRun, KnowsWhereTheClientIsMissing) {
  ExecutionCase one;
  one.watcher({});
  one.client(kNow, {}).refused = FailureCode::kNotFound;
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kNeverStarted);
  EXPECT_EQ(outcome.code, 127);
  EXPECT_EQ(outcome.client.kind, EndKind::kNotStarted);
}

// kill -9 of the client, and the 130 that it gives for a signal.
TEST(ExecuteRun, WaitsForTheTaskWhenTheClientIsGone) {
  for (const End& end : {kKilledEnd, exited(130)}) {
    ExecutionCase one;
    one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(90'000), die_line(5)}});
    one.client(at(1000), end);
    one.past(kCreate + "\n" + kStart + "\n");
    one.list("running", "Up 3 seconds");
    one.gone(at(90'000));
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, 5);
    EXPECT_EQ(one.took(), at(90'000));
    EXPECT_EQ(one.said(),
              "composelint: the client has ended, the task in container 0123456789ab has not: "
              "waiting for its end\n");
    EXPECT_TRUE(one.engine.sent == (decltype(one.engine.sent){{"events", SIGTERM}}));
  }
}

// What comes next asks the list whether a task is at work.
TEST(ExecuteRun, WaitsUntilTheListKnowsOfTheEnd) {
  struct Row {
    milliseconds gone;
    milliseconds took;
  };
  // An engine whose list never learns it does not hold guard up for good.
  for (const Row& row : {Row{at(5700), at(5700)}, Row{at(500'000), at(15'000)}}) {
    ExecutionCase one;
    one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(5000), die_line(5)}});
    one.client(at(1000), kKilledEnd);
    one.list("running", "Up 3 seconds");
    one.gone(row.gone);
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, 5);
    EXPECT_EQ(one.took(), row.took);
  }
}

TEST(ExecuteRun, StopsLookingAtTheListWhenTold) {
  ExecutionCase one;
  one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(5000), die_line(5)}});
  one.client(at(1000), kKilledEnd);
  one.list("running", "Up 3 seconds");
  one.engine.signals = {{at(6000), SIGINT}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 5);
  EXPECT_EQ(one.took(), at(6000));
}

TEST(ExecuteRun, BelievesTheEngineMoreThanADeadConnection) {
  ExecutionCase one;
  one.watcher({{at(100), kCreate}, {at(150), kStart}});  // and then nothing, for ever
  one.client(at(1000), kKilledEnd);
  one.list("running", "Up 3 seconds");
  one.engine.changes.push_back(
      {at(40'000), [&] { one.list("exited", "Exited (6) 2 seconds ago"); }});
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 6);
  EXPECT_LT(one.took(), at(70'000));
}

TEST(ExecuteRun, WaitsForAnEngineThatComesBack) {
  ExecutionCase one;
  ChildScript& first = one.watcher({{at(100), kCreate}, {at(150), kStart}});
  first.end = {at(2000), exited(1)};
  one.client(at(2000), exited(1));
  one.no_engine();
  one.engine.changes.push_back({at(12'000), [&] {
                                  one.past("");
                                  one.list("exited", "Exited (137) 4 seconds ago");
                                }});
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 137);
  EXPECT_LT(one.took(), at(14'000));
}

TEST(ExecuteRun, GivesAnEngineUpAfterHalfAMinute) {
  ExecutionCase one;
  ChildScript& first = one.watcher({{at(100), kCreate}, {at(150), kStart}});
  first.end = {at(2000), exited(1)};
  one.client(at(2000), exited(1));
  one.no_engine();
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kUnknown);
  EXPECT_GE(one.took(), at(32'000));
  EXPECT_LT(one.took(), at(35'000));
}

TEST(ExecuteRun, SaysWhatTheEngineHasForgotten) {
  ExecutionCase one;
  one.watcher({{at(100), kCreate}, {at(150), kStart}}).end = {at(2000), exited(1)};
  one.client(at(2000), kKilledEnd);
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kUnknown);
  EXPECT_EQ(outcome.notes, Words{"the engine no longer knows how the task ended"});
}

TEST(ExecuteRun, DoesNotTakeAKilledClientsSilenceForTheEnd) {
  ExecutionCase one;
  one.watcher({});
  one.client(at(100), kKilledEnd);  // its request is on the way
  one.engine.changes.push_back(
      {at(300), [&] { one.past(kCreate + "\n" + kStart + "\n" + die_line(0) + "\n"); }});
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kEnded);
  EXPECT_EQ(outcome.code, 0);
}

TEST(ExecuteRun, AwaitsATaskInTheBackground) {
  for (const bool terminal : {false, true}) {
    ExecutionCase one({"docker", "compose", "run", "-d", "app", "migrate"});
    one.stack.around.streams.err = terminal;
    one.watcher({{at(100), kCreate}, {at(150), kStart}, {at(50'000), die_line(2)}});
    one.client(at(200), exited(0));
    one.list("running", "Up 3 seconds");
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_TRUE(outcome.notes.empty());
    EXPECT_EQ(one.said().empty(), !terminal);
  }
}

TEST(ExecuteRun, LeavesATaskInTheBackgroundWhenTold) {
  ExecutionCase one({"docker", "compose", "run", "-d", "app", "migrate"});
  one.watcher({{at(100), kCreate}, {at(150), kStart}});
  one.client(at(200), exited(0));
  one.list("running", "Up 3 seconds");
  one.engine.signals = {{at(5000), SIGINT}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.end, TaskEnd::kStillRunning);
  EXPECT_FALSE(outcome.stopped);
  EXPECT_EQ(outcome.notes, Words{"the task in container 0123456789ab still runs"});
}

TEST(ExecuteRun, DoesWithoutEventsWhereThereIsNoDocker) {
  for (const bool killed : {false, true}) {
    ExecutionCase one({"docker-compose", "run", "app", "migrate"});
    one.watcher({}).refused = FailureCode::kNotFound;
    one.client(at(200), killed ? kKilledEnd : exited(3)).words = {"docker-compose"};
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, killed ? TaskEnd::kUnknown : TaskEnd::kEnded);
    EXPECT_EQ(outcome.code, killed ? 137 : 3);
    EXPECT_EQ(one.took(), at(200));
  }
}

struct CodeRow {
  End client;
  TaskEnd end;
  int code;
};

TEST(ExecuteOther, IsPlain) {
  const CodeRow rows[] = {{exited(0), TaskEnd::kEnded, 0},
                          {exited(14), TaskEnd::kEnded, 14},
                          {kKilledEnd, TaskEnd::kEnded, 137}};
  for (const CodeRow& row : rows) {
    ExecutionCase one({"docker", "compose", "up", "-d"});
    one.client(at(3000), row.client);
    const TaskOutcome outcome = one.run();
    EXPECT_EQ(outcome.end, row.end);
    EXPECT_EQ(outcome.code, row.code);
    EXPECT_EQ(one.engine.started.size(), 1U);
    EXPECT_TRUE(one.engine.asked.empty());
    EXPECT_EQ(one.said(), "");
  }
}

TEST(ExecuteOther, PassesSignalsOnOnce) {
  ExecutionCase one({"docker", "compose", "up"});
  one.client(at(60'000), exited(0)).on_signal = {{SIGTERM, exited(130)}};
  one.engine.signals = {{at(1000), SIGINT}, {at(1100), SIGINT}, {at(5000), SIGTERM}};
  const TaskOutcome outcome = one.run();
  EXPECT_EQ(outcome.code, 130);
  EXPECT_TRUE(one.engine.sent ==
              (decltype(one.engine.sent){{"compose", SIGINT}, {"compose", SIGTERM}}));
}

TEST(ExecuteOther, IsEndedWhenItTakesTooLong) {
  ExecutionCase one({"docker", "compose", "up"});
  one.timeout = at(2000);
  one.client(at(60'000), exited(0)).on_signal = {{SIGKILL, kKilledEnd}};
  const TaskOutcome outcome = one.run();
  EXPECT_TRUE(outcome.stopped);
  EXPECT_EQ(outcome.code, 137);
  EXPECT_EQ(one.took(), at(5000));
}

}  // namespace
}  // namespace composelint::guard
