// Traces of real scripts against the files in fixtures/report/trace.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/step_words.h"
#include "tests/engine/tree.h"

namespace composelint::report {
namespace {

std::string read(const std::string& name) {
  std::ifstream file(std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/report/trace/" + name,
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void expect_golden(const std::string& name, const std::string& actual) {
  if (std::getenv("COMPOSELINT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/report/trace/" + name,
                  std::ios::binary)
        << actual;
    return;
  }
  EXPECT_EQ(actual, read(name)) << name;
}

class Trace : public testing::Test {
 protected:
  // The folder as a workspace at /repo.
  engine::Outcome check(const std::string& path) {
    for (const char* const name : {"compose.yaml", "ops/deploy.sh", "ops/lib.sh", "ops/child.sh"}) {
      tree_.file(std::string("/repo/") + name, read(name), true);
    }
    tree_.file("/repo/.git/HEAD", "");
    engine::CheckRequest request;
    request.paths = {path};
    request.working_directory = "/repo";
    return engine::check(request, tree_, {});
  }

  engine::Tree tree_;
};

TEST_F(Trace, TellsStepsAndConditions) {
  const engine::Outcome outcome = check("ops/deploy.sh");
  expect_golden("deploy.txt", trace_text(outcome.run.scripts, {}));
  expect_golden("deploy-all.txt", trace_text(outcome.run.scripts, {.all = true}));
  expect_golden("deploy-colour.txt", trace_text(outcome.run.scripts, {.colour = true}));
  expect_golden("deploy.json", trace_json(outcome.run.scripts));
}

TEST_F(Trace, FiguresAndFiles) {
  const engine::Outcome outcome = check(".");
  expect_golden("stats.txt", stats_text(outcome.run));
  expect_golden("files.txt", files_text(outcome.run));
  expect_golden("files.json", files_json(outcome.run));
  const auto json = nlohmann::json::parse(json_report(outcome.run, {.stats = true}));
  EXPECT_EQ(json["stats"]["calls"]["all"], outcome.run.calls.size());
  EXPECT_EQ(json["stats"]["scripts"], 3);
}

TEST_F(Trace, NothingOfTheSourceReachesTheTerminal) {
  tree_.file("/repo/ops/evil.sh",
             "#!/bin/sh\nfrob '\x1b[2J' && docker compose ps >'\x1b]0;x\x07'\n");
  const engine::Outcome outcome = check("ops/evil.sh");
  const std::string text = trace_text(outcome.run.scripts, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
  EXPECT_EQ(text.find('\x07'), std::string::npos) << text;
  EXPECT_NE(text.find("frob"), std::string::npos) << text;
}

TEST_F(Trace, ManyConditionsAreNotAllTold) {
  std::string script = "#!/bin/sh\n";
  for (int i = 0; i < 40; ++i) script += "if c" + std::to_string(i) + "; then\n";
  script += "docker compose ps\n";
  for (int i = 0; i < 40; ++i) script += "fi\n";
  tree_.file("/repo/ops/deep.sh", script);
  const engine::Outcome outcome = check("ops/deep.sh");
  const std::string text = trace_text(outcome.run.scripts, {});
  EXPECT_NE(text.find("under 24 more, only if `c24` (line 26)"), std::string::npos) << text;
  const auto json = nlohmann::json::parse(trace_json(outcome.run.scripts));
  const auto& last = json["scripts"][0]["steps"].back();
  EXPECT_EQ(last["conditions_in_all"], 40);
  EXPECT_EQ(last["conditions"].size(), kMostConditions);
}

TEST(Shortened, FoldsLinesAndCuts) {
  EXPECT_EQ(shortened("a \\\n   b\tc", 20), "a b c");
  EXPECT_EQ(shortened("abcdef", 6), "abcdef");
  EXPECT_LE(shortened("abcdefghij", 6).size(), 9U);
  EXPECT_TRUE(shortened("abcdefghij", 6).ends_with("…"));
  EXPECT_EQ(shortened("", 6), "");
}

}  // namespace
}  // namespace composelint::report
