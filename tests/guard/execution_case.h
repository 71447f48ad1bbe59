// A task on an engine of a test's making: `docker compose run app migrate` or `exec`.
#pragma once

#include <signal.h>

#include "guard/execution.h"
#include "tests/guard/scripted_children.h"
#include "tests/guard/stack_case.h"

namespace composelint::guard {

inline std::string event_line(const std::string& action, const std::string& attributes = "",
                              std::int64_t time = 0) {
  return R"({"Action":")" + action + R"(","Actor":{"ID":"0123456789abcdef","Attributes":{)" +
         attributes + R"(}},"timeNano":)" + std::to_string(time) + "}";
}
inline std::string die_line(int code) {
  return event_line("die", R"("exitCode":")" + std::to_string(code) + "\"");
}

inline const End kKilledEnd{EndKind::kSignalled, SIGKILL};
inline End exited(int code) {
  return {EndKind::kExited, code};
}

struct ExecutionCase {
  explicit ExecutionCase(const std::vector<std::string>& argv = {"docker", "compose", "run", "app",
                                                                 "migrate"})
      : stack(argv), engine(stack.around), exec(stack.command->call().is("exec")) {
    past();
    list("");
    if (exec) {
      engine.on({"info"}, R"("2027-01-15T08:00:00Z")"
                          "\n");
      engine.on({"inspect"}, "null\n");
    }
  }

  // The client: ends by itself with `code` after `time`, or by a signal.
  ChildScript& client(milliseconds time, const End& end) {
    ChildScript script;
    script.words = {"compose"};
    script.end = {time, end};
    engine.scripts.push_back(script);
    return engine.scripts.back();
  }
  ChildScript& watcher(std::vector<std::pair<milliseconds, std::string>> lines) {
    ChildScript script;
    script.words = {"events"};
    script.lines = std::move(lines);
    engine.scripts.push_back(script);
    return engine.scripts.back();
  }
  ChildScript& stopper(milliseconds time, const End& end) {
    ChildScript script;
    script.words = {"stop", "0123456789abcdef"};
    script.end = {time, end};
    engine.scripts.push_back(script);
    return engine.scripts.back();
  }

  // What the engine answers when it is asked.
  void past(const std::string& lines = "", int code = 0) { answer({"events"}, lines, code); }
  void list(const std::string& state, const std::string& status = "", int code = 0) {
    const std::string line =
        R"({"id":"0123456789abcdef","state":")" + state + R"(","status":")" + status + "\"}\n";
    answer({"ps"}, state.empty() ? "" : line, code);
  }
  // `--rm`: its container is gone from the list.
  void gone(milliseconds time) {
    engine.changes.push_back({time, [this] { list(""); }});
  }
  void processes(const std::string& ids) { answer({"inspect"}, ids); }
  void no_engine() {
    for (auto& row : engine.rows) row.answer = {{EndKind::kExited, 1}, "", "no engine"};
  }
  void answer(const std::vector<std::string>& words, const std::string& out, int code = 0) {
    std::erase_if(engine.rows, [&](const auto& row) { return row.words == words; });
    engine.on(words, out, code);
  }

  TaskOutcome run() {
    return execute(
        {*stack.command, labelled(*stack.command, stack.command->argv, "f00"), "f00", -1, timeout},
        engine, stack.around);
  }
  [[nodiscard]] const std::string& said() const { return stack.around.said; }
  [[nodiscard]] milliseconds took() const { return stack.around.up; }
  [[nodiscard]] std::int64_t now() const { return stack.around.clock; }

  StackCase stack;
  ScriptedChildren engine;
  bool exec;
  milliseconds timeout{0};
};

}  // namespace composelint::guard
