#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analyzer/report/reports.h"
#include "tests/report/sample.h"

namespace composelint::report {
namespace {

using nlohmann::json;

TEST(JsonReport, CountsColumnsInCodePointsAndOffsetsInBytes) {
  const SourceFile file("x.sh", "é😀run\n");
  composelint::Run run;
  Finding finding;
  finding.span = place_of(file, "run");
  finding.fixes = {{"Fix", FixSafety::kSafe, {{finding.span, "go"}}}};
  run.findings = {finding};
  const json report = json::parse(json_report(run, {}));
  EXPECT_EQ(report["findings"][0]["column"], 3);
  EXPECT_EQ(report["findings"][0]["end_column"], 6);
  EXPECT_EQ(report["findings"][0]["fixes"][0]["edits"][0]["begin"], 6);
  EXPECT_EQ(report["findings"][0]["fixes"][0]["edits"][0]["end"], 9);
}

TEST(JsonReport, IsPrintableAsciiWhateverTheSourceHolds) {
  const SourceFile file("\x1b[2J.sh", "x");
  composelint::Run run;
  Finding finding;
  finding.span = {&file, 0, 1};
  finding.message = "broken \xFF \u202E and \x7F \u009B";
  run.findings = {finding};
  const std::string report = json_report(run, {});
  EXPECT_TRUE(std::all_of(report.begin(), report.end(),
                          [](char byte) { return byte == '\n' || (byte >= ' ' && byte < 0x7F); }));
  EXPECT_EQ(json::parse(report)["findings"][0]["message"], "broken \uFFFD \u202E and \x7F \u009B");
}

TEST(JsonReport, ListsAllowedFindingsOnlyWhenAsked) {
  const Sample sample;
  EXPECT_FALSE(json::parse(json_report(sample.run, {})).contains("suppressed"));
  const json all = json::parse(json_report(sample.run, {.show_suppressed = true}));
  EXPECT_EQ(all["suppressed"][0]["suppression"]["reason"], "kept for its logs");
}

TEST(JsonReport, OfAnEmptyRunHasEveryList) {
  const json report = json::parse(json_report({}, {}));
  EXPECT_EQ(report["version"], 1);
  EXPECT_TRUE(report["findings"].is_array());
  EXPECT_TRUE(report["notifications"].is_array());
  EXPECT_EQ(json::parse(calls_json({}))["calls"], json::array());
  EXPECT_EQ(json::parse(rules_json({}))["rules"], json::array());
}

}  // namespace
}  // namespace composelint::report
