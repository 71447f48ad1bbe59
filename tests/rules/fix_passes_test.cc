// How several fixes of one run get along with each other.
#include <composelint/rule_context.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/fix.h"
#include "tests/engine/tree.h"

namespace composelint {
namespace {

constexpr const char* kName = "/project/a.sh";

void put(const ComposeInvocation& call, RuleContext& context, const std::string& text,
         FixSafety safety = FixSafety::kSafe) {
  const Span verb = call.verb_span;
  context.report(verb, "x", {})
      .fixes.push_back({"Put", safety, {{{verb.file, verb.end, verb.end}, text}}});
}

void put_quiet(const Step&, const ComposeInvocation& call, RuleContext& context) {
  if (!call.has("--quiet")) put(call, context, " --quiet");
}
void put_policy(const Step&, const ComposeInvocation& call, RuleContext& context) {
  if (!call.has("--policy")) put(call, context, " --policy always", FixSafety::kUnsafe);
}
void put_more(const Step&, const ComposeInvocation& call, RuleContext& context) {
  put(call, context, " a");
}
void put_quote(const Step&, const ComposeInvocation& call, RuleContext& context) {
  put(call, context, " '");
}

constexpr Rule rule_of(std::string_view slug,
                       void (*hook)(const Step&, const ComposeInvocation&, RuleContext&)) {
  Rule rule{};
  rule.slug = slug;
  rule.on_invocation = hook;
  return rule;
}

constexpr Rule kQuiet = rule_of("quiet", put_quiet);
constexpr Rule kPolicy = rule_of("policy", put_policy);
constexpr Rule kMore = rule_of("more", put_more);
constexpr Rule kQuote = rule_of("quote", put_quote);

engine::FixOutcome fixed(const std::vector<const Rule*>& rules, FixSafety most = FixSafety::kSafe) {
  engine::Tree tree;
  tree.file(kName, "docker compose pull\ndocker compose pull app\n");
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  request.context = Context::kOps;
  return engine::fix(request, tree, rules, {most, {}});
}

TEST(FixPasses, WhatTouchesAnotherFixIsMadeInTheNextOne) {
  engine::FixOutcome outcome = fixed({&kPolicy, &kQuiet}, FixSafety::kUnsafe);
  EXPECT_EQ(outcome.passes, 2U);
  EXPECT_EQ(outcome.fixed, 4U);
  ASSERT_EQ(outcome.changed.size(), 1U);
  EXPECT_EQ(outcome.changed[0].path, kName);
  EXPECT_EQ(outcome.changed[0].shown, "a.sh");
  EXPECT_EQ(outcome.changed[0].after,
            "docker compose pull --quiet --policy always\n"
            "docker compose pull --quiet --policy always app\n");
  EXPECT_TRUE(outcome.left().run.findings.empty());
}

TEST(FixPasses, UnsafeOnesStay) {
  engine::FixOutcome outcome = fixed({&kPolicy, &kQuiet});
  EXPECT_EQ(outcome.fixed, 2U);
  EXPECT_EQ(outcome.left().run.findings.size(), 2U);
  EXPECT_EQ(outcome.before.run.findings.size(), 4U);
}

void put_option(const WrittenFile& file, const Project&, RuleContext& context) {
  if (file.file->bytes().find("security_opt") != std::string_view::npos) return;
  context.report({file.file, 0, 1}, "x", {})
      .fixes.push_back({"Put",
                        FixSafety::kSafe,
                        {{{file.file, file.file->size(), file.file->size()},
                          "    security_opt: [label:disable]\n"}}});
}

constexpr Rule kOption = [] {
  Rule rule{};
  rule.slug = "option";
  rule.on_written = put_option;
  return rule;
}();

engine::FixOutcome fixed_stack(const std::string& script) {
  engine::Tree tree;
  for (const char* name : {"/project/compose.yaml", "/project/compose.prod.yaml"}) {
    tree.file(name, "services:\n  app:\n    image: a\n# " + std::string(name) + "\n");
  }
  tree.file(kName, script);
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  const std::vector<const Rule*> rules = {&kOption};
  return engine::fix(request, tree, rules, {FixSafety::kSafe, {}});
}

// Lists are joined, and Compose refuses the item that is there twice.
TEST(FixPasses, WhatMakesComposeRefuseAProjectIsTakenBack) {
  EXPECT_EQ(fixed_stack("docker compose config\n").changed.size(), 2U);
  engine::FixOutcome both =
      fixed_stack("docker compose -f compose.yaml -f compose.prod.yaml config\n");
  EXPECT_TRUE(both.changed.empty());
  EXPECT_EQ(both.fixed, 0U);
  EXPECT_EQ(both.left().run.findings.size(), 2U);
}

TEST(FixPasses, ComeToAnEnd) {
  const engine::FixOutcome outcome = fixed({&kMore});
  EXPECT_GT(outcome.passes, 1U);
  EXPECT_LT(outcome.passes, 100U);
}

TEST(FixPasses, NothingIsMadeUnreadable) {
  const engine::FixOutcome outcome = fixed({&kQuote});
  EXPECT_EQ(outcome.before.run.findings.size(), 2U);
  EXPECT_TRUE(outcome.changed.empty());
  EXPECT_EQ(outcome.fixed, 0U);
}

TEST(FixPasses, WhatIsFilteredIsNotFixed) {
  engine::Tree tree;
  tree.file(kName, "docker compose pull\n");
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  request.context = Context::kOps;
  const Rule* const rules[] = {&kQuiet};
  const auto none = [](composelint::Run& run) { run.findings.clear(); };
  EXPECT_TRUE(engine::fix(request, tree, rules, {FixSafety::kSafe, none}).changed.empty());
}

}  // namespace
}  // namespace composelint
