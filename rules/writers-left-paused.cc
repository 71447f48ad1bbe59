#include <composelint/contains.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/taken_for.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/brought_back.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/on_developers_stack.h"
#include "analyzer/signs/stacks/whole_stack.h"
#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// What brings back, in the text of a trap.
constexpr std::array<std::string_view, 5> kStarts = {" start", " up", " restart", " unpause",
                                                     "artisan up"};

// May well fail, and then ends the script.
bool may_end_script(const Step& step) {
  if (step.status != StatusUse::kStops || step.detached) return false;
  // A registry that does not answer.
  if (step.call && (step.call->is("pull") || step.call->is("build"))) return true;
  switch (step.effect) {
    case Effect::kMigrates:
    case Effect::kImports:
    case Effect::kExports:
    case Effect::kDumps:
    case Effect::kRestores: return true;
    case Effect::kDeletes:
    case Effect::kUnknown: return step.launcher != Launcher::kNone;
    // A certificate that is refused, `CREATE DATABASE`; the workers' own signals are part of the
    // pause.
    case Effect::kAdministers:
      if (program_name(step) == "certbot") return true;
      return inner_command_of(step).has_value() && step.role == Role::kNone;
    // `psql < dump.sql`: statements, one of which may fail.
    case Effect::kShell:
      return step.launcher != Launcher::kNone && step.role == Role::kClient && is_fed(step);
    default: return step.role == Role::kFileBackup;
  }
}

// The operator has agreed to it, and it pours a dump into a database.
bool is_agreed_restore(const Timeline& timeline, const Step& step) {
  const bool pours = step.effect == Effect::kRestores || is_fed_a_dump(step, timeline) ||
                     (step.role == Role::kClient && is_fed(step));
  return pours && asked_before(timeline, step);
}

// A restore, started by somebody who sees it fail: half of one is nothing to start on. A dump of
// what is there has not touched it yet.
bool restores_by_hand(const Timeline& timeline, const Step& step) {
  if (is_agreed_restore(timeline, step)) return true;
  // `restore)`
  const bool by_choice =
      std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
        const Branch& branch = timeline.branches[way.branch];
        return branch.kind == BranchKind::kCase && way.arm < branch.patterns.size() &&
               branch.patterns[way.arm].file != nullptr &&
               is_called_a_restore(branch.patterns[way.arm].text());
      });
  const bool looks_on = !by_choice && timeline.task.find("restore") == std::string::npos &&
                        !is_part_of_a_restore(step, timeline);
  if (looks_on) return false;
  return step.effect != Effect::kDumps && step.effect != Effect::kExports &&
         step.role != Role::kFileBackup &&
         !(step.call && (step.call->is("pull") || step.call->is("build")));
}

// What runs when `step` fails: `|| { …; exit 1; }`, `if ! …; then …`, a block of the host.
bool runs_on_failure(const Timeline& timeline, const Step& back, const Step& step) {
  return std::any_of(back.conditions.begin(), back.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind == BranchKind::kHost || branch.kind == BranchKind::kOnFailure) return true;
    const bool decides = branch.kind == BranchKind::kOr || branch.kind == BranchKind::kIf;
    return decides &&
           (contains(branch.condition, step.span) ||
            branch.condition.text().find("$?") != std::string_view::npos ||
            text_between(step.span, branch.condition).find("=$?") != std::string_view::npos);
  });
}

// A trap whose content is not known may do it.
bool hides_a_return(const Step& step) {
  if (!comes_from_trap(step) || step.argv.empty()) return false;
  return !step.argv.front().known() || step.argv.front().text.ends_with(".sh") ||
         (step.call && step.call->verb.empty());
}

// The lines up to the closing brace of `NAME() {`.
std::string_view body_of_function(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::string_view rest = text.substr(at + name.size());
    const bool begins = at == 0 || text[at - 1] == '\n' || text[at - 1] == ' ';
    if (begins && rest.starts_with("()")) return rest.substr(0, rest.find("\n}"));
  }
  return {};
}

// `"bring_back db; say done" EXIT`, and what the functions do that it names.
std::string with_functions(std::string_view text, std::string_view line) {
  constexpr std::string_view kApart = " \t;&|\"'";
  std::string does(line);
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(kApart, at), line.size());
    if (end > at) does += body_of_function(text, line.substr(at, end - at));
    at = end + 1;
  }
  return does;
}

// The words behind `trap` of a line that says what happens at the end; empty: it does not.
std::string_view at_the_end(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with("trap ") || line.find("EXIT") == std::string_view::npos) return {};
  line.remove_prefix(std::min(line.find_first_not_of(" \t", 5), line.size()));
  return line;
}

// The trap in force at `step`, as it is written last in front of it, whatever replaces it later on:
// what it does then is not among the steps. Of a step in another function than `out`,
// the first behind that one.
std::string_view trap_in_force(const Step& step, const Step& out) {
  const std::string_view text = step.span.file->bytes();
  if (step.span.file == out.span.file) {
    std::string_view behind = text.substr(out.span.end);
    behind = behind.substr(0, behind.find("\n}"));
    const bool within =
        step.span.begin >= out.span.end && step.span.begin <= out.span.end + behind.size();
    while (!within && !behind.empty()) {
      const std::string_view line = behind.substr(0, behind.find('\n'));
      behind.remove_prefix(std::min(line.size() + 1, behind.size()));
      if (const std::string_view found = at_the_end(line); !found.empty()) return found;
    }
  }
  std::string_view before = text.substr(0, step.span.begin);
  while (!before.empty()) {
    const std::size_t feed = before.rfind('\n');
    const std::string_view line = feed == before.npos ? before : before.substr(feed + 1);
    before = feed == before.npos ? std::string_view() : before.substr(0, feed);
    if (const std::string_view found = at_the_end(line); !found.empty()) return found;
  }
  return {};
}

bool trap_in_force_returns(const Step& step, const Step& out) {
  const std::string_view line = trap_in_force(step, out);
  if (line.empty() || line.starts_with("- ") || line.starts_with("''") ||
      line.starts_with("\"\"")) {
    return false;
  }
  const std::string does = with_functions(step.span.file->bytes(), line);
  const bool starts = std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view verb) {
    return does.find(verb) != std::string::npos;
  });
  const bool names =
      out.call &&
      std::any_of(out.call->services.begin(), out.call->services.end(), [&](const Argument& word) {
        return !word.known() || does.find(word.text) != std::string::npos;
      });
  return starts && (names || !out.call || out.call->services.empty());
}

bool names(const std::vector<Argument>& words, const Argument& wanted) {
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return word.text == wanted.text && word.holes == wanted.holes;
  });
}

// `stop shipper; rm -f shipper`, and the project has no such service any more: no `up` starts it.
bool is_of_the_past(const Argument& word, const ComposeInvocation& rm) {
  const Project* project = TakenFor{.likely = true}(rm);
  return project != nullptr && !project->partial && !project->services.empty() &&
         project->service(word.text) == nullptr && names(rm.services, word);
}

// `docker stop web && docker rm web`: it is made anew, or not wanted any more.
bool removes_container(const Step& step, const Step& out) {
  if (out.call && step.call && step.call->is("rm") && !out.call->services.empty()) {
    return may_share_stack(*step.call, *out.call) &&
           std::all_of(out.call->services.begin(), out.call->services.end(),
                       [&](const Argument& word) { return is_of_the_past(word, *step.call); });
  }
  if (!stops_containers(out) || !step.docker || !step.docker->is("container rm")) return false;
  const std::vector<Argument>& gone = step.docker->operands;
  return std::any_of(gone.begin(), gone.end(),
                     [&](const Argument& word) { return names(out.docker->operands, word); });
}

// `stop …; was_up=yes` under one condition, `if [ "$was_up" ]; then start …` behind it: the one is
// reached whenever the other was.
bool is_kept_in_a_flag(const Timeline& timeline, const Step& back, const Step& out) {
  // `for service in app worker; do docker compose stop "$service"; done` under it.
  std::vector<Condition> ways = out.conditions;
  while (ways.size() > back.conditions.size() &&
         timeline.branches[ways.back().branch].kind == BranchKind::kFor) {
    ways.pop_back();
  }
  if (back.conditions.empty() || back.conditions.size() != ways.size() ||
      !std::equal(back.conditions.begin(), back.conditions.end() - 1, ways.begin())) {
    return false;
  }
  const Condition& way = back.conditions.back();
  const Branch& test = timeline.branches[way.branch];
  const Branch& around = timeline.branches[ways.back().branch];
  if (test.kind != BranchKind::kIf || way.arm != 0 || around.kind != BranchKind::kIf) return false;
  const std::string_view text = test.condition.text();
  const std::string_view begins = around.span.text();
  // `if [ "$HOLD" = true ]` around both.
  if (text == around.condition.text() && text.find('$') != text.npos &&
      way.arm == ways.back().arm && text.find("$?") == text.npos && text.find("$(") == text.npos) {
    return true;
  }
  if (out.span.file != around.span.file || out.span.end > around.span.end) return false;
  for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
    std::string_view name = text.substr(at + 1);
    if (name.starts_with('{')) name.remove_prefix(1);
    name = leading_name(name);
    const std::string sets = std::string(name) + "=";
    const std::size_t set = begins.find(sets);
    if (!name.empty() && set != begins.npos && set > 0 &&
        std::string_view(" \t\n;").find(begins[set - 1]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// `if ! mv …; then docker compose start; exit 1; fi`: nothing comes behind it on its way.
bool ends_script(const Timeline& timeline, const Step& back) {
  return std::any_of(back.conditions.begin(), back.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return (branch.kind == BranchKind::kIf || branch.kind == BranchKind::kOr) &&
           branch.leaves[way.arm] > timeline.steps.size();
  });
}

struct Gap {
  const Step* failing = nullptr;
  const Step* back = nullptr;
};

// The first step in between whose failure nothing answers by bringing it back.
Gap gap_behind(const Timeline& timeline, const Step& out) {
  const std::size_t at = index_of(timeline, out);
  const bool whole = stops_all(out);
  Gap gap;
  for (std::size_t i = at + 1; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (other.detached != out.detached || timeline.reach(at, i) == Reach::kNever) continue;
    // All of a stack is down for a release as well, and whoever brings one looks on.
    if (whole && gap.back == nullptr && brings_or_changes(other)) return {};
    if (hides_a_return(other) || removes_container(other, out)) return {};
    if (brings_back(other, out) && same_place(other, out)) {
      if (comes_from_trap(other)) return {};
      if (gap.back == nullptr && gap.failing != nullptr &&
          (timeline.reach(at, i) == Reach::kAlways || is_kept_in_a_flag(timeline, other, out))) {
        gap.back = &other;
      }
      // Undone before anything can fail; a handler that ends the script has answered for its own
      // step alone.
      if (gap.failing == nullptr || runs_on_failure(timeline, other, *gap.failing)) {
        if (!ends_script(timeline, other)) return {};
        gap = {};
      }
      continue;
    }
    if (gap.failing == nullptr && same_place(other, out) && may_end_script(other) &&
        (!whole || takes_a_backup(other)) && !is_part_of_the_pause(timeline, other) &&
        !restores_by_hand(timeline, other)) {
      gap.failing = &other;
    }
  }
  if (gap.back == nullptr || trap_in_force_returns(*gap.failing, out)) return {};
  // A caller's `up`, behind a script that leaves it stopped, is no undo of that script.
  if (gap.failing->span.file == out.span.file && gap.back->span.file != out.span.file) return {};
  return gap;
}

std::string what_stays(const Timeline& timeline, const Step& out) {
  if (out.role == Role::kMaintenanceOn) return "maintenance mode stays on";
  if (stops_all(out)) return "the stack stays down";
  const bool containers = stops_containers(out);
  if (out.role == Role::kPausesWorkers || !(out.call || containers)) {
    return "the workers stay paused";
  }
  // The others are stopped for good.
  std::vector<std::string> names =
      containers ? std::vector<std::string>() : brought_back(timeline, out);
  if (names.empty()) {
    for (const Argument& word : containers ? out.docker->operands : out.call->services) {
      if (word.known()) names.push_back(word.text);
    }
  }
  const bool pauses = containers ? out.docker->is("container pause") : out.call->is("pause");
  const std::string how = pauses ? " paused" : " stopped";
  if (names.empty()) return "what was" + how + " stays so";
  return listed(names) + (names.size() == 1 ? " stays" : " stay") + how;
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || step.detached || comes_from_trap(step)) return;
  if (!takes_out(step) && !stops_all(step)) return;
  const Gap gap = gap_behind(*context.timeline(), step);
  if (gap.back == nullptr || is_for_staging(step) || is_on_a_developers_stack(step) ||
      is_stopped_as_a_whole(*context.timeline(), step) ||
      brings_back_the_database_alone(*context.timeline(), step)) {
    return;
  }
  const std::string stays = what_stays(*context.timeline(), step);
  Finding& finding = context.report(step.call ? step.call->span : step.span,
                                    "when " + quoted(task_text(*gap.failing)) + " on " +
                                        line_of(*gap.failing, asked_at(step, step.span)) +
                                        " fails, the script ends there and " + stays + ": " +
                                        line_of(*gap.back, asked_at(step, step.span)) +
                                        " is not reached, and no trap does it",
                                    {"left paused", stays});
  finding.related.push_back({gap.failing->span, "ends the script when it fails"});
  finding.related.push_back({gap.back->span, "undone only here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "set -e\n"
              "docker compose stop worker\n"
              "docker compose run --rm app python manage.py migrate\n"
              "docker compose start worker\n",
    .safe = "set -e\n"
            "trap 'docker compose start worker' EXIT\n"
            "docker compose stop worker\n"
            "docker compose run --rm app python manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(writers_left_paused) = {
    .slug = "writers-left-paused",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "What was stopped for a task stays stopped when the task fails",
    .rationale =
        "With `set -e`, or `|| exit`, a failing dump or migration ends the script between `stop` "
        "and `start`. A nightly job that fails so leaves the service down until somebody looks; "
        "`unless-stopped` does not bring it back, it was stopped. A `trap '…' EXIT` in front of "
        "the stop runs on every way out. Who wants the workers to wait after a failed migration "
        "says so by a trap that does not start them. Reported once a file.",
    .silent_on =
        "Scripts without errexit, which go on and start it again. Calls that name a file of "
        "staging. Services that the script does not bring back at all: somebody else does; so it "
        "is with all where only the database is. A handler behind `||` or in an `if` that brings "
        "them back; a trap that does it where the step fails, also one that a later trap replaces. "
        "Scripts, functions, targets and `case` arms called a restore, unless the backup before it "
        "fails: nothing is to start on half of the data; so it is with dumps that the operator has "
        "agreed to pour in. The stack as a whole (`down`, `stop` without names) for anything but a "
        "backup, `docker stop $(…)`, and services of a stack that is stopped as a whole before. "
        "What only the caller of the script starts.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
