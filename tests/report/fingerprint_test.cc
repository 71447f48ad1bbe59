#include "analyzer/report/fingerprint.h"

#include <gtest/gtest.h>

#include <set>

namespace composelint::report {
namespace {

Finding finding(const SourceFile& file, std::uint32_t at, std::vector<std::string> key) {
  Finding result;
  result.rule = "run-without-rm";
  result.span = {&file, at, at + 1};
  result.key = std::move(key);
  return result;
}

TEST(Fingerprints, DependOnRuleFileAndKeyAlone) {
  const SourceFile file("x.sh", "aaaaaaaaaa");
  composelint::Run one;
  one.findings = {finding(file, 1, {"shop", "app"})};
  composelint::Run two = one;
  two.findings[0].span.begin = 7;
  two.findings[0].message = "other words";
  two.findings[0].severity = Severity::kError;
  EXPECT_EQ(fingerprints(one).findings, fingerprints(two).findings);
}

TEST(Fingerprints, AreTheSameOnEveryMachine) {
  const SourceFile file("x.sh", "a");
  composelint::Run run;
  run.findings = {finding(file, 0, {"shop"})};
  EXPECT_EQ(fingerprints(run).findings[0], "b302ac5a58a1cd0e057797e913a25fc9");
}

TEST(Fingerprints, TellDifferentSubjectsApart) {
  const SourceFile x("x.sh", "aaaa");
  const SourceFile y("y.sh", "aaaa");
  composelint::Run run;
  run.findings = {finding(x, 0, {"ab", "c"}), finding(x, 1, {"a", "bc"}),
                  finding(x, 2, {"ab", "c"}), finding(x, 3, {"abc"}), finding(y, 0, {"ab", "c"})};
  run.findings.push_back(run.findings[3]);
  run.findings.back().rule = "compose-v1";
  const auto prints = fingerprints(run).findings;
  EXPECT_EQ(std::set<std::string>(prints.begin(), prints.end()).size(), run.findings.size());
}

TEST(Fingerprints, DoNotChangeWhenANeighbourIsAllowed) {
  const SourceFile file("x.sh", "aaaa");
  composelint::Run before;
  before.findings = {finding(file, 0, {"app"}), finding(file, 2, {"app"})};
  composelint::Run after;
  after.findings = {before.findings[1]};
  after.suppressed = {{before.findings[0], {}, ""}};
  EXPECT_EQ(fingerprints(before).findings[1], fingerprints(after).findings[0]);
  EXPECT_EQ(fingerprints(before).findings[0], fingerprints(after).suppressed[0]);
}

}  // namespace
}  // namespace composelint::report
