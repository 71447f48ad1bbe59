#include "analyzer/engine/suppressions.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/hosts/host.h"
#include "analyzer/signs/reports/repeated.h"

namespace composelint::engine {
namespace {

constexpr Rule rule_named(std::string_view slug) {
  Rule rule{};
  rule.slug = slug;
  return rule;
}

constexpr Rule kRmRule = rule_named("run-without-rm");
constexpr Rule kV1Rule = rule_named("compose-v1");
constexpr const Rule* kRules[] = {&kV1Rule, &kRmRule};

Span find(const SourceFile& file, std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(file.bytes().find(text));
  return {&file, begin, begin + static_cast<std::uint32_t>(text.size())};
}

Command simple(const SourceFile& file, std::string_view text) {
  Command command;
  command.span = find(file, text);
  command.form = SimpleCommand{};
  return command;
}

Comment comment(const SourceFile& file, std::string_view text, bool own_line) {
  return {find(file, text), own_line};
}

Finding finding(const SourceFile& file, std::string_view text, std::string rule) {
  Finding result;
  result.rule = std::move(rule);
  result.span = find(file, text);
  return result;
}

// Whether the comments of `script` allow `rule` where `text` stands.
bool allowed(const Script& script, std::string_view text, std::string rule = "run-without-rm") {
  composelint::Run run;
  Allowances read = allowances(hosts::script_host(script), kRules, "2026-07-01");
  apply({finding(*script.file, text, std::move(rule))}, read.allowed, run);
  return run.findings.empty() && run.suppressed.size() == 1;
}

TEST(Suppressions, KeepTheReasonAndTheComment) {
  const SourceFile file("x.sh", "run app  # composelint: allow run-without-rm -- logs stay\n");
  Script script;
  script.file = &file;
  script.commands.push_back(simple(file, "run app"));
  script.comments.push_back(
      comment(file, "# composelint: allow run-without-rm -- logs stay", false));
  composelint::Run run;
  Allowances read = allowances(hosts::script_host(script), kRules);
  apply({finding(file, "run app", "run-without-rm")}, read.allowed, run);
  ASSERT_EQ(run.suppressed.size(), 1U);
  EXPECT_EQ(run.suppressed[0].reason, "logs stay");
  EXPECT_EQ(run.suppressed[0].comment, script.comments[0].span);
  EXPECT_TRUE(read.allowed[0].comment.used);
}

TEST(Suppressions, CoverOnlyTheirRuleAndTheirLine) {
  const SourceFile file("x.sh", "run a # composelint: allow run-without-rm, compose-v1\nrun b\n");
  Script script;
  script.file = &file;
  script.commands.push_back(simple(file, "run a"));
  script.commands.push_back(simple(file, "run b"));
  script.comments.push_back(
      comment(file, "# composelint: allow run-without-rm, compose-v1", false));
  EXPECT_TRUE(allowed(script, "run a"));
  EXPECT_TRUE(allowed(script, "run a", "compose-v1"));
  EXPECT_FALSE(allowed(script, "run a", "unknown-service"));
  EXPECT_FALSE(allowed(script, "run b"));
}

TEST(Suppressions, CoverEveryLineOfACommand) {
  const SourceFile file("x.sh",
                        "# composelint: allow run-without-rm -- kept\n# and more words\n\n"
                        "docker compose \\\n  run app \\\n  task\nrun b\n"
                        "dc \\\n  run c # composelint: allow run-without-rm\n");
  Script script;
  script.file = &file;
  script.commands.push_back(simple(file, "docker compose \\\n  run app \\\n  task"));
  script.commands.push_back(simple(file, "run b"));
  script.commands.push_back(simple(file, "dc \\\n  run c"));
  script.comments.push_back(comment(file, "# composelint: allow run-without-rm -- kept", true));
  script.comments.push_back(comment(file, "# and more words", true));
  Comment behind = comment(file, "# composelint: allow run-without-rm\n", false);
  --behind.span.end;
  script.comments.push_back(behind);
  EXPECT_TRUE(allowed(script, "run app"));
  EXPECT_TRUE(allowed(script, "task"));
  EXPECT_FALSE(allowed(script, "run b"));
  EXPECT_TRUE(allowed(script, "dc \\"));
}

// Of several places in one finding, one that is allowed takes none of the others along.
TEST(Suppressions, LeaveTheOtherPlacesOfAFinding) {
  const SourceFile file("x.sh", "run a # composelint: allow run-without-rm\nrun b\n");
  Script script;
  script.file = &file;
  script.commands.push_back(simple(file, "run a"));
  script.commands.push_back(simple(file, "run b"));
  script.comments.push_back(comment(file, "# composelint: allow run-without-rm", false));
  Finding both = finding(file, "run a", "run-without-rm");
  both.related.push_back({find(file, "run b"), std::string(kHereAsWell)});
  composelint::Run run;
  Allowances read = allowances(hosts::script_host(script), kRules);
  apply({both}, read.allowed, run);
  ASSERT_EQ(run.findings.size(), 1U);
  EXPECT_EQ(run.findings[0].span, find(file, "run b"));
  EXPECT_TRUE(run.findings[0].related.empty());
  EXPECT_TRUE(run.suppressed.empty());

  Finding other = finding(file, "run b", "run-without-rm");
  other.related.push_back({find(file, "run a"), std::string(kHereAsWell)});
  composelint::Run again;
  Allowances unused = allowances(hosts::script_host(script), kRules);
  apply({other}, unused.allowed, again);
  EXPECT_EQ(again.findings.size(), 1U);
  EXPECT_TRUE(unused.allowed[0].comment.used);
}

TEST(Suppressions, DoNotReachIntoACompoundCommand) {
  const SourceFile file("x.sh", "# composelint: allow run-without-rm\nif run a\nthen\nrun b\nfi\n");
  Script script;
  script.file = &file;
  Command clause;
  clause.span = find(file, "if run a\nthen\nrun b\nfi");
  clause.form = IfClause{{{{simple(file, "run a")}, {simple(file, "run b")}}}};
  script.commands.push_back(std::move(clause));
  script.comments.push_back(comment(file, "# composelint: allow run-without-rm", true));
  EXPECT_TRUE(allowed(script, "run a"));
  EXPECT_FALSE(allowed(script, "run b"));
}

TEST(Suppressions, AWholePipelineIsOneCommand) {
  const SourceFile file("x.sh", "# composelint: allow run-without-rm\nrun a |\nrun b\nrun c\n");
  Script script;
  script.file = &file;
  Command pipeline;
  pipeline.span = find(file, "run a |\nrun b");
  pipeline.form = Pipeline{{simple(file, "run a"), simple(file, "run b")}, false};
  script.commands.push_back(std::move(pipeline));
  script.comments.push_back(comment(file, "# composelint: allow run-without-rm", true));
  EXPECT_TRUE(allowed(script, "run b"));
  EXPECT_FALSE(allowed(script, "run c"));
}

TEST(Suppressions, AllowFileCoversTheFileAndNoOther) {
  const SourceFile file("x.yml", "a: b\nc: d\n# composelint: allow-file compose-v1 -- old host\n");
  const SourceFile other("y.yml", "a: b\n");
  Allowances read = allowances(file, kRules);
  composelint::Run run;
  apply({finding(file, "a", "compose-v1"), finding(other, "a", "compose-v1")}, read.allowed, run);
  EXPECT_EQ(run.suppressed.size(), 1U);
  ASSERT_EQ(run.findings.size(), 1U);
  EXPECT_EQ(run.findings[0].span.file, &other);
}

TEST(Suppressions, SpeakOfTheCodeBlockBelowInDocuments) {
  const SourceFile file(
      "x.md",
      "<!-- composelint: allow compose-v1 -- old -->\n\n```sh\nfirst\nsecond\n```\n"
      "```sh\nthird\n```\n");
  const hosts::Host* markdown = hosts::find_host("/x.md", file.bytes());
  ASSERT_NE(markdown, nullptr);
  Allowances read = allowances(markdown->read({file, "/x.md", "/", {}}), kRules);
  composelint::Run run;
  apply({finding(file, "first", "compose-v1"), finding(file, "second", "compose-v1"),
         finding(file, "third", "compose-v1")},
        read.allowed, run);
  ASSERT_EQ(run.suppressed.size(), 2U);
  EXPECT_EQ(run.suppressed[0].reason, "old");
  EXPECT_EQ(run.findings.size(), 1U);
}

TEST(Suppressions, WorkInComposeFiles) {
  const SourceFile file("x.yml",
                        "services:\n  # composelint: allow compose-v1 -- why\n  web:\n"
                        "    image: x # composelint: allow run-without-rm\n    ports: []\n");
  Allowances read = allowances(file, kRules);
  composelint::Run run;
  apply({finding(file, "web", "compose-v1"), finding(file, "image", "run-without-rm"),
         finding(file, "ports", "run-without-rm"), finding(file, "services", "compose-v1")},
        read.allowed, run);
  EXPECT_EQ(run.suppressed.size(), 2U);
  EXPECT_EQ(run.findings.size(), 2U);
}

TEST(Suppressions, SayWhenTheyHaveNoEffect) {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[] = {
      {"# composelint: allow compose-v1 until 2026-02-29 -- x",
       "composelint comment without effect: \"2026-02-29\" is no date like 2026-12-31"},
      {"# composelint: allow compose-v1 until tomorrow",
       "composelint comment without effect: \"tomorrow\" is no date like 2026-12-31"},
      {"# composelint: allow", "composelint comment without effect: \"allow\" names no rule"},
      {"# composelint: allow -- because",
       "composelint comment without effect: \"allow\" names no rule"},
      {"# composelint: ignore compose-v1",
       "composelint comment without effect: \"ignore\" is no directive; known are \"allow\", "
       "\"allow-block\" and \"allow-file\""},
  };
  for (const Row& row : rows) {
    const SourceFile file("x.yml", row.text);
    Allowances read = allowances(file, kRules);
    EXPECT_TRUE(read.allowed.empty()) << row.text;
    ASSERT_EQ(read.notifications.size(), 1U) << row.text;
    EXPECT_EQ(read.notifications[0].message, row.message);
    EXPECT_EQ(read.notifications[0].severity, Severity::kWarning);
  }
}

TEST(Suppressions, UnusedOnesAreKnown) {
  const SourceFile file("x.yml", "a: b # composelint: allow compose-v1\n");
  composelint::Run run;
  Allowances read = allowances(file, kRules);
  apply({}, read.allowed, run);
  ASSERT_EQ(read.allowed.size(), 1U);
  EXPECT_FALSE(read.allowed[0].comment.used);
  EXPECT_EQ(read.allowed[0].comment.removal.text(), " # composelint: allow compose-v1");
}

TEST(Suppressions, TellWhatIsNoRule) {
  const SourceFile file("x.yml", "a: b # composelint: allow run-withot-rm, compose-v1, zzz -- x\n");
  const Allowances read = allowances(file, kRules);
  ASSERT_EQ(read.allowed.size(), 3U);
  EXPECT_FALSE(read.allowed[0].comment.known);
  EXPECT_EQ(read.allowed[0].comment.meant, "run-without-rm");
  EXPECT_EQ(read.allowed[0].comment.place.text(), "run-withot-rm");
  EXPECT_EQ(read.allowed[0].comment.removal.text(), "run-withot-rm, ");
  EXPECT_TRUE(read.allowed[1].comment.known);
  EXPECT_EQ(read.allowed[2].comment.meant, "");
  EXPECT_EQ(read.allowed[2].comment.removal.text(), ", zzz");
}

TEST(Suppressions, EndBehindTheirLastDay) {
  const SourceFile file("x.yml", "a: b # composelint: allow compose-v1 until 2026-07-01 -- soon\n");
  EXPECT_FALSE(allowances(file, kRules).allowed[0].comment.expired);
  EXPECT_FALSE(allowances(file, kRules, "2026-07-01").allowed[0].comment.expired);
  Allowances read = allowances(file, kRules, "2026-07-02");
  EXPECT_TRUE(read.allowed[0].comment.expired);
  EXPECT_EQ(read.allowed[0].comment.until, "2026-07-01");
  EXPECT_EQ(read.allowed[0].comment.reason, "soon");
  composelint::Run run;
  apply({finding(file, "a", "compose-v1")}, read.allowed, run);
  EXPECT_EQ(run.findings.size(), 1U);
}

TEST(Suppressions, NoFixChangesWhatIsAllowed) {
  const SourceFile file("x.yml", "a: b\nc: d # composelint: allow compose-v1 -- this one\n");
  Finding both = finding(file, "a", "compose-v1");
  both.fixes.push_back(
      {"Change", FixSafety::kSafe, {{find(file, "a"), "x"}, {find(file, "c"), "x"}}});
  both.fixes.push_back({"Change one", FixSafety::kSafe, {{find(file, "a"), "x"}}});
  Allowances read = allowances(file, kRules);
  composelint::Run run;
  apply({both}, read.allowed, run);
  ASSERT_EQ(run.findings.size(), 1U);
  ASSERT_EQ(run.findings[0].fixes.size(), 1U);
  EXPECT_EQ(run.findings[0].fixes[0].title, "Change one");
  EXPECT_TRUE(read.allowed[0].comment.used);
}

}  // namespace
}  // namespace composelint::engine
