#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// "python" of /usr/bin/python3.12: which release of it is called is not what is asked for.
std::string_view base_name(const Argument& word) {
  const std::string_view text = word.text;
  const std::string_view name = file_name(text);
  const std::size_t end = name.find_last_not_of(".0123456789");
  return end == std::string_view::npos ? name : name.substr(0, end + 1);
}

// The same program, asked for the same thing.
bool same_command(const std::vector<Argument>& a, const std::vector<Argument>& b) {
  if (a.empty() || b.empty() || !a.front().known() || !b.front().known()) return false;
  if (base_name(a.front()) != base_name(b.front())) return false;
  if (a.size() < 2 || b.size() < 2) return a.size() == b.size();
  return a[1].text == b[1].text && a[1].known() && b[1].known();
}

// Twice is once too often, or the other database is harmed, or saved in place of the stack's.
bool is_about_data(const Step& step) {
  switch (step.effect) {
    case Effect::kDumps:
    case Effect::kMigrates:
    case Effect::kImports:
    case Effect::kRestores:
    case Effect::kDeletes: return true;
    default: return false;
  }
}

// The task in a container whose failure leads here.
const Step* tried_before(const Timeline& timeline, const Step& step) {
  for (const Condition& way : step.conditions) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind != BranchKind::kOr || way.arm != 0) continue;
    for (std::size_t i = index_of(timeline, step); i-- > 0;) {
      const Step& other = timeline.steps[i];
      if (!contains(branch.condition, other.span)) continue;
      const auto inner = inner_command_of(other);
      if (inner && !inner->opaque && same_place(other, step) &&
          same_command(*inner->words, step.argv)) {
        return &other;
      }
    }
  }
  return nullptr;
}

void on_step(const Step& step, RuleContext& context) {
  if (step.launcher != Launcher::kNone || context.timeline() == nullptr) return;
  if (!is_about_data(step)) return;
  const Step* tried = tried_before(*context.timeline(), step);
  if (tried == nullptr) return;
  const auto inner = inner_command_of(*tried);
  Finding& finding = context.report(
      step.span,
      "where " + quoted(inner->line) + " fails, for whatever reason, " + quoted(task_text(step)) +
          " runs on this machine: with its program and its environment, and a second time if the "
          "first got half-way",
      {"fallback", inner->line, std::string(program_name(step))});
  finding.related.push_back({tried->span, "first tried here"});
}

constexpr Example kExamples[] = {{
    .unsafe =
        "docker compose exec -T app php artisan migrate --force || php artisan migrate --force\n",
    .safe = "docker compose exec -T app php artisan migrate --force || exit 1\n",
}};

}  // namespace

COMPOSELINT_RULE(fallback_on_host) = {
    .slug = "fallback-on-host",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kWarning},
    .summary = "Where a task in the container fails, it is run again on the host",
    .rationale =
        "`exec` ends with another status than 0 when the container is not there, and just as well "
        "when the task itself fails: `||` cannot tell (1 may be either, measured with Compose "
        "2.40.3). The command behind it meets another version of the program, other variables "
        "and, where it gets through at all, perhaps another database. Asking first (`docker "
        "compose ps --status running -q app`) tells the two apart.",
    .silent_on =
        "Tasks that neither change nor save data: in the container or on the host, whichever there "
        "is. Other "
        "commands behind `||`: messages, exits, another `run` or `exec`. An `if` that looks "
        "whether the container is there. Stacks of developers.",
    .examples = kExamples,
    .on_step = on_step,
};

}  // namespace composelint::rules
