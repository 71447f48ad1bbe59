#include "analyzer/compose/schema/pattern.h"

#include <gtest/gtest.h>

#include "analyzer/compose/schema/rules.h"

namespace composelint::compose::schema {
namespace {

TEST(Matches, FollowsTheRegularExpressions) {
  struct Row {
    Pattern pattern;
    const char* text;
    bool expected;
  };
  const Row rows[] = {
      {Pattern::kNone, "", true},
      {Pattern::kExtension, "x-a", true},
      {Pattern::kExtension, "x-", true},
      {Pattern::kExtension, "X-a", false},
      {Pattern::kExtension, "ax-", false},
      {Pattern::kName, "aZ0._-", true},
      {Pattern::kName, "", false},
      {Pattern::kName, "a b", false},
      {Pattern::kName, "a\n", false},
      {Pattern::kName, "é", false},
      {Pattern::kLowerLetters, "nofile", true},
      {Pattern::kLowerLetters, "x-a", false},
      {Pattern::kOneLine, "a b", true},
      {Pattern::kOneLine, "a\nb", false},
      {Pattern::kOneLine, "", false},
      {Pattern::kSomeText, "\na", true},
      {Pattern::kSomeText, "\n", false},
      {Pattern::kSomeText, "", false},
      {Pattern::kContainerName, "ab", true},
      {Pattern::kContainerName, "a-", true},
      {Pattern::kContainerName, "/a/bc", true},
      {Pattern::kContainerName, "a", false},
      {Pattern::kContainerName, "-a", false},
      {Pattern::kContainerName, "", false},
      {Pattern::kPullPolicy, "missing", true},
      {Pattern::kPullPolicy, "whenever", true},
      {Pattern::kPullPolicy, "every_2h", true},
      {Pattern::kPullPolicy, "every_1d12h", true},
      {Pattern::kPullPolicy, "every_every_9w", true},
      {Pattern::kPullPolicy, "every_h", false},
      {Pattern::kPullPolicy, "every_2x", false},
      {Pattern::kPullPolicy, "Always", false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(matches(row.pattern, row.text), row.expected)
        << static_cast<int>(row.pattern) << ' ' << row.text;
  }
}

// What the binary search and the choice of alternatives rely on.
TEST(Rules, AreSortedAndReachable) {
  const Rule& top = rule(top_rule());
  const Property* services = find_property(top, "services");
  ASSERT_NE(services, nullptr);
  const RuleId service = patterns(rule(services->rule)).back().rule;
  const auto keys = properties(rule(service));
  EXPECT_GT(keys.size(), 90U);
  for (std::size_t i = 1; i < keys.size(); ++i) EXPECT_LT(keys[i - 1].name, keys[i].name);
  for (const Property& key : keys) {
    const Property* const found = find_property(rule(service), key.name);
    ASSERT_NE(found, nullptr) << key.name;
    EXPECT_EQ(found->rule, key.rule) << key.name;
  }
  EXPECT_EQ(find_property(rule(service), "pre_start"), nullptr);
  const RuleId build = find_property(rule(service), "build")->rule;
  EXPECT_NE(find_property(rule(rule_for(build, kObject)), "context"), nullptr);
  EXPECT_EQ(find_property(rule(rule_for(build, kString)), "context"), nullptr);
}

}  // namespace
}  // namespace composelint::compose::schema
