#include "guard/decision.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace composelint::guard {
namespace {

struct Row {
  Severity severity;
  Truth truth;
  Verdict verdict;
};

constexpr Row kRows[] = {
    {Severity::kError, Truth::kSupported, Verdict::kRun},
    {Severity::kError, Truth::kUnknown, Verdict::kBlock},  // unknown is no pass
    {Severity::kError, Truth::kRefuted, Verdict::kBlock},
    {Severity::kWarning, Truth::kSupported, Verdict::kRun},
    {Severity::kWarning, Truth::kUnknown, Verdict::kRun},
    {Severity::kWarning, Truth::kRefuted, Verdict::kAsk},
    {Severity::kNote, Truth::kRefuted, Verdict::kRun},
};

TEST(Decide, WeighsAnAnswerByItsSeverityAndTruth) {
  for (const Row& row : kRows) {
    Decision decision;
    decision.answers.push_back({"engine-reachable", row.truth, row.severity, "the engine is away"});
    decide(decision);
    EXPECT_EQ(decision.verdict, row.verdict)
        << to_string(row.severity) << " " << static_cast<int>(row.truth);
    EXPECT_EQ(decision.reasons.empty(), row.verdict == Verdict::kRun);
  }
}

TEST(Decide, TakesTheGravestOfAll) {
  Finding warning;
  warning.severity = Severity::kWarning;
  warning.rule = "run-without-rm";
  Finding error = warning;
  error.severity = Severity::kError;
  Decision decision;
  decision.confirm = Confirm::kQuestion;
  decision.environment = "production";
  decide(decision);
  EXPECT_EQ(decision.verdict, Verdict::kAsk);
  decision.findings = {warning};
  decide(decision);
  EXPECT_EQ(decision.verdict, Verdict::kAsk);
  decision.findings = {warning, error};
  decide(decision);
  EXPECT_EQ(decision.verdict, Verdict::kBlock);
}

}  // namespace
}  // namespace composelint::guard
