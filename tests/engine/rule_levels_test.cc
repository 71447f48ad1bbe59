// Which rules are run, and how grave they are: presets, `rules`, `overrides`, the command line.
#include <composelint/rule_context.h>
#include <gtest/gtest.h>

#include "analyzer/engine/check.h"
#include "analyzer/engine/wildcard.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

void on_invocation(const Step&, const ComposeInvocation& call, RuleContext& context) {
  context.report(call.span, "here", {});
}

// Lowers what has no service, as a rule does that knows lesser cases.
void on_lesser(const Step&, const ComposeInvocation& call, RuleContext& context) {
  Finding& finding = context.report(call.span, "here", {});
  finding.severity = std::min(finding.severity, Severity::kNote);
}

using Hook = void (*)(const Step&, const ComposeInvocation&, RuleContext&);

constexpr Rule rule(std::string_view slug, Preset preset, Hook hook) {
  Rule out{};
  out.slug = slug;
  out.severity = {Severity::kError, Severity::kWarning, Severity::kNote};
  out.preset = preset;
  out.on_invocation = hook;
  return out;
}

constexpr Rule kPlain = rule("plain", Preset::kDefault, on_invocation);
constexpr Rule kLesser = rule("lesser", Preset::kDefault, on_lesser);
constexpr Rule kStrict = rule("strict-one", Preset::kStrict, on_invocation);
constexpr Rule kStyle = rule("style-one", Preset::kStyle, on_invocation);
constexpr const Rule* kRules[] = {&kLesser, &kPlain, &kStrict, &kStyle};

class Levels : public testing::Test {
 protected:
  Levels() {
    tree_.file("/repo/.git/HEAD", "");
    request_.paths = {"."};
    request_.working_directory = "/repo";
  }

  // "ops/x.sh plain error; …" of a script in each of a few places.
  std::string found(const std::string& config = "") {
    if (!config.empty()) tree_.file("/repo/.composelint.yaml", config);
    // With one text they would be copies of each other.
    tree_.file("/repo/ops/x.sh", "#!/bin/sh\ndocker compose ps\n");
    tree_.file("/repo/tests/x.sh", "#!/bin/bash\ndocker compose ps\n");
    outcome_ = check(request_, tree_, kRules);
    std::string out;
    for (const Finding& finding : outcome_.run.findings) {
      out += (out.empty() ? "" : "; ") + finding.span.file->path().substr(0, 3) + " " +
             finding.rule + " " + std::string(to_string(finding.severity));
    }
    for (const Notification& problem : outcome_.run.notifications) out += "! " + problem.message;
    return out;
  }

  Tree tree_;
  CheckRequest request_;
  Outcome outcome_;
};

TEST_F(Levels, PresetsAddToTheDefault) {
  request_.context = Context::kOps;
  request_.rules.ignore = {"lesser"};
  EXPECT_EQ(found(), "ops plain error; tes plain error");
  EXPECT_EQ(found("preset: default\n"), "ops plain error; tes plain error");
  request_.paths = {"ops"};
  EXPECT_EQ(found("preset: strict\n"), "ops plain error; ops strict-one error");
  EXPECT_EQ(found("preset: style\n"), "ops plain error; ops style-one error");
  EXPECT_EQ(found("preset: [strict, style]\n"),
            "ops plain error; ops strict-one error; ops style-one error");
}

TEST_F(Levels, RulesHaveOneSeverityOrOneForEachContext) {
  request_.paths = {"ops"};
  const auto in = [&](Context context, const std::string& config) {
    request_.context = context;
    return found("rules:\n  lesser: off\n" + config);
  };
  EXPECT_EQ(in(Context::kDev, "  plain: note\n"), "ops plain note");
  // Where a rule does not speak, one word for all does not make it speak.
  EXPECT_EQ(in(Context::kDocs, "  plain: error\n"), "");
  EXPECT_EQ(in(Context::kDocs, "  plain: {docs: error}\n"), "ops plain error");
  EXPECT_EQ(in(Context::kDev, "  plain: {docs: error}\n"), "ops plain warning");
  EXPECT_EQ(in(Context::kDev, "  plain: {dev: off}\n"), "");
  // Named, a rule is run without its preset.
  EXPECT_EQ(in(Context::kOps, "  plain: off\n  style-one: on\n"), "ops style-one error");
  EXPECT_EQ(in(Context::kOps, "  plain: off\n  style-one: note\n"), "ops style-one note");
  EXPECT_EQ(in(Context::kOps, "  plain: off\n  style-one: {dev: off}\n"), "");
}

TEST_F(Levels, OverridesAreForFindingsInSomeFiles) {
  request_.context = Context::kOps;
  request_.rules.ignore = {"lesser"};
  EXPECT_EQ(found("overrides: [{paths: tests/, rules: {plain: off}}]\n"), "ops plain error");
  EXPECT_EQ(found("overrides: [{paths: tests/, rules: {plain: note}}]\n"),
            "ops plain error; tes plain note");
  EXPECT_EQ(found("rules: {plain: off}\noverrides: [{paths: ops/, rules: {plain: warning}}]\n"),
            "ops plain warning");
  EXPECT_EQ(found("rules: {plain: note}\noverrides: [{paths: ops/, rules: {plain: on}}]\n"),
            "ops plain error; tes plain note");
  // The first that fits and names the rule.
  EXPECT_EQ(found("overrides:\n  - {paths: ops/, rules: {strict-one: note}}\n"
                  "  - {paths: '*.sh', rules: {plain: off}}\n"
                  "  - {paths: ops/, rules: {plain: note}}\n"),
            "ops strict-one note");
}

TEST_F(Levels, ARuleMayFindACaseLessGrave) {
  request_.context = Context::kOps;
  request_.paths = {"ops"};
  request_.rules.select = {"lesser"};
  EXPECT_EQ(found("rules: {lesser: error}\n"), "ops lesser note");
  EXPECT_EQ(found("overrides: [{paths: ops/, rules: {lesser: error}}]\n"), "ops lesser note");
  EXPECT_EQ(found("overrides: [{paths: ops/, rules: {lesser: off}}]\n"), "");
}

TEST_F(Levels, TheCommandLineSelectsInsteadOfPresets) {
  request_.context = Context::kOps;
  request_.paths = {"ops"};
  request_.rules.select = {"*-one"};
  EXPECT_EQ(found(), "ops strict-one error; ops style-one error");
  request_.rules.ignore = {"style*"};
  EXPECT_EQ(found(), "ops strict-one error");
  EXPECT_EQ(found("rules: {strict-one: note}\n"), "ops strict-one note");
  EXPECT_EQ(found("rules: {strict-one: off}\n"), "");
  request_.rules.select = {"strict-one"};
  EXPECT_EQ(found("rules: {strict-one: off}\n"), "ops strict-one error");
}

TEST_F(Levels, TheNearestConfigurationDecides) {
  request_.context = Context::kOps;
  request_.rules.select = {"plain"};
  tree_.file("/repo/tests/.composelint.yaml", "rules: {plain: note}\n");
  EXPECT_EQ(found("rules: {plain: warning}\nfail-on: never\n"),
            "ops plain warning; tes plain note");
  EXPECT_EQ(outcome_.fail_on, Severity::kOff);
}

TEST_F(Levels, ExtendsPutsAnotherFileBehind) {
  request_.context = Context::kOps;
  request_.rules.ignore = {"lesser"};
  request_.paths = {"ops"};
  tree_.file("/repo/base/all.yaml",
             "extends: deep.yaml\nrules: {plain: note, strict-one: note}\nfail-on: error\n");
  tree_.file("/repo/base/deep.yaml", "preset: style\nrules: {plain: off}\n");
  EXPECT_EQ(found("extends: base/all.yaml\nrules: {plain: warning}\n"),
            "ops plain warning; ops strict-one note; ops style-one error");
  EXPECT_EQ(outcome_.fail_on, Severity::kError);
}

TEST_F(Levels, ExtendsHasAnEnd) {
  request_.rules.select = {"plain"};
  request_.paths = {"ops"};
  tree_.file("/repo/a.yaml", "extends: b.yaml\n");
  tree_.file("/repo/b.yaml", "extends: ./a.yaml\n");
  EXPECT_EQ(found("extends: a.yaml\n"),
            "ops plain error! \"extends\": ./a.yaml extends this file in turn");
  for (int i = 0; i < 9; ++i) {
    tree_.file("/repo/" + std::to_string(i) + ".yaml",
               "extends: " + std::to_string(i + 1) + ".yaml\n");
  }
  EXPECT_EQ(found("extends: 0.yaml\n"),
            "ops plain error! \"extends\": the chain of files is longer than 8");
  EXPECT_EQ(found("extends: gone.yaml\n"),
            "ops plain error! \"extends\": cannot read /repo/gone.yaml");
  // What is wrong in a file that is extended is told with its place there.
  tree_.file("/repo/c.yaml", "rules: {plian: off}\n");
  found("extends: c.yaml\n");
  ASSERT_EQ(outcome_.run.notifications.size(), 1U);
  EXPECT_EQ(outcome_.run.notifications[0].path, "c.yaml");
  EXPECT_EQ(outcome_.run.notifications[0].message, "\"plian\" is no rule; did you mean \"plain\"?");
}

TEST(Wildcards, StandForAnyText) {
  struct Row {
    const char* pattern;
    const char* text;
    bool fits;
  };
  const Row rows[] = {
      {"run-*", "run-without-rm", true},
      {"*", "", true},
      {"", "", true},
      {"", "a", false},
      {"a", "a", true},
      {"a?c", "abc", true},
      {"a?", "a", false},
      {"*-t", "exec-t", true},
      {"*a*b*", "xaxxbx", true},
      {"*a*b", "ba", false},
      {"a*", "ba", false},
      {"**", "x/y", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(wildcard_matches(row.pattern, row.text), row.fits) << row.pattern << " " << row.text;
  }
}

}  // namespace
}  // namespace composelint::engine
