#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "analyzer/report/reports.h"
#include "analyzer/report/sarif_place.h"
#include "tests/report/sample.h"

namespace composelint::report {
namespace {

using nlohmann::json;

TEST(UriOf, EncodesWhatAUriMayNotHold) {
  struct Row {
    std::string_view path;
    std::string_view uri;
  };
  const Row rows[] = {
      {"ops/deploy.sh", "ops/deploy.sh"},
      {"deploy now.sh", "deploy%20now.sh"},
      {"größe.sh", "gr%C3%B6%C3%9Fe.sh"},
      {"a:b#c?d[e]%f.sh", "a%3Ab%23c%3Fd%5Be%5D%25f.sh"},
      {"/srv/a b.sh", "file:///srv/a%20b.sh"},
      {"<stdin>", "%3Cstdin%3E"},
      {"x\xFF\n", "x%FF%0A"},
  };
  for (const Row& row : rows) EXPECT_EQ(uri_of(row.path), row.uri);
}

TEST(PascalCase, NamesRules) {
  EXPECT_EQ(pascal_case("run-without-rm"), "RunWithoutRm");
  EXPECT_EQ(pascal_case("compose-v1"), "ComposeV1");
}

TEST(SarifReport, DescribesAllRulesAlsoWithoutAnyResult) {
  const json log = json::parse(sarif_report({}, sample_rules(), {}));
  const json& run = log["runs"][0];
  ASSERT_EQ(run["tool"]["driver"]["rules"].size(), 2U);
  EXPECT_EQ(run["results"], json::array());
  for (const json& rule : run["tool"]["driver"]["rules"]) {
    for (const char* text : {"shortDescription", "fullDescription", "help"}) {
      EXPECT_FALSE(rule[text]["text"].get<std::string>().empty()) << rule["id"] << " " << text;
    }
  }
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
}

TEST(SarifReport, CutsLongDescriptionsBetweenCharacters) {
  const std::string rationale = "x" + [] {
    std::string text;
    for (int i = 0; i < 600; ++i) text += "é";
    return text;
  }();
  Rule rule{};
  rule.slug = "x";
  rule.rationale = rationale;
  const std::string shown = json::parse(descriptor_of(rule).dump())["fullDescription"]["text"];
  EXPECT_LE(shown.size(), 1024U);
  EXPECT_TRUE(shown.ends_with("é..."));
}

TEST(SarifReport, CountsColumnsInUtf16) {
  const SourceFile file("x.sh", "é😀run\n");
  composelint::Run run;
  Finding finding;
  finding.span = place_of(file, "run");
  run.findings = {finding};
  const json log = json::parse(sarif_report(run, {}, {}));
  const json& region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startColumn"], 4);
  EXPECT_EQ(region["endColumn"], 7);
  EXPECT_EQ(log["runs"][0]["columnKind"], "utf16CodeUnits");
}

TEST(SarifReport, GivesEveryResultAPlace) {
  composelint::Run run;
  run.findings.emplace_back();
  const json log = json::parse(sarif_report(run, {}, {}));
  EXPECT_EQ(log["runs"][0]["results"][0]["locations"].size(), 1U);
}

TEST(SarifReport, AFailedReadIsNoSuccessfulRun) {
  const Sample sample;
  const json log = json::parse(sarif_report(sample.run, sample_rules(), {}));
  const json& invocation = log["runs"][0]["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], false);
  EXPECT_EQ(invocation["toolExecutionNotifications"].size(), 2U);
}

TEST(SarifReport, LeavesAllowedFindingsOutUnlessAsked) {
  const Sample sample;
  EXPECT_EQ(json::parse(sarif_report(sample.run, sample_rules(), {}))["runs"][0]["results"].size(),
            2U);
  const json all = json::parse(sarif_report(sample.run, sample_rules(), {.show_suppressed = true}));
  ASSERT_EQ(all["runs"][0]["results"].size(), 3U);
  const json& suppression = all["runs"][0]["results"][2]["suppressions"][0];
  EXPECT_EQ(suppression["kind"], "inSource");
  EXPECT_EQ(suppression["justification"], "kept for its logs");
}

}  // namespace
}  // namespace composelint::report
