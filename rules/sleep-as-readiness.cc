#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/files/plain_image.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/reports/refusal_words.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/unawaited_in_each.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/slept_for.h"
#include "analyzer/signs/steps/slept_inside.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

constexpr std::string_view kNeeds = "needs ";

// "`sleep 10`"
std::string pause_text(const Step& sleep) {
  std::string text = "sleep";
  for (std::size_t i = 1; i < sleep.argv.size(); ++i) {
    text += " " + (sleep.argv[i].known() ? sleep.argv[i].text : std::string("…"));
  }
  return quoted(text);
}

// "exec db", "docker exec app_db"
std::string use_text(const Step& step) {
  const auto inner = inner_command_of(step);
  return inner ? inner->line : std::string(program_name(step));
}

// "up", "docker start"
std::string start_text(const Step& step) {
  if (step.call) return step.call->verb;
  return "docker" + step.docker->verb.substr(step.docker->verb.rfind(' '));
}

Finding& report(const Step& sleep, const Step& start, const Step& use, const std::string& name,
                RuleContext& context) {
  const auto inner = inner_command_of(use);
  const Argument& first = inner ? inner->words->front() : use.argv.front();
  const std::string program = use.call        ? inner_program(*use.call)
                              : first.known() ? first.text
                                              : std::string();
  Finding& finding = context.report(
      sleep.span,
      pause_text(sleep) + " is all that stands between " + quoted(start_text(start)) + " on " +
          line_of(start, sleep.span) + " and " + quoted(use_text(use)) + " on " +
          line_of(use, sleep.span) + ": a start of " + quoted(name) +
          " that takes longer, with a fresh volume or on a busy machine, fails it",
      {"sleep", name, program});
  finding.related.push_back({use.span, std::string(kNeeds) + quoted(name)});
  return finding;
}

void report_inside(const Step& step, const SleptInside& found, RuleContext& context) {
  const bool itself = found.start == &step;
  Finding& finding = context.report(
      found.sleep,
      quoted(found.pause) + " is all that stands between " + quoted(start_text(*found.start)) +
          (itself ? ", which starts " + quoted(found.service->name) + " as well,"
                  : " on " + line_of(*found.start, found.sleep)) +
          " and " + quoted(found.task) + ": a start of " + quoted(found.service->name) +
          " that takes longer, with a fresh volume or on a busy machine, fails it",
      {"sleep", found.service->name, found.task});
  if (!itself) finding.related.push_back({found.start->span, "started here"});
}

// Compose refuses the files as an overlay that is read alone: who waits for whom stands in the one
// below it.
bool starts_a_half(const Step& start) {
  const Project* project = start.call ? start.call->target.project : nullptr;
  return project != nullptr &&
         std::any_of(project->problems.begin(), project->problems.end(), [](const auto& problem) {
           return problem.refused && !half_service(problem.message).empty();
         });
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || step.argv.empty()) return;
  if (const auto inside = slept_inside(*context.timeline(), step)) {
    if (starts_a_half(*inside->start)) return;
    return report_inside(step, *inside, context);
  }
  const auto found = unawaited_in_each(*context.timeline(), step);
  if (!found) {
    if (step.launcher == Launcher::kNone) return;
    const auto other = slept_for(*context.timeline(), step);
    if (other && other->sleep != nullptr)
      report(*other->sleep, *other->start, step, other->name, context);
    return;
  }
  if (found->sleep == nullptr || starts_a_half(*found->start)) return;
  const ComposeInvocation& start = *found->start->call;
  Finding& finding = report(*found->sleep, *found->start, step, found->service->name, context);
  if (!has_check(*found->service) || !start.is("up")) return;
  if (auto fix = add_option(start, "--wait")) {
    fix->safety = FixSafety::kUnsafe;
    finding.fixes.push_back(std::move(*fix));
  }
}

// The same pause before each use, and the same mend.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const bool used_later =
        !finding->related.empty() && finding->related.front().message.starts_with(kNeeds);
    if (used_later && may_wait_at_its_start(facts, finding->related.front().span)) {
      finding->severity = Severity::kOff;
    }
  }
  tell_once_a_file(facts, findings);
  tell_once_a_subject(findings, [](const Finding& finding) {
    // As long a pause, for the same program in the same service.
    return told_before(finding, " is all ") + '\n' + finding.key[1] + '\n' + finding.key[2];
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d\n"
              "sleep 10\n"
              "docker compose exec -T db psql -U app -c 'CREATE SCHEMA audit'\n",
    .safe = "docker compose up -d\n"
            "until docker compose exec -T db pg_isready -h 127.0.0.1; do sleep 1; done\n"
            "docker compose exec -T db psql -U app -c 'CREATE SCHEMA audit'\n",
    .compose = "services:\n  db:\n    image: postgres:16\n",
}};

}  // namespace

COMPOSELINT_RULE(sleep_as_readiness) = {
    .slug = "sleep-as-readiness",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kWarning},
    .summary = "A fixed sleep is the only wait for a database",
    .rationale =
        "How long a database takes to answer depends on the machine, the volume and what the image "
        "does at its first start: a fresh PostgreSQL refused connections for seconds, a warm one "
        "hardly at all (measured, PostgreSQL 15). A number that fits one machine is too short on "
        "another and too long on most. `up -d --wait` comes back when the healthcheck says so, and "
        "with exit code 1 when it never does; so does a loop around `pg_isready -h`. A `sleep` in "
        "the script of the task itself (`run app sh -c 'sleep 10 && migrate'`) is no better. As "
        "long a pause before the same program is told once a repository.",
    .silent_on =
        "Sleeps in loops, and sleeps beside something that asks. Stacks of which the call reads "
        "an overlay alone. Commands that a loop behind them tries again. Sleeps behind which no "
        "database is needed: where the stack's files are not known, only a client that is run in "
        "a container (`docker exec db psql`) tells of one. The fix is offered where the database "
        "has a healthcheck.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
