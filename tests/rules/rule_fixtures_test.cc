// fixtures/rules/<slug>/<case>/ holds what a rule is tried on:
//   unsafe*     its findings are those of expected.txt; repaired files are those of fixed/
//   safe*, near-miss*   nothing is found
// Each case is checked with its rule alone, or with all where the rule is about comments.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "analyzer/report/reports.h"
#include "tests/rules/alone.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

const std::string kRoot = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/rules/";

struct Case {
  std::string slug;
  std::string name;
};

// GoogleTest finds it by this name.
void PrintTo(const Case& test, std::ostream* out) {
  *out << test.slug << "/" << test.name;
}

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const std::string& slug : fixture::entries(kRoot, false)) {
    for (const std::string& name : fixture::entries(kRoot + slug, false))
      out.push_back({slug, name});
  }
  return out;
}

// Puts the repaired files into a tree and checks that again.
void expect_fixes_hold(const Case& test, const Rule& rule, const Run& run) {
  const std::string directory = kRoot + test.slug + "/" + test.name + "/";
  std::map<std::string, std::string> texts;
  for (const std::string& file : fixture::entries(directory, true)) {
    if (file == "expected.txt") continue;
    const std::string fixed = fixture::repaired(run, file);
    if (!fixed.empty()) fixture::expect_golden(directory + "fixed/" + file + ".txt", fixed);
    texts[file] = fixed.empty() ? fixture::read(directory + file) : fixed;
  }
  engine::Outcome again = fixture::check_texts(texts, fixture::needed_by(rule));
  fixture::keep_only(rule, again.run);
  for (const Finding& finding : again.run.findings) {
    const bool repairable =
        !finding.fixes.empty() && finding.fixes.front().safety == FixSafety::kSafe;
    EXPECT_FALSE(repairable) << "not repaired for good: " << finding.span.file->path() << ": "
                             << finding.message;
  }
  EXPECT_TRUE(again.run.notifications.empty()) << report::text_report(again.run, {});
}

class RuleFixture : public testing::TestWithParam<Case> {};

TEST_P(RuleFixture, FindsWhatIsExpected) {
  const Case& test = GetParam();
  const Rule* const rule = find_rule(test.slug);
  ASSERT_NE(rule, nullptr) << "no rule is called " << test.slug;
  const std::string directory = kRoot + test.slug + "/" + test.name;
  engine::Outcome outcome = fixture::check_directory(directory, fixture::needed_by(*rule));
  fixture::keep_only(*rule, outcome.run);
  EXPECT_GT(outcome.run.stats.scripts + outcome.run.stats.compose_files, 0U);
  if (test.name.starts_with("unsafe")) {
    EXPECT_FALSE(outcome.run.findings.empty());
    fixture::expect_golden(directory + "/expected.txt", report::text_report(outcome.run, {}));
    expect_fixes_hold(test, *rule, outcome.run);
  } else {
    EXPECT_TRUE(outcome.run.findings.empty()) << report::text_report(outcome.run, {});
    EXPECT_TRUE(outcome.run.notifications.empty()) << report::text_report(outcome.run, {});
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleFixture, testing::ValuesIn(cases()), [](const auto& test) {
  std::string name = test.param.slug + "_" + test.param.name;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

}  // namespace
}  // namespace composelint
