// Work is counted in files of hosts, too: a thousand shells under a thousand variables share them,
// and what is cut is told.
#include <composelint/timeline.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "analyzer/hosts/host.h"
#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {
namespace {

std::string repeat(int n, const std::function<std::string(const std::string&)>& line) {
  std::string out;
  for (int i = 0; i < n; ++i) out += line(std::to_string(i));
  return out;
}

hosts::HostFile read(const SourceFile& file) {
  const hosts::Host* host = hosts::find_host(file.path(), file.bytes());
  EXPECT_NE(host, nullptr) << file.path();
  if (host == nullptr) return {};
  return host->read({file, file.path(), "/repo", [](const std::string&) { return nullptr; }});
}

Timeline walk(const hosts::Task& task, const SourceFile& file) {
  return build({&task, &file, file.path(), "/repo", {}, {}},
               [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
}

struct Row {
  const char* path;
  std::string before;  // the variables
  std::function<std::string(const std::string&)> variable;
  std::string between;
  std::function<std::string(const std::string&)> command;
};

std::vector<Row> rows() {
  const auto variable = [](const char* format) {
    return [format](const std::string& i) {
      std::string out(format);
      out.replace(out.find('#'), 1, i);
      return out;
    };
  };
  const auto command = [](const char* before, const char* behind) {
    return [before, behind](const std::string& i) {
      return before + ("docker compose -f x.yml stop s" + i) + behind + "\n";
    };
  };
  return {
      {"/repo/crontab", "", variable("V#=x\n"), "", command("0 1 * * * ", "")},
      {"/repo/Dockerfile", "FROM a\n", variable("ENV V#=x\n"), "", command("RUN ", "")},
      {"/repo/a.service", "[Service]\n", variable("Environment=V#=x\n"), "",
       command("ExecStart=", "")},
      {"/repo/Makefile", "", variable("export V# = x\n"), "a:\n", command("\t", "")},
      {"/repo/justfile", "", variable("export V# := 'x'\n"), "a:\n", command("    ", "")},
      {"/repo/Taskfile.yml", "version: '3'\nenv:\n", variable("  V#: x\n"),
       "tasks:\n  a:\n    cmds:\n", command("    - ", "")},
      {"/repo/.github/workflows/w.yml", "env:\n", variable("  V#: x\n"),
       "jobs:\n  j:\n    steps:\n", command("    - run: ", "")},
      {"/repo/azure-pipelines.yml", "variables:\n", variable("  V#: x\n"), "steps:\n",
       command("- script: ", "")},
      {"/repo/.woodpecker.yml", "", variable("W#: x\n"), "steps:\n", command("- commands: [", "]")},
  };
}

TEST(Bounds, ShellsOfAFileShareItsVariables) {
  for (const Row& row : rows()) {
    for (const int size : {10, 100, 1000}) {
      const SourceFile file(row.path, row.before + repeat(size, row.variable) + row.between +
                                          repeat(size, row.command));
      const hosts::HostFile host = read(file);
      for (const hosts::Trouble& told : host.troubles) ADD_FAILURE() << row.path << told.message;
      std::size_t steps = 0;
      const hosts::Block* before = nullptr;
      for (const hosts::Task& task : host.tasks) {
        const Timeline timeline = walk(task, file);
        EXPECT_FALSE(timeline.truncated) << row.path;
        // Of a thousand variables only those that the text speaks of are named.
        EXPECT_LT(timeline.assigned.size(), 10U) << row.path;
        steps += timeline.steps.size();
        for (const auto& block : task.blocks) {
          const shell::Scope& variables = block->environment.variables();
          if (before != nullptr && task.blocks.size() > 1) {
            EXPECT_TRUE(variables.exports_the_same(before->environment.variables())) << row.path;
          }
          before = block.get();
        }
      }
      EXPECT_EQ(steps, static_cast<std::size_t>(size)) << row.path;
    }
  }
}

TEST(Bounds, ACopyOfAnEnvironmentCostsNothingUntilItChanges) {
  hosts::Environment all;
  for (int i = 0; i < 1000; ++i) all.set("V" + std::to_string(i), shell::Value::hole("x"));
  hosts::Environment copy = all;
  EXPECT_TRUE(copy.variables().is_copy_of(all.variables()));
  copy.set("V1", shell::Value::scalar(shell::known("y")));
  EXPECT_FALSE(copy.variables().exports_the_same(all.variables()));
  EXPECT_EQ(copy.variables().exported_value("V1"), std::optional<std::string>("y"));
  ASSERT_TRUE(all.variables().exported_value("V1").has_value());
  EXPECT_FALSE(all.variables().exported_value("V1")->has_value());
  EXPECT_FALSE(all.variables().exported_value("W").has_value());
}

TEST(Bounds, VariablesThatGrowBetweenTheCommands) {
  const SourceFile file("/repo/Dockerfile", "FROM a\n" + repeat(1000, [](const std::string& i) {
                                              return "ENV V" + i + "=x\nRUN a $V" + i + "\n";
                                            }));
  const hosts::HostFile host = read(file);
  ASSERT_EQ(host.tasks.size(), 1U);
  const Timeline timeline = walk(host.tasks.front(), file);
  EXPECT_EQ(timeline.steps.size(), 1000U);
  EXPECT_EQ(timeline.steps.back().argv.back().text, "x");
  EXPECT_EQ(timeline.assigned.size(), 1000U);
}

// Tasks that commands run are followed to a depth; what lies below is told to be missing.
TEST(Bounds, ALongChainOfCallsIsCutAndToldSo) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    text += "t" + std::to_string(i) + ":\n\tmake t" + std::to_string(i + 1) + "\n";
  }
  const SourceFile file("/repo/Makefile", text + "t100:\n\ta\n");
  const hosts::HostFile host = read(file);
  BuildRequest request{host.tasks.data(), &file, file.path(), "/repo", {}, {}};
  request.open_tasks = [&](const std::vector<Argument>& argv,
                           const std::string&) -> std::optional<TaskCall> {
    for (const hosts::Task& task : host.tasks) {
      if (argv.size() == 2 && argv[1].is(task.name.c_str())) return TaskCall{file.path(), {&task}};
    }
    return std::nullopt;
  };
  const Timeline timeline =
      build(request, [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  EXPECT_TRUE(timeline.truncated);
}

TEST(Bounds, ArmsBehindEachOther) {
  const std::string arms = repeat(4000, [](const std::string& i) {
    return "elif [ \"$1\" = a" + i + " ]; then docker compose stop s" + i + "\n";
  });
  const SourceFile file("/repo/x.sh", "#!/bin/sh\nif [ \"$1\" = a ]; then x\n" + arms + "fi\n");
  auto script = shell::parse_script(shell::whole_file(file));
  ASSERT_TRUE(script.ok());
  const hosts::HostFile host = hosts::script_host(std::move(*script));
  const Timeline timeline = walk(host.tasks.front(), file);
  EXPECT_TRUE(timeline.truncated);
  EXPECT_GT(timeline.steps.size(), 200U) << timeline.steps.size();
}

}  // namespace
}  // namespace composelint::timeline
