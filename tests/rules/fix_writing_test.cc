// Fixes are made as shell text; how it is written depends on what holds the shell.
#include <composelint/rule_context.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "analyzer/engine/fix.h"
#include "tests/engine/tree.h"

namespace composelint {
namespace {

// Puts a text full of what hosts read something into behind `pull`.
template <const char* const* kText>
void put_behind(const Step&, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("pull")) return;
  const Span verb = call.verb_span;
  Finding& finding = context.report(verb, "x", {});
  finding.fixes.push_back({"Put", FixSafety::kSafe, {{{verb.file, verb.end, verb.end}, *kText}}});
}

void put_line_before(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("pull")) return;
  const Span at = step.span;
  Finding& finding = context.report(call.verb_span, "x", {});
  finding.fixes.push_back(
      {"Put", FixSafety::kSafe, {{{at.file, at.begin, at.begin}, "set -o pipefail\n"}}});
}

constexpr const char* kDollar = " --quiet && echo $HOME";
constexpr const char* kSingle = " --quiet && echo 'it is'";
constexpr const char* kDouble = " --quiet && echo \"it\\n\" 100%";

template <const char* const* kText>
constexpr Rule inserting() {
  Rule rule{};
  rule.slug = "put";
  rule.severity = {.docs = Severity::kWarning};
  rule.on_invocation = put_behind<kText>;
  return rule;
}

constexpr Rule kDollarRule = inserting<&kDollar>();
constexpr Rule kSingleRule = inserting<&kSingle>();
constexpr Rule kDoubleRule = inserting<&kDouble>();
constexpr Rule line_rule() {
  Rule rule{};
  rule.slug = "put";
  rule.on_invocation = put_line_before;
  return rule;
}
constexpr Rule kLineRule = line_rule();

struct Row {
  const Rule* rule;
  const char* name;
  const char* before;
  const char* after;  // null: refused
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name << ": " << row.before;
}

// One pass: the rule fires for ever.
std::string after(const Row& row) {
  engine::Tree tree;
  tree.file("/project/" + std::string(row.name), row.before);
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  request.context = Context::kOps;
  const Rule* const rules[] = {row.rule};
  const engine::Outcome outcome = engine::check(request, tree, rules);
  EXPECT_EQ(outcome.run.findings.size(), 1U);
  if (outcome.run.findings.empty() || outcome.run.findings.front().fixes.empty()) return {};
  const Edit& edit = outcome.run.findings.front().fixes.front().edits.front();
  std::string text(edit.span.file->bytes());
  return text.replace(edit.span.begin, edit.span.size(), edit.replacement);
}

class FixWriting : public testing::TestWithParam<Row> {};

TEST_P(FixWriting, GivesTheShellWhatItWants) {
  const Row& row = GetParam();
  EXPECT_EQ(after(row), row.after == nullptr ? "" : row.after);
}

const Row kRows[] = {
    {&kDollarRule, "a.sh", "docker compose pull\n", "docker compose pull --quiet && echo $HOME\n"},
    {&kSingleRule, "a.sh", "bash -c 'docker compose pull'\n", nullptr},
    {&kDoubleRule, "a.sh", "bash -c \"docker compose pull\"\n", nullptr},
    {&kSingleRule, "a.sh", "bash -c \"docker compose pull\"\n",
     "bash -c \"docker compose pull --quiet && echo 'it is'\"\n"},
    {&kLineRule, "a.sh", "#!/bin/bash\r\ndocker compose pull\r\n",
     "#!/bin/bash\r\nset -o pipefail\r\ndocker compose pull\r\n"},
    {&kDollarRule, "Makefile", "up:\n\tdocker compose pull\n",
     "up:\n\tdocker compose pull --quiet && echo $$HOME\n"},
    {&kDollarRule, "Makefile", "up:\n\tdocker compose \\\n\t  pull\n",
     "up:\n\tdocker compose \\\n\t  pull --quiet && echo $$HOME\n"},
    {&kLineRule, "Makefile", "up:\n\tdocker compose pull\n", nullptr},
    {&kSingleRule, "package.json", "{\"scripts\": {\"up\": \"docker compose pull\"}}\n",
     "{\"scripts\": {\"up\": \"docker compose pull --quiet && echo 'it is'\"}}\n"},
    {&kDoubleRule, "package.json", "{\"scripts\": {\"up\": \"docker compose pull\"}}\n",
     "{\"scripts\": {\"up\": \"docker compose pull --quiet && echo \\\"it\\\\n\\\" 100%\"}}\n"},
    {&kDoubleRule, ".gitlab-ci.yml", "up:\n  script:\n    - docker compose pull\n",
     "up:\n  script:\n    - docker compose pull --quiet && echo \"it\\n\" 100%\n"},
    {&kDoubleRule, ".gitlab-ci.yml", "up:\n  script:\n    - \"docker compose pull\"\n",
     "up:\n  script:\n    - \"docker compose pull --quiet && echo \\\"it\\\\n\\\" 100%\"\n"},
    {&kSingleRule, ".gitlab-ci.yml", "up:\n  script:\n    - 'docker compose pull'\n",
     "up:\n  script:\n    - 'docker compose pull --quiet && echo ''it is'''\n"},
    {&kLineRule, ".gitlab-ci.yml",
     "up:\n  script:\n    - |\n      true\n      docker compose pull\n",
     "up:\n  script:\n    - |\n      true\n      set -o pipefail\n      docker compose pull\n"},
    {&kLineRule, ".gitlab-ci.yml", "up:\n  script:\n    - docker compose pull\n", nullptr},
    // What systemd unquotes comes out quoted in another way: not known to be right.
    {&kDollarRule, "up.service", "[Service]\nExecStart=/bin/sh -c 'docker compose pull'\n",
     nullptr},
    {&kSingleRule, "up.service", "[Service]\nExecStart=/bin/sh -c 'docker compose pull'\n",
     nullptr},
    {&kDollarRule, "justfile", "up:\n  docker compose pull\n",
     "up:\n  docker compose pull --quiet && echo $HOME\n"},
    {&kDoubleRule, "crontab", "* * * * * root docker compose pull\n",
     "* * * * * root docker compose pull --quiet && echo \"it\\n\" 100\\%\n"},
    {&kDollarRule, "README.md", "```sh\ndocker compose pull\n```\n",
     "```sh\ndocker compose pull --quiet && echo $HOME\n```\n"},
};

INSTANTIATE_TEST_SUITE_P(Hosts, FixWriting, testing::ValuesIn(kRows));

}  // namespace
}  // namespace composelint
