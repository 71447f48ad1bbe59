// Work is counted: generated scripts of ten times the size take ten times the steps, no more.
#include <composelint/timeline.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {
namespace {

struct Counted {
  std::size_t steps = 0;
  bool truncated = false;
};

Counted count(const std::string& text) {
  const SourceFile file("x.sh", text);
  auto script = shell::parse_script(shell::whole_file(file));
  EXPECT_TRUE(script.ok());
  if (!script) return {};
  const hosts::HostFile host = hosts::script_host(std::move(*script));
  const Timeline timeline =
      build({host.tasks.data(), &file, "/repo/x.sh", "/repo", {}, {}},
            [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  return {timeline.steps.size(), timeline.truncated};
}

std::string repeat(int n, const std::function<std::string(const std::string&)>& line) {
  std::string out;
  for (int i = 0; i < n; ++i) out += line(std::to_string(i)) + "\n";
  return out;
}

TEST(Linear, StepsGrowWithTheScript) {
  const std::function<std::string(const std::string&)> lines[] = {
      [](const std::string& i) { return "docker compose stop s" + i; },
      [](const std::string& i) {
        return "V" + i + "=s" + i + "; docker compose stop \"$V" + i + "\"";
      },
      [](const std::string& i) {
        return "f" + i + "() { docker compose stop s" + i + "; }\nf" + i;
      },
      [](const std::string& i) { return "if [ " + i + " ]; then docker compose stop s; fi"; },
      [](const std::string& i) { return "[ -n \"$A\" ] && A=" + i + "; docker compose stop s"; },
      [](const std::string& i) {
        return "case $1 in a) X=" + i + ";; *) Y=" + i + ";; esac; docker compose stop s";
      },
      [](const std::string& i) { return "docker compose stop s" + i + " || exit 1"; },
      [](const std::string& i) { return "(docker compose stop s" + i + " || exit 1; exit)"; },
      [](const std::string& i) { return "export V" + i + "=x; docker compose stop s" + i; },
      [](const std::string& i) { return "V" + i + "=x docker compose stop s" + i; },
      [](const std::string& i) { return "for s in a b; do docker compose stop $s; done; V=" + i; },
      [](const std::string& i) { return "cd d" + i + " && docker compose stop s"; },
      [](const std::string& i) { return "ssh h" + i + " docker compose stop s"; },
      [](const std::string& i) { return "bash -c 'docker compose stop s" + i + "'"; },
  };
  for (const auto& line : lines) {
    const Counted small = count(repeat(10, line));
    const Counted large = count(repeat(1000, line));
    EXPECT_EQ(small.steps, 10U) << line("i");
    EXPECT_EQ(large.steps, 1000U) << line("i");
    EXPECT_FALSE(large.truncated) << line("i");
  }
}

TEST(Linear, ABodyWithManyWaysOut) {
  for (const int size : {10, 100, 1000}) {
    const std::string body = repeat(
        size, [](const std::string& i) { return "docker compose stop s" + i + " || return"; });
    const Counted counted = count("f() {\n" + body + "}\nf\n");
    EXPECT_EQ(counted.steps, static_cast<std::size_t>(size));
    EXPECT_FALSE(counted.truncated);
  }
}

// A thousand values of a variable: eight are kept, and the rest is one that is not known.
TEST(Linear, AVariableWithManyValues) {
  for (const int size : {10, 100, 1000}) {
    const std::string text = repeat(size, [](const std::string& i) {
      return "if [ \"$1\" = " + i + " ]; then V=s" + i + "; fi";
    });
    EXPECT_EQ(count(text + "docker compose stop $V\n").steps, 1U);
  }
}

TEST(Linear, AChainOfFunctionsIsCutAndToldSo) {
  std::string text = "f0() { docker compose stop s; }\n";
  for (int i = 1; i < 1000; ++i) {
    text += "f" + std::to_string(i) + "() { f" + std::to_string(i - 1) + "; }\n";
  }
  EXPECT_TRUE(count(text + "f999\n").truncated);
}

TEST(Linear, AFunctionThatCallsTheOneBeforeStopsAtTheBound) {
  std::string text = "f0() { docker compose stop s; }\n";
  for (int i = 1; i < 200; ++i) {
    text += "f" + std::to_string(i) + "() { f" + std::to_string(i - 1) + "; f" +
            std::to_string(i - 1) + "; }\n";
  }
  const Counted counted = count(text + "f199\n");
  EXPECT_TRUE(counted.truncated);
  EXPECT_LE(counted.steps, BuildLimits().steps);
}

}  // namespace
}  // namespace composelint::timeline
