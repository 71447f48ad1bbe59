#include "cli/verdict.h"

#include <gtest/gtest.h>

namespace composelint::cli {
namespace {

composelint::Run run_with(std::vector<Severity> findings, std::vector<Severity> notifications) {
  composelint::Run run;
  for (const Severity severity : findings) run.findings.emplace_back().severity = severity;
  for (const Severity severity : notifications) {
    run.notifications.emplace_back().severity = severity;
  }
  return run;
}

TEST(Verdict, ComparesWithTheLevelAndPutsTroubleFirst) {
  using enum Severity;
  struct Row {
    std::vector<Severity> findings;
    std::vector<Severity> notifications;
    std::optional<Severity> fail_on;
    ExitCode code;
  };
  const Row rows[] = {
      {{}, {}, kWarning, ExitCode::kClean},
      {{kNote}, {}, kWarning, ExitCode::kClean},
      {{kNote}, {}, kNote, ExitCode::kFindings},
      {{kNote, kWarning}, {}, kWarning, ExitCode::kFindings},
      {{kWarning}, {}, kError, ExitCode::kClean},
      {{kError}, {}, kError, ExitCode::kFindings},
      {{kError}, {}, std::nullopt, ExitCode::kClean},
      {{}, {kNote, kWarning}, kNote, ExitCode::kClean},
      {{kError}, {kError}, std::nullopt, ExitCode::kTrouble},
      {{}, {kError}, kWarning, ExitCode::kTrouble},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(verdict(run_with(row.findings, row.notifications), row.fail_on), row.code);
  }
}

TEST(Verdict, DoesNotCountWhatIsAllowed) {
  composelint::Run run;
  run.suppressed.emplace_back().finding.severity = Severity::kError;
  EXPECT_EQ(verdict(run, Severity::kNote), ExitCode::kClean);
}

}  // namespace
}  // namespace composelint::cli
