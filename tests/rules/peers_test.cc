// Where other linters report what is right: the default rules find nothing.
#include <gtest/gtest.h>

#include <vector>

#include "analyzer/report/reports.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

class RightAfterAll : public testing::TestWithParam<const char*> {};

TEST_P(RightAfterAll, IsSilent) {
  std::vector<const Rule*> rules;
  for (const Rule* rule : all_rules()) {
    if (rule->preset == Preset::kDefault) rules.push_back(rule);
  }
  const std::string directory =
      std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/compose/" + GetParam();
  const engine::Outcome outcome = fixture::check_directory(directory, rules);
  EXPECT_EQ(outcome.run.stats.compose_files, 1U);
  EXPECT_TRUE(outcome.run.findings.empty()) << report::text_report(outcome.run, {});
  EXPECT_TRUE(outcome.run.notifications.empty()) << report::text_report(outcome.run, {});
}

INSTANTIATE_TEST_SUITE_P(Peers, RightAfterAll,
                         testing::Values("build-and-image", "one-port-on-two-addresses",
                                         "one-port-in-two-profiles", "several-documents",
                                         "ports-in-double-quotes", "mount-with-blank-and-hash"));

}  // namespace
}  // namespace composelint
