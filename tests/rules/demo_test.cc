// The bundled demo: the guide's safe sequence, and a careless pair beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "analyzer/report/reports.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

// What whoever tries the tool sees first: the default preset, and what others add to its findings.
std::vector<const Rule*> default_rules() {
  std::vector<const Rule*> out;
  for (const Rule* rule : all_rules()) {
    if (rule->preset == Preset::kDefault || rule->applies != nullptr) out.push_back(rule);
  }
  return out;
}

const std::string kDemo = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/demo";

TEST(Demo, SafeSequenceIsSilent) {
  const engine::Outcome outcome = fixture::check_directory(kDemo, default_rules());
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
  const engine::Outcome outcome = fixture::check_directory(kDemo, default_rules());
  fixture::expect_golden(std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/cli/demo.txt",
                         report::text_report(outcome.run, {}));
}

}  // namespace
}  // namespace composelint
