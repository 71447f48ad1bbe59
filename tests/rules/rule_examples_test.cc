// Every example in a rule's declaration is run: the documentation cannot say what is not so.
#include <composelint/rule.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "analyzer/report/reports.h"
#include "tests/rules/alone.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

std::string name_of(const Example& example) {
  if (!example.file.empty()) return std::string(example.file);
  return example.is_compose ? "compose.yaml" : "task.sh";
}

// The compose files of an example: a line `# extra.yaml` heads each where there are several.
void add_compose_files(std::string_view text, std::map<std::string, std::string>& texts) {
  std::string name = "compose.yaml";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.starts_with("# ") && line.ends_with(".yaml\n")) {
      name = line.substr(2, line.size() - 3);
    } else {
      texts[name] += line;
    }
  }
}

engine::Outcome check(const Rule& rule, const Example& example, std::string_view script) {
  std::map<std::string, std::string> texts = {{name_of(example), std::string(script)}};
  add_compose_files(example.compose, texts);
  if (!example.beside.empty()) {
    const std::size_t end = example.beside.find('\n');
    texts[std::string(example.beside.substr(0, end))] = example.beside.substr(end + 1);
  }
  // In operations, unless the rule has nothing to say there.
  const bool ops = rule.severity.ops != Severity::kOff;
  engine::Outcome outcome =
      fixture::check_texts(texts, fixture::needed_by(rule), ops ? Context::kOps : Context::kCi);
  fixture::keep_only(rule, outcome.run);
  return outcome;
}

std::size_t count(const Run& run, std::string_view slug) {
  return static_cast<std::size_t>(
      std::count_if(run.findings.begin(), run.findings.end(),
                    [&](const Finding& finding) { return finding.rule == slug; }));
}

TEST(RuleExamples, UnsafeOnesFireAndSafeOnesAreSilent) {
  for (const Rule* rule : all_rules()) {
    EXPECT_FALSE(rule->examples.empty()) << rule->slug;
    for (const Example& example : rule->examples) {
      const engine::Outcome unsafe = check(*rule, example, example.unsafe);
      EXPECT_GT(count(unsafe.run, rule->slug), 0U) << rule->slug << ": " << example.unsafe;
      const engine::Outcome safe = check(*rule, example, example.safe);
      EXPECT_EQ(count(safe.run, rule->slug), 0U)
          << rule->slug << ": " << example.safe << report::text_report(safe.run, {});
    }
  }
}

TEST(RuleExamples, SafeFixesTurnUnsafeIntoSafe) {
  for (const Rule* rule : all_rules()) {
    if (rule->fix != FixKind::kSafe) continue;
    for (const Example& example : rule->examples) {
      const engine::Outcome unsafe = check(*rule, example, example.unsafe);
      EXPECT_EQ(fixture::repaired(unsafe.run, name_of(example)), example.safe) << rule->slug;
    }
  }
}

TEST(Rules, DeclareWhatTheirPagesNeed) {
  for (const Rule* rule : all_rules()) {
    EXPECT_FALSE(rule->summary.empty()) << rule->slug;
    EXPECT_FALSE(rule->rationale.empty()) << rule->slug;
    EXPECT_FALSE(rule->silent_on.empty()) << rule->slug;
    EXPECT_FALSE(rule->since.empty()) << rule->slug;
    // Here the pattern itself is that something is missing: "allow no-readiness-wait".
    const bool negative = rule->slug.starts_with("no-") && rule->slug != "no-readiness-wait";
    EXPECT_FALSE(negative || rule->slug.starts_with("require-"))
        << rule->slug << ": a rule is named for the bad pattern";
    EXPECT_FALSE(rule->summary.ends_with('.')) << rule->slug;
    const bool looks = rule->on_step != nullptr || rule->on_invocation != nullptr ||
                       rule->on_file != nullptr || rule->on_service != nullptr ||
                       rule->on_project != nullptr || rule->on_workspace != nullptr ||
                       rule->on_written != nullptr || rule->on_allowance != nullptr;
    EXPECT_TRUE(looks || (rule->applies != nullptr && rule->expects.message != nullptr))
        << rule->slug << " looks at nothing";
  }
}

}  // namespace
}  // namespace composelint
