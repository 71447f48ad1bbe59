#include <composelint/timeline.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {
namespace {

struct Walked {
  std::unique_ptr<SourceFile> file;
  hosts::HostFile host;
  Timeline timeline;
};

Walked walk(const std::string& text) {
  Walked out;
  out.file = std::make_unique<SourceFile>("ops/x.sh", text);
  auto script = shell::parse_script(shell::whole_file(*out.file));
  EXPECT_TRUE(script.ok());
  out.host = hosts::script_host(std::move(*script));
  out.timeline = build({out.host.tasks.data(), out.file.get(), "/repo/ops/x.sh", "/repo", {}, {}},
                       [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  return out;
}

std::string words(const Step& step) {
  std::string out;
  for (const Argument& argument : step.argv) {
    if (!out.empty()) out += ' ';
    std::string text = argument.text;
    for (auto hole = argument.holes.rbegin(); hole != argument.holes.rend(); ++hole) {
      text.insert(hole->at, "<" + hole->name + ">");
    }
    out += text;
  }
  return out;
}

std::string status(StatusUse use) {
  switch (use) {
    case StatusUse::kStops: return "stops";
    case StatusUse::kDecides: return "decides";
    case StatusUse::kUnchecked: return "unchecked";
    case StatusUse::kDiscarded: return "discarded";
    case StatusUse::kMasked: return "masked";
  }
  return "?";
}

// "words [status]" for each step.
std::string statuses(const std::string& text) {
  std::string out;
  for (const Step& step : walk(text).timeline.steps) {
    out += words(step) + " [" + status(step.status) + "]\n";
  }
  return out;
}

std::string steps(const std::string& text) {
  std::string out;
  for (const Step& step : walk(text).timeline.steps) out += words(step) + "\n";
  return out;
}

std::size_t index_of(const Timeline& timeline, const std::string& what) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    if (words(timeline.steps[i]) == what) return i;
  }
  ADD_FAILURE() << "no step " << what;
  return 0;
}

// Whether step `a` ran when step `b` is reached.
std::string reach(const std::string& text) {
  const Walked walked = walk(text);
  const Timeline& timeline = walked.timeline;
  switch (timeline.reach(index_of(timeline, "a"), index_of(timeline, "b"))) {
    case Reach::kNever: return "never";
    case Reach::kMaybe: return "maybe";
    case Reach::kAlways: return "always";
  }
  return "?";
}

TEST(Timeline, PutsFunctionsWhereTheyAreCalled) {
  EXPECT_EQ(steps("f() { one \"$1\"; }\nzero\nf x\nf y\n"), "zero\none x\none y\n");
  EXPECT_EQ(steps("g() { one \"$@\"; }\nf() { g \"$1\" b; }\nf a\n"), "one a b\n");
  EXPECT_EQ(steps("f() { f; }\nf\n"), "f\n");  // the program inside the function of its name
}

TEST(Timeline, FollowsVariablesAndArrays) {
  EXPECT_EQ(steps("A=1\nx $A\nA=2\nx $A\n"), "x 1\nx 2\n");
  EXPECT_EQ(steps("c=(a b)\n\"${c[@]}\" d\n"), "a b d\n");
  EXPECT_EQ(steps("x \"$A\"\n"), "x <A>\n");
  EXPECT_EQ(steps("f() { local A=in; x $A; }\nA=out\nf\nx $A\n"), "x in\nx out\n");
  EXPECT_EQ(steps("for n in a b; do x $n; done\n").substr(0, 4), "x a\n");
}

TEST(Timeline, TakesWrappersOff) {
  EXPECT_EQ(steps("sudo -E env A=1 nice -n 5 x y\n"), "x y\n");
  EXPECT_EQ(steps("bash -c 'x; y'\n"), "x\ny\n");
  EXPECT_EQ(steps("timeout 5 x\n"), "x\n");
}

TEST(Timeline, SaysWhatBecomesOfAnExitStatus) {
  EXPECT_EQ(statuses("a\nb\n"), "a [unchecked]\nb [stops]\n");
  EXPECT_EQ(statuses("set -e\na\nb\n"), "a [stops]\nb [stops]\n");
  EXPECT_EQ(statuses("a || true\nb\n"), "a [discarded]\nb [stops]\n");
  EXPECT_EQ(statuses("a || exit 1\nb\n"), "a [stops]\nb [stops]\n");
  EXPECT_EQ(statuses("die() { exit 1; }\na || die\nb\n"), "a [stops]\nb [stops]\n");
  EXPECT_EQ(statuses("a && b\nc\n"), "a [decides]\nb [unchecked]\nc [stops]\n");
  EXPECT_EQ(statuses("if a; then b; fi\nc\n"), "a [decides]\nb [unchecked]\nc [stops]\n");
  EXPECT_EQ(statuses("a | b\nc\n"), "a [masked]\nb [unchecked]\nc [stops]\n");
  EXPECT_EQ(statuses("set -o pipefail\na | b\nc\n"), "a [unchecked]\nb [unchecked]\nc [stops]\n");
  EXPECT_EQ(statuses("a &\nb\n"), "a [discarded]\nb [stops]\n");
  EXPECT_EQ(statuses("#!/bin/bash -eu\na\nb\n"), "a [stops]\nb [stops]\n");
  // errexit does not act inside a condition.
  EXPECT_EQ(statuses("set -e\nf() { a; b; }\nif f; then c; fi\n"),
            "a [unchecked]\nb [decides]\nc [stops]\n");
}

TEST(Timeline, KnowsWhichStepsRanBefore) {
  struct Row {
    const char* script;
    const char* expected;
  };
  const Row rows[] = {
      {"a\nb\n", "always"},
      {"b\na\n", "never"},
      {"a && b\n", "always"},
      {"x && a\nb\n", "maybe"},
      {"x || a\nb\n", "maybe"},
      {"if x; then a; fi\nb\n", "maybe"},
      {"if x; then a; else exit 1; fi\nb\n", "always"},
      {"if x; then exit 1; else a; fi\nb\n", "always"},
      {"if x; then a; else b; fi\n", "never"},
      {"if x; then a; b; fi\n", "always"},
      {"if a; then b; fi\n", "always"},
      {"if x; then y; elif a; then z; fi\nb\n", "maybe"},
      {"if ! a; then exit 1; fi\nb\n", "always"},
      {"for i in 1 2; do a; done\nb\n", "always"},
      {"for i in $L; do a; done\nb\n", "maybe"},
      {"while x; do a; done\nb\n", "maybe"},
      {"until a; do sleep 1; done\nb\n", "always"},
      {"case $1 in x) a;; y) b;; esac\n", "never"},
      {"case $1 in x) a;; *) exit;; esac\nb\n", "always"},
      {"f() { a; }\nf\nb\n", "always"},
      {"f() { x && return; a; }\nf\nb\n", "maybe"},
      {"f() { x && return; a; b; }\nf\n", "always"},
      {"x || exit 1\na\nb\n", "always"},
      {"(a)\nb\n", "always"},
      {"(exit 1)\na\nb\n", "always"},
      {"{ a; } | tee log\nb\n", "always"},
      {"x && { a; y; } && b\n", "always"},
      {"x && a || exit 1\nb\n", "maybe"},
  };
  for (const Row& row : rows) EXPECT_EQ(reach(row.script), row.expected) << row.script;
}

TEST(Timeline, FollowsDirectories) {
  struct Row {
    const char* script;
    const char* directory;
  };
  const Row rows[] = {
      {"a\n", "."},
      {"cd sub\na\n", "sub"},
      {"cd sub/../x\na\n", "x"},
      {"cd /srv/app\na\n", "/srv/app"},
      {"cd \"$(dirname \"$0\")\"\na\n", "/repo/ops"},
      {"cd \"$(dirname \"${BASH_SOURCE[0]}\")/..\"\na\n", "/repo"},
      {"D=\"$(cd \"$(dirname \"$0\")\" && pwd)\"\ncd \"$D/stack\"\na\n", "/repo/ops/stack"},
      {"cd \"$(git rev-parse --show-toplevel)\"\na\n", "/repo"},
      {"(cd sub && x)\na\n", "."},
      {"cd \"$WHERE\"\na\n", "unknown"},
      {"pushd sub\npopd\na\n", "."},
      {"cd sub\ncd -\na\n", "."},
      {"cd sub\ncd \"$OLDPWD\"\na\n", "."},
      {"cd sub\ncd \"$PWD/x\"\na\n", "sub/x"},
      {"cd sub\nHERE=$(pwd)\ncd \"$WHERE\"\ncd \"$HERE\"\na\n", "sub"},
      {"HERE=`pwd`\ncd /tmp\ncd $HERE/x\na\n", "x"},
      {"f() { local h=$PWD; cd /tmp; cd \"${h}\"; }\ncd sub\nf\na\n", "sub"},
      {"HERE=$PWD\ncd sub\nHERE=$X\ncd \"$HERE\"\na\n", "unknown"},
      {"cd \"$X\"\nHERE=$PWD\ncd /tmp\ncd \"$HERE\"\na\n", "unknown"},
      {"HERE=$PWD\nif x; then cd sub; HERE=$(pwd); fi\ncd \"$HERE\"\na\n", "unknown"},
      {"if x; then cd sub; fi\na\n", "unknown"},
      {"cd \"${0%/*}\"\na\n", "/repo/ops"},
      {"f() { a; }\ncd sub\nf\n", "sub"},
  };
  for (const Row& row : rows) {
    const Walked walked = walk(row.script);
    const Step& step = walked.timeline.steps.at(index_of(walked.timeline, "a"));
    EXPECT_EQ(step.directory.value_or("unknown"), row.directory) << row.script;
  }
}

TEST(Timeline, KnowsWhereStreamsGo) {
  struct Row {
    const char* script;
    StreamKind in, out;
  };
  using enum StreamKind;
  const Row rows[] = {
      {"a\n", kInherited, kInherited},
      {"a > f\n", kInherited, kFile},
      {"a < f >> g\n", kFile, kFile},
      {"a >/dev/null 2>&1\n", kInherited, kNull},
      {"a &> f\n", kInherited, kFile},
      {"a 2> f\n", kInherited, kInherited},
      {"x | a | y\n", kPipe, kPipe},
      {"a <<E\nx\nE\n", kHere, kInherited},
      {"a <<< x\n", kHere, kInherited},
      {"v=$(a)\n", kInherited, kCaptured},
      {"{ a; } > f\n", kInherited, kFile},
      {"while read x; do a; done < f\n", kFile, kInherited},
      {"exec > log 2>&1\na\n", kInherited, kFile},
      {"exec > >(tee log)\na\n", kInherited, kPipe},
      {"a >&2\n", kInherited, kInherited},
      {"a < /dev/null\n", kNull, kInherited},
      {"diff <(a) <(x)\n", kInherited, kPipe},
  };
  for (const Row& row : rows) {
    const Walked walked = walk(row.script);
    const Step& step = walked.timeline.steps.at(index_of(walked.timeline, "a"));
    EXPECT_EQ(step.in.kind, row.in) << row.script;
    EXPECT_EQ(step.out.kind, row.out) << row.script;
  }
}

TEST(Timeline, ReadsFunctionsThatNobodyCalls) {
  const Walked walked = walk("x\nf() { a; }\n");
  const Step& step = walked.timeline.steps.at(index_of(walked.timeline, "a"));
  EXPECT_TRUE(step.detached);
}

// Scripts of the same repository, by absolute path.
std::string steps_with(const std::map<std::string, std::string>& texts, const std::string& main) {
  std::map<std::string, std::unique_ptr<SourceFile>> files;
  std::map<std::string, hosts::HostFile> scripts;
  for (const auto& [path, text] : texts) {
    files[path] = std::make_unique<SourceFile>(path, text);
    scripts[path] =
        hosts::script_host(std::move(*shell::parse_script(shell::whole_file(*files[path]))));
  }
  BuildRequest request{scripts.at(main).tasks.data(), files.at(main).get(), main, "/repo", {}, {}};
  request.open = [&](const std::string& path) {
    const auto found = scripts.find(path);
    return found == scripts.end() ? nullptr : &found->second.tasks.front().blocks.front()->script;
  };
  const Timeline timeline =
      build(request, [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  std::string out;
  for (const Step& step : timeline.steps) out += words(step) + "\n";
  return out;
}

TEST(Timeline, FollowsScriptsThatAreSourcedOrCalled) {
  const std::string lib = "X=1\nshow() { a $X $1; }\n";
  EXPECT_EQ(steps_with({{"/repo/ops/m.sh", ". ./lib.sh\nshow 2\n"}, {"/repo/ops/lib.sh", lib}},
                       "/repo/ops/m.sh"),
            "a 1 2\n");
  // From the repository's root as well, and by the directory of the script.
  EXPECT_EQ(
      steps_with({{"/repo/ops/m.sh", "source ops/lib.sh\nshow 2\n"}, {"/repo/ops/lib.sh", lib}},
                 "/repo/ops/m.sh"),
      "a 1 2\n");
  EXPECT_EQ(steps_with({{"/repo/m.sh",
                         "D=$(cd \"$(dirname \"$0\")\" && pwd)\n. \"$D/ops/lib.sh\"\n"
                         "show 2\n"},
                        {"/repo/ops/lib.sh", lib}},
                       "/repo/m.sh"),
            "dirname /repo/m.sh\npwd\na 1 2\n");
  // A child sees what is exported, and leaves nothing behind.
  EXPECT_EQ(steps_with({{"/repo/m.sh", "A=1\nexport B=2\n./c.sh x\nb $C\n"},
                        {"/repo/c.sh", "a $A $B $1\nC=3\nexit 1\n"}},
                       "/repo/m.sh"),
            "./c.sh x\na <A> 2 x\nb <C>\n");
  EXPECT_EQ(steps_with({{"/repo/m.sh", "bash -e c.sh\n"}, {"/repo/c.sh", "a\n./m.sh\n./c.sh\n"}},
                       "/repo/m.sh"),
            "bash -e c.sh\na\n./m.sh\n./c.sh\n");
}

// The last step of a script that is called with `words`.
std::string called_with(const std::string& words, const std::string& child) {
  return steps_with({{"/repo/m.sh", "./c.sh " + words + "\n"}, {"/repo/c.sh", child}},
                    "/repo/m.sh");
}

TEST(Timeline, DecidesWhetherACalledScriptHasATerminal) {
  const std::string asks = "if [ ! -t 0 ]; then exit 1; fi\na\n";
  EXPECT_EQ(called_with("< /dev/null", asks), "./c.sh\n");
  EXPECT_EQ(called_with("< answers.txt", asks), "./c.sh\n");
  EXPECT_EQ(called_with("", asks), "./c.sh\na\n");
  EXPECT_EQ(called_with("< /dev/tty", asks), "./c.sh\na\n");
  EXPECT_EQ(called_with("< /dev/null", "[ -t 0 ] && a\nb\n"), "./c.sh\nb\n");
  EXPECT_EQ(called_with("< /dev/null", "[ -t 1 ] && a\nb\n"), "./c.sh\na\nb\n");
  // The terminal may be asked for by the test itself, or before it.
  EXPECT_EQ(called_with("< /dev/null", "[ -t 0 ] </dev/tty && a\nb\n"), "./c.sh\na\nb\n");
  EXPECT_EQ(called_with("", "echo y | { exec </dev/tty; [ -t 0 ] && a; }\nb\n"),
            "./c.sh\necho y\na\nb\n");
}

TEST(Timeline, DecidesWhatACalledScriptAsksOfItsArguments) {
  const std::string leaves = "if [ \"$1\" = -x ]; then exit 0; fi\na \"$@\"\n";
  EXPECT_EQ(called_with("-x", leaves), "./c.sh -x\n");
  EXPECT_EQ(called_with("y", leaves), "./c.sh y\na y\n");
  EXPECT_EQ(called_with("-x", "if [[ $1 == -x ]]; then exit 0; fi\na \"$@\"\n"), "./c.sh -x\n");
  const std::string shifts = "if [ \"$1\" = -x ]; then shift; fi\na \"$@\"\n";
  EXPECT_EQ(called_with("-x y", shifts), "./c.sh -x y\na y\n");
  EXPECT_EQ(called_with("y", shifts), "./c.sh y\na y\n");
  EXPECT_EQ(called_with("-x y", "[ \"$1\" = -x ] && shift\na \"$@\"\n"), "./c.sh -x y\na y\n");
  const std::string command =
      "cmd=$1\n[ $# -gt 0 ] && shift\n"
      "case \"$cmd\" in info) b ;; *) a \"$cmd\" \"$@\" ;; esac\n";
  EXPECT_EQ(called_with("info", command), "./c.sh info\nb\n");
  EXPECT_EQ(called_with("up x", command), "./c.sh up x\na up x\n");
}

TEST(Timeline, TakesAScriptOfTheTreeForWhatItIs) {
  const std::string wrapper = "[ \"$1\" = --no-dev ] && shift\ndocker compose \"$@\"\n";
  EXPECT_EQ(steps_with({{"/repo/m.sh", "bin/docker-compose --no-dev up\n"},
                        {"/repo/bin/docker-compose", wrapper}},
                       "/repo/m.sh"),
            "bin/docker-compose --no-dev up\ndocker compose up\n");
}

TEST(Timeline, WalksATextOnceForEachValue) {
  EXPECT_EQ(steps("if x; then D=one; else D=two; fi\nbash -c \"$D up\"\n"), "x\none up\ntwo up\n");
}

TEST(Timeline, StaysBoundedOnTextsThatRunThemselves) {
  EXPECT_TRUE(walk("x='bash -c \"$x\"'\nbash -c \"$x\"\n").timeline.truncated);
  std::string chain;
  for (int i = 0; i < 20'000; ++i) chain += "a && ";
  EXPECT_TRUE(walk(chain + "b\n").timeline.truncated);
  // A script called behind the bound is not followed either.
  std::string calls;
  for (int i = 0; i < 300; ++i) calls += "./c.sh && ";
  const std::string steps =
      steps_with({{"/repo/m.sh", calls + "b\n"}, {"/repo/c.sh", "a\n"}}, "/repo/m.sh");
  EXPECT_TRUE(steps.starts_with("./c.sh\na\n"));
  EXPECT_EQ(steps.find("b\n"), std::string::npos);
}

TEST(Timeline, StaysBounded) {
  // Functions that call each other doubly: 2^20 steps if nothing stopped it.
  std::string text = "f0() { a; a; }\n";
  for (int i = 1; i <= 20; ++i) {
    const std::string before = "f" + std::to_string(i - 1);
    text += "f" + std::to_string(i) + "() { " + before + "; " + before + "; }\n";
  }
  const Walked walked = walk(text + "f20\n");
  EXPECT_TRUE(walked.timeline.truncated);
  EXPECT_LE(walked.timeline.steps.size(), 20'000U);
}

}  // namespace
}  // namespace composelint::timeline
