// Tasks of hosts: which shells ran before which, and what the failure of one does.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "analyzer/hosts/host.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {
namespace {

struct Walked {
  std::unique_ptr<SourceFile> file;
  hosts::HostFile host;
  Timeline timeline;
};

Walked walk(const std::string& path, const std::string& text, const std::string& task) {
  Walked out;
  out.file = std::make_unique<SourceFile>(path, text);
  const std::string absolute = "/repo/" + path;
  const hosts::Host* host = hosts::find_host(absolute, text);
  EXPECT_NE(host, nullptr) << path;
  out.host = host->read({*out.file, absolute, "/repo", [](const std::string&) { return nullptr; }});
  const auto bind = [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; };
  for (const hosts::Task& one : out.host.tasks) {
    if (one.name != task) continue;
    BuildRequest request{&one, out.file.get(), absolute, "/repo", {}, {}};
    request.open_tasks = [&](const std::vector<Argument>& argv,
                             const std::string&) -> std::optional<TaskCall> {
      if (argv.size() != 2 || !argv[0].is("make")) return std::nullopt;
      for (const hosts::Task& other : out.host.tasks) {
        if (argv[1].is(other.name.c_str())) return TaskCall{absolute, {&other}};
      }
      return std::nullopt;
    };
    out.timeline = build(request, bind);
  }
  return out;
}

std::size_t index_of(const Timeline& timeline, const std::string& program) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    if (timeline.steps[i].argv.front().text == program) return i;
  }
  ADD_FAILURE() << "no step " << program;
  return 0;
}

std::string reach(const Timeline& timeline) {
  switch (timeline.reach(index_of(timeline, "before"), index_of(timeline, "after"))) {
    case Reach::kNever: return "never";
    case Reach::kMaybe: return "maybe";
    case Reach::kAlways: return "always";
  }
  return "?";
}

std::string status_of_before(const Timeline& timeline) {
  switch (timeline.steps[index_of(timeline, "before")].status) {
    case StatusUse::kStops: return "stops";
    case StatusUse::kDecides: return "decides";
    case StatusUse::kUnchecked: return "unchecked";
    case StatusUse::kDiscarded: return "discarded";
    case StatusUse::kMasked: return "masked";
  }
  return "?";
}

std::string job(const std::string& steps) {
  return "# docker compose\non: push\njobs:\n  j:\n    runs-on: x\n    steps:\n" + steps;
}

TEST(Tasks, SayWhatRanBeforeAndWhatItsFailureDoes) {
  const struct {
    const char* path;
    std::string text;
    const char* task;
    const char* reach;
    const char* status;
  } rows[] = {
      // Prerequisites run first, and their failure stops make; `-` throws it away.
      {"Makefile", "a: b\n\tafter\nb:\n\tbefore\n", "a", "always", "stops"},
      {"Makefile", "a: b\n\tafter\nb:\n\t-before\n", "a", "always", "discarded"},
      {"Makefile", "a: b\n\tafter\nb: c\nc:\n\tbefore\n", "a", "always", "stops"},
      {"Makefile", "a: | b\n\tafter\nb:\n\tbefore\n", "a", "always", "stops"},
      // Lines are shells of their own; within one line the shell's rules hold.
      {"Makefile", "a:\n\tbefore\n\tafter\n", "a", "always", "stops"},
      {"Makefile", "a:\n\tbefore; after\n", "a", "always", "unchecked"},
      {"Makefile", "a:\n\tx && before\n\tafter\n", "a", "maybe", "stops"},
      {"Makefile", "a:\n\tx || exit 0; before\n\tafter\n", "a", "maybe", "stops"},
      {"Makefile", "a:\n\tx || exit 1; before\n\tafter\n", "a", "always", "stops"},
      {"Makefile", "a:\n\tbefore | cat\n\tafter\n", "a", "always", "masked"},
      {"Makefile", ".ONESHELL:\na:\n\tbefore\n\tafter\n", "a", "always", "unchecked"},
      {"Makefile", "a:\n\t$(MAKE) b\n\tafter\nb:\n\tbefore\n", "a", "always", "stops"},
      {"Makefile", "a:\n\tif x; then $(MAKE) b; fi\n\tafter\nb:\n\tbefore\n", "a", "maybe",
       "stops"},
      // Steps of a job.
      {".github/workflows/w.yml", job("    - run: before\n    - run: after\n"), "j", "always",
       "stops"},
      {".github/workflows/w.yml", job("    - run: before\n      if: x == 1\n    - run: after\n"),
       "j", "maybe", "stops"},
      {".github/workflows/w.yml",
       job("    - run: before\n      continue-on-error: true\n    - run: after\n"), "j", "always",
       "discarded"},
      {".github/workflows/w.yml", job("    - run: before | cat\n    - run: after\n"), "j", "always",
       "masked"},
      {".github/workflows/w.yml",
       job("    - run: before | cat\n      shell: bash\n    - run: after\n"), "j", "always",
       "stops"},
      {".github/workflows/w.yml", job("    - run: before\n      if: failure()\n    - run: after\n"),
       "j", "maybe", "stops"},
      {".gitlab-ci.yml", "# docker compose\nj:\n  before_script: [before]\n  script: [after]\n",
       "j", "always", "stops"},
      {".gitlab-ci.yml", "# docker compose\nj:\n  script: [before]\n  after_script: [after]\n", "j",
       "maybe", "stops"},
      // What runs also after a failure cannot tell whether those before it ran.
      {".github/workflows/w.yml", job("    - run: before\n    - run: after\n      if: always()\n"),
       "j", "maybe", "stops"},
      {".github/workflows/w.yml", job("    - run: before\n    - run: after\n      if: failure()\n"),
       "j", "maybe", "stops"},
      {".github/workflows/w.yml",
       job("    - run: before\n    - run: x\n      if: always()\n    - run: after\n"), "j",
       "always", "stops"},
      {".github/workflows/w.yml",
       job("    - run: x\n    - run: before\n      if: always()\n    - run: after\n"), "j",
       "always", "stops"},
      {".github/workflows/w.yml",
       "# docker compose\njobs:\n  i:\n    steps:\n    - run: before\n"
       "  j:\n    needs: i\n    if: always()\n    steps:\n    - run: after\n",
       "j", "maybe", "stops"},
      {".github/workflows/w.yml",
       "# docker compose\njobs:\n  i:\n    steps:\n    - run: before\n"
       "  j:\n    needs: i\n    steps:\n    - run: after\n",
       "j", "always", "stops"},
      {"azure-pipelines.yml",
       "# docker compose\nsteps:\n- script: before\n- script: after\n  condition: always()\n", "",
       "maybe", "stops"},
      {"azure-pipelines.yml", "# docker compose\nsteps:\n- script: before\n- script: after\n", "",
       "always", "stops"},
      {".circleci/config.yml",
       "# docker compose\njobs:\n  j:\n    steps:\n    - run: before\n    - run:\n"
       "        command: after\n        when: always\n",
       "j", "maybe", "stops"},
      {".circleci/config.yml",
       "# docker compose\njobs:\n  j:\n    steps:\n    - run: before\n    - run:\n"
       "        command: after\n        when: on_fail\n",
       "j", "maybe", "stops"},
      {".woodpecker.yml",
       "# docker compose\nsteps:\n- commands: [before]\n- commands: [after]\n"
       "  when:\n  - status: [failure]\n",
       "", "maybe", "stops"},
      {".woodpecker.yml", "# docker compose\nsteps:\n- commands: [before]\n- commands: [after]\n",
       "", "always", "stops"},
      {"site.yml",
       "- hosts: a\n  tasks:\n  - block:\n    - shell: before\n    rescue:\n    - shell: after\n",
       "", "maybe", "stops"},
      {"site.yml",
       "- hosts: a\n  tasks:\n  - block:\n    - shell: before\n    always:\n    - shell: after\n",
       "", "maybe", "stops"},
      // A failure that is rescued ends nothing.
      {"site.yml",
       "- hosts: a\n  tasks:\n  - block:\n    - shell: before\n    rescue:\n    - shell: x\n"
       "  - shell: after\n",
       "", "maybe", "stops"},
      {"site.yml",
       "- hosts: a\n  tasks:\n  - block:\n    - shell: before\n    always:\n    - shell: x\n"
       "  - shell: after\n",
       "", "always", "stops"},
      {"Taskfile.yml", "tasks:\n  a:\n    cmds:\n    - defer: after\n    - before\n", "a", "maybe",
       "stops"},
  };
  for (const auto& row : rows) {
    const Walked walked = walk(row.path, row.text, row.task);
    ASSERT_FALSE(walked.timeline.steps.empty()) << row.text;
    EXPECT_EQ(reach(walked.timeline), row.reach) << row.text;
    EXPECT_EQ(status_of_before(walked.timeline), row.status) << row.text;
  }
}

TEST(Tasks, ShellsForgetEachOther) {
  const Walked walked = walk("Makefile", "a:\n\tX=1; cd sub\n\tafter $$X\n", "a");
  const Step& step = walked.timeline.steps.at(index_of(walked.timeline, "after"));
  EXPECT_EQ(step.directory, "/repo");
  ASSERT_EQ(step.argv.size(), 2U);
  EXPECT_FALSE(step.argv[1].known());
}

TEST(Tasks, SectionsNameTheSteps) {
  const Walked walked =
      walk(".github/workflows/w.yml",
           job("    - name: Look\n      run: before\n    - name: Act\n      run: after\n"), "j");
  ASSERT_EQ(walked.timeline.sections.size(), 2U);
  EXPECT_EQ(walked.timeline.sections[0].name, "Look");
  EXPECT_EQ(walked.timeline.sections[1].name, "Act");
  EXPECT_EQ(walked.timeline.sections[1].first, index_of(walked.timeline, "after"));
}

}  // namespace
}  // namespace composelint::timeline
