// Whole reports against the files in fixtures/report. COMPOSELINT_UPDATE_GOLDEN=1 rewrites them:
// the difference in version control is then the review.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "analyzer/report/reports.h"
#include "tests/report/sample.h"

namespace composelint::report {
namespace {

void expect_golden(const std::string& name, const std::string& actual) {
  const std::string path = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/report/" + name;
  if (std::getenv("COMPOSELINT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing";
  const std::string expected{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(actual, expected) << path;
}

TEST(Golden, Check) {
  const Sample sample;
  expect_golden("check.txt", text_report(sample.run, {}));
  expect_golden("check-all.txt", text_report(sample.run, {.show_suppressed = true}));
  expect_golden("check-colour.txt", text_report(sample.run, {.colour = true}));
  expect_golden("check.json", json_report(sample.run, {.show_suppressed = true}));
  expect_golden("check.sarif", sarif_report(sample.run, sample_rules(), {.show_suppressed = true}));
}

TEST(Golden, Calls) {
  const Sample sample;
  expect_golden("calls.txt", calls_text(sample.run));
  expect_golden("calls.json", calls_json(sample.run));
}

TEST(Golden, Rules) {
  expect_golden("rules.txt", rules_text(sample_rules()));
  expect_golden("rules.json", rules_json(sample_rules()));
  expect_golden("rules.md", rules_table(sample_rules(), "docs/rules/"));
  expect_golden("explain.txt", explanation(*sample_rules()[1]));
  expect_golden("rule-page.md", rule_page(*sample_rules()[1]));
}

}  // namespace
}  // namespace composelint::report
