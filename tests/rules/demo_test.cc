// The bundled demo: the guide's safe sequence, and a careless pair beside it.
#include <gtest/gtest.h>

#include <algorithm>

#include "analyzer/report/reports.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

const std::string kDemo = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/demo";

TEST(Demo, SafeSequenceIsSilentUnderAllRules) {
  const engine::Outcome outcome = fixture::check_directory(kDemo, all_rules());
  EXPECT_TRUE(outcome.run.notifications.empty()) << report::text_report(outcome.run, {});
  std::size_t calls = 0;
  for (const CallRecord& call : outcome.run.calls) {
    if (call.step->span.file->path() != "scripts/migrate.sh") continue;
    ++calls;
    EXPECT_NE(call.step->call->target.project, nullptr) << call.step->span.text();
  }
  EXPECT_EQ(calls, 10U);
  for (const Finding& finding : outcome.run.findings) {
    EXPECT_NE(finding.span.file->path(), "scripts/migrate.sh") << finding.message;
  }
}

TEST(Demo, CarelessScriptsAreReportedAsShown) {
  engine::Outcome outcome = fixture::check_directory(kDemo, all_rules());
  std::erase_if(outcome.run.findings, [](const Finding& finding) {
    const Rule* rule = find_rule(finding.rule);
    return rule == nullptr || rule->preset != Preset::kDefault;
  });
  fixture::expect_golden(std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/cli/demo.txt",
                         report::text_report(outcome.run, {}));
}

}  // namespace
}  // namespace composelint
