// What make, just and task run in which order, and which commands run their tasks.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/task_call.h"

namespace composelint::hosts {
namespace {

HostFile read(const SourceFile& file) {
  const std::string path = "/project/" + file.path();
  const Host* host = find_host(path, file.bytes());
  EXPECT_NE(host, nullptr) << path;
  return host->read({file, path, "/project", [](const std::string&) { return nullptr; }});
}

// The first words of the blocks' last commands, in order: assignments of the reader come first.
std::string order(const HostFile& host, const std::string& task) {
  std::string out;
  for (const Task& one : host.tasks) {
    if (one.name != task) continue;
    for (const auto& block : one.blocks) {
      if (block->script.commands.empty()) continue;
      const auto* simple = block->script.commands.back().as<SimpleCommand>();
      if (simple == nullptr || simple->words.empty()) continue;
      for (const Word& word : simple->words) out += word.literal_text() + " ";
      out.back() = ';';
    }
  }
  return out;
}

TEST(TaskRunners, RunPrerequisitesFirstAndOnce) {
  const struct {
    const char* name;
    const char* text;
    const char* task;
    const char* expected;
  } rows[] = {
      {"Makefile", "a: b c\n\tA\nb: d\n\tB\nc: d\n\tC\nd:\n\tD\n", "a", "D;B;C;A;"},
      {"Makefile", "a: b\n\tA\na: c\nb: a\n\tB\nc:;C\n", "a", "B;C;A;"},
      {"Makefile", "x-%: y\n\trun $*\ny:\n\tY\na: x-web\n\tA\n", "a", "Y;run web;A;"},
      {"Makefile", "l m: %: y-%\n\tgo $@ $<\ny-%:\n\tY $*\n", "m", "Y m;go m y-m;"},
      {"Makefile", "a:\n\techo $$x\n\t# note\n", "a", "echo ;"},
      {"justfile", "a: b && c\n  A\nb:\n  B\nc:\n  C\n", "a", "B;A;C;"},
      {"justfile", "a: (b \"x y\")\n  A\nb p:\n  B\n", "a", "B;A;"},
      {"justfile", "b p=\"q\":\n  @B {{{{z}}\n", "b", "B {{z}};"},
      {"Taskfile.yml", "tasks:\n  a:\n    deps: [b]\n    cmds: [A, {task: c}, E]\n  b: B\n  c: C\n",
       "a", "B;A;C;E;"},
  };
  for (const auto& row : rows) {
    const SourceFile file(row.name, row.text);
    EXPECT_EQ(order(read(file), row.task), row.expected) << row.text;
  }
}

TEST(TaskRunners, MarkWhatAnotherTaskRuns) {
  const SourceFile file("Makefile", "a: b\n\t$(MAKE) c\nb:\n\tB\nc:\n\tC\nd: e\ne: d\n");
  std::map<std::string, bool> called;
  for (const Task& task : read(file).tasks) called[task.name] = task.called;
  EXPECT_EQ(called, (std::map<std::string, bool>{
                        {"a", false}, {"b", true}, {"c", true}, {"d", false}, {"e", false}}));
}

TEST(TaskRunners, KeepWithinBounds) {
  std::string text = "V0 = docker compose up\n";
  for (int i = 1; i < 60; ++i) {
    const std::string below = "$(V" + std::to_string(i - 1) + ")";
    text += "V" + std::to_string(i) + " = " + below + below + "\n";
  }
  text += "a:\n\t$(V59)\nLOOP = $(LOOP)\nb:\n\t$(LOOP)\n";
  const SourceFile file("Makefile", text);
  const HostFile host = read(file);
  ASSERT_EQ(host.tasks.size(), 2U);
  std::vector<std::string> told;
  for (const Trouble& trouble : host.troubles) told.push_back(trouble.message);
  EXPECT_EQ(std::count(told.begin(), told.end(), "the variable LOOP refers to itself"), 1);
  EXPECT_GE(told.size(), 2U);
}

TEST(TaskRunners, KeepTemplatesWithinBounds) {
  std::string words;
  for (int i = 0; i < 200; ++i) words += " w" + std::to_string(i);
  const SourceFile file(
      "Makefile", "L =" + words +
                      "\ndefine T\n$(1)-$(2):\n\t@docker compose up\n$(eval $(call T,$(1),x))\n"
                      "endef\n$(foreach a,$(L),$(foreach b,$(L),$(foreach c,$(L),"
                      "$(eval $(call T,$(a),$(b))))))\n$(foreach a,$(L)\n$(eval $(call T\n");
  EXPECT_LE(read(file).tasks.size(), 1024U);
}

// A makefile of `size` targets, each the prerequisite of the next.
std::string chain(int size) {
  std::string text = "t0:\n\tA\n";
  for (int i = 1; i < size; ++i) {
    text += "t" + std::to_string(i) + ": t" + std::to_string(i - 1) + "\n\tA\n";
  }
  return text;
}

TEST(TaskRunners, FollowLongChains) {
  for (const int size : {10, 100, 1000}) {
    const SourceFile file("Makefile", chain(size));
    const HostFile host = read(file);
    EXPECT_TRUE(host.troubles.empty());
    ASSERT_EQ(host.tasks.size(), static_cast<std::size_t>(size));
    for (const Task& task : host.tasks) {
      if (task.called) continue;
      EXPECT_EQ(task.blocks.size(), static_cast<std::size_t>(size));
    }
  }
}

TEST(TaskRunners, AppendAThousandTimes) {
  for (const char* const before : {"", "a: "}) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += before + ("V += x" + std::to_string(i)) + "\n";
    const SourceFile file("Makefile", text + "a:\n\tA $(V)\n");
    const HostFile host = read(file);
    EXPECT_TRUE(host.troubles.empty());
    ASSERT_EQ(host.tasks.size(), 1U);
    const std::string& shell = host.tasks.front().blocks.front()->text.text;
    EXPECT_NE(shell.find("x0 x1 x2"), std::string::npos);
    EXPECT_NE(shell.find("x998 x999"), std::string::npos);
    EXPECT_LT(shell.size(), 10'000U);
  }
}

TEST(TaskRunners, TellWhereAChainIsCut) {
  const SourceFile file("Makefile", chain(3000));
  const HostFile host = read(file);
  ASSERT_EQ(host.troubles.size(), 1U);
  EXPECT_EQ(host.troubles.front().message, "too many tasks run each other: some are left out");
}

TEST(TaskRunners, SurviveEveryTruncation) {
  const std::string texts[][2] = {
      {"Makefile",
       "ifeq ($(A),b)\nX := $(call f,$(shell a \"$$b\"))\nelse\ndefine Y\n\t@a\nendef\n"
       "endif\na b: c-% | d ; $(Y) \\\n\t$(X:.c=.o) ${Q\n"},
      {"justfile",
       "x := if a == 'b' { `c` } else { \"d\\n\" / e(f, (g)) }\n[script]\nr *a='b' $c: (d "
       "\"e\") && f\n  #!/bin/sh\n  {{ x + \"}}\" }} {{{{\n"},
      {"Taskfile.yml",
       "tasks:\n  a: {cmds: [{task: a, vars: {B: '{{.C | default \"d\"}}'}}, "
       "{defer: '{{'}]}\n"}};
  for (const auto& [name, text] : texts) {
    for (std::size_t size = 0; size <= text.size(); ++size) {
      const SourceFile file(name, text.substr(0, size));
      EXPECT_LE(read(file).tasks.size(), 3U);
    }
  }
}

TEST(TaskCall, NamesTheFileAndTheTasks) {
  const struct {
    const char* line;
    const char* expected;
  } rows[] = {
      {"make", "/w/GNUmakefile:"},
      {"make -C ops backup X=1", "/w/ops/GNUmakefile:backup "},
      {"gmake --directory=ops -j4 a b", "/w/ops/GNUmakefile:a b "},
      {"make -f x.mk a", "/w/x.mk:a "},
      {"make -n a", "-"},
      {"just deploy web", "/w/justfile:deploy "},
      {"just --list", "-"},
      {"task -d ops db:dump", "/w/ops/Taskfile.yml:db:dump "},
      {"npm run migrate -- -v", "/w/package.json:migrate "},
      {"npm test", "/w/package.json:test "},
      {"npm ci", "-"},
      {"yarn build", "/w/package.json:build "},
      {"pnpm -C app run build", "/w/app/package.json:build "},
      {"mise run up", "/w/mise.toml:up "},
      {"docker make", "-"},
  };
  for (const auto& row : rows) {
    std::vector<Argument> argv;
    const std::string line = std::string(row.line) + " ";
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t end = line.find(' ', at);
      argv.emplace_back().text = line.substr(at, end - at);
      at = end + 1;
    }
    const auto call = read_task_call(argv, "/w");
    std::string got = "-";
    if (call) {
      got = call->files.front() + ":";
      for (const std::string& task : call->tasks) got += task + " ";
    }
    EXPECT_EQ(got, row.expected) << row.line;
  }
}

}  // namespace
}  // namespace composelint::hosts
