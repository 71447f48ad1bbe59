// The guide to tasks and migrations as scripts: its full sequence is silent under every rule that
// runs by default, and each case of its troubleshooting gets the findings that would have told.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "analyzer/report/reports.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

const std::string kGuide = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/guide/";

engine::Outcome check_case(const std::string& name) {
  engine::Outcome outcome = fixture::check_directory(kGuide + name, all_rules());
  std::erase_if(outcome.run.findings, [](const Finding& finding) {
    const Rule* rule = find_rule(finding.rule);
    return rule == nullptr || rule->preset != Preset::kDefault;
  });
  return outcome;
}

class Guide : public testing::TestWithParam<std::string> {};

TEST_P(Guide, GetsTheFindingsThatWouldHaveTold) {
  const engine::Outcome outcome = check_case(GetParam());
  EXPECT_GT(outcome.run.calls.size(), 0U);
  for (const CallRecord& call : outcome.run.calls) {
    EXPECT_NE(call.step->call->target.project, nullptr) << call.step->span.text();
  }
  if (GetParam().starts_with("safe")) {
    EXPECT_TRUE(outcome.run.findings.empty()) << report::text_report(outcome.run, {});
    EXPECT_TRUE(outcome.run.notifications.empty()) << report::text_report(outcome.run, {});
    return;
  }
  EXPECT_FALSE(outcome.run.findings.empty());
  fixture::expect_golden(kGuide + GetParam() + "/expected.txt",
                         report::text_report(outcome.run, {}));
}

INSTANTIATE_TEST_SUITE_P(Cases, Guide, testing::ValuesIn(fixture::entries(kGuide, false)),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace composelint
