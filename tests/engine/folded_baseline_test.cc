// Findings that tell several places, against a baseline.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/engine/baseline.h"
#include "analyzer/signs/reports/repeated.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

class FoldedBaseline : public testing::Test {
 protected:
  // One finding about the services of these names, folded into the first.
  composelint::Run run_of(const std::vector<std::string>& names) {
    composelint::Run run;
    for (const std::string& name : names) {
      Finding finding;
      finding.rule = "rule";
      const auto at = static_cast<std::uint32_t>(name.front() - 'a');
      finding.span = {&file_, at, at + 1};
      finding.key = {name, "5432"};
      run.findings.push_back(std::move(finding));
    }
    for (std::size_t i = 1; i < names.size(); ++i) merge_into(run.findings[0], run.findings[i]);
    run.findings.resize(1);
    return run;
  }

  std::size_t left_of(const std::vector<std::string>& names, const Baseline& baseline) {
    composelint::Run run = run_of(names);
    static_cast<void>(apply_baseline(baseline, {"/repo", "/repo"}, tree_, run));
    return run.findings.size();
  }

  const SourceFile file_{"compose.yaml", "abcdef\n"};
  const Tree tree_;
};

TEST_F(FoldedBaseline, CoversWhatItHasAndNoMore) {
  const Baseline known = baseline_of(run_of({"b", "c", "d"}), {"/repo", "/repo"});
  EXPECT_EQ(known.begin()->first.key,
            (std::vector<std::string>{"b", "5432", "&&", "c 5432", "d 5432"}));
  EXPECT_EQ(left_of({"b", "c", "d"}, known), 0U);
  EXPECT_EQ(left_of({"b", "d"}, known), 0U);
  EXPECT_EQ(left_of({"c", "d"}, known), 0U);
  EXPECT_EQ(left_of({"c"}, known), 0U);
  EXPECT_EQ(left_of({"a", "b", "c", "d"}, known), 1U);
  EXPECT_EQ(left_of({"b", "c", "d", "e"}, known), 1U);
  EXPECT_EQ(left_of({"e"}, known), 1U);
}

TEST_F(FoldedBaseline, MissesNothingThatHasGrown) {
  const BaselinePlace place{"/repo", "/repo"};
  const Baseline known = baseline_of(run_of({"b", "c"}), place);
  composelint::Run grown = run_of({"b", "c", "e"});
  EXPECT_TRUE(apply_baseline(known, place, tree_, grown).empty());
  composelint::Run other = run_of({"b", "e"});
  EXPECT_EQ(apply_baseline(known, place, tree_, other).size(), 1U);
}

TEST_F(FoldedBaseline, SaysWhatIsNew) {
  const BaselinePlace place{"/repo", "/repo"};
  const Baseline known = baseline_of(run_of({"b", "c"}), place);
  composelint::Run grown = run_of({"b", "c", "e"});
  apply_baseline(known, place, tree_, grown);
  ASSERT_EQ(grown.findings.size(), 1U);
  EXPECT_TRUE(grown.findings.front().message.starts_with("`e 5432` is new since the baseline: "));
  composelint::Run fresh = run_of({"x", "y"});
  apply_baseline(known, place, tree_, fresh);
  EXPECT_EQ(fresh.findings.front().message.find("since the baseline"), std::string::npos);
}

}  // namespace
}  // namespace composelint::engine
