#include <composelint/dependent_steps.h>
#include <composelint/lifecycle.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace composelint::rules {
namespace {

// What the later step relies on, and the sentence for its failure; empty: nothing.
std::string prepares(const Step& step) {
  if (step.launcher != Launcher::kNone && step.effect == Effect::kDumps &&
      step.role != Role::kPartialDump) {
    return "without the backup";
  }
  if (step.call && (step.call->is("build") || step.call->is("pull"))) return "from the old image";
  return {};
}

bool is_unchecked(const Step& step) {
  return !step.errexit && step.status == StatusUse::kUnchecked && !step.background &&
         step.pipeline == 0;
}

// `later` runs whenever `earlier` has, whether that failed or not.
bool runs_anyway(const Timeline& timeline, const Step& earlier, const Step& later) {
  return earlier.detached == later.detached && same_place(earlier, later) &&
         timeline.reach(index_of(timeline, earlier), index_of(timeline, later)) == Reach::kAlways &&
         earlier.conditions == later.conditions && !status_read_between(earlier, later);
}

struct Pair {
  const Step* earlier = nullptr;
  const Step* later = nullptr;
};

// Brings up what was built, and builds nothing itself.
bool starts_old_image(const Step& earlier, const Step& later) {
  if (!earlier.call || !earlier.call->is("build") || earlier.call->has("--help")) return false;
  if (program_name(later) == "systemctl") {
    return later.argv.size() > 2 && (later.argv[1].is("restart") || later.argv[1].is("start"));
  }
  return later.call && later.call->is("up") && later.call->has("--detach") &&
         !later.call->has("--build") && !later.call->opaque_options &&
         may_share_stack(*later.call, *earlier.call);
}

std::string start_text(const Step& step) {
  return quoted(step.call ? "up -d" : "systemctl " + step.argv[1].text);
}

// A deploy that says nothing of a build that failed.
std::optional<Pair> first_old_start(const Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& earlier = timeline.steps[i];
    if (!is_unchecked(earlier)) continue;
    for (std::size_t j = i + 1; j < timeline.steps.size(); ++j) {
      const Step& later = timeline.steps[j];
      if (starts_old_image(earlier, later) && runs_anyway(timeline, earlier, later)) {
        return Pair{&earlier, &later};
      }
    }
  }
  return std::nullopt;
}

std::optional<Pair> first_pair(const Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& earlier = timeline.steps[i];
    if (!is_unchecked(earlier) || prepares(earlier).empty()) continue;
    for (std::size_t j = i + 1; j < timeline.steps.size(); ++j) {
      const Step& later = timeline.steps[j];
      const bool by_backup = prepares(earlier) == "without the backup";
      // An old image matters to what runs its code.
      const bool harms = by_backup ? !harm_of(later).empty() : applies_a_migration(later);
      if (harms && runs_anyway(timeline, earlier, later)) return Pair{&earlier, &later};
    }
  }
  return std::nullopt;
}

// `+set -e`, `set-e`: not what was meant.
const Step* mistyped(const Timeline& timeline) {
  static constexpr std::array<std::string_view, 5> kSlips = {"+set", "set-e", "set-eu", "set-euo",
                                                             "sete"};
  for (const Step& step : timeline.steps) {
    const std::string_view program = program_name(step);
    if (std::find(kSlips.begin(), kSlips.end(), program) != kSlips.end()) return &step;
  }
  return nullptr;
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  for (const Timeline* task : tasks) {
    // Recipes and jobs have a shell that stops, line by line or as a whole.
    if (!task->task.empty() || task->script == nullptr) continue;
    const Step* slip = drives_containers(*task) ? mistyped(*task) : nullptr;
    if (slip != nullptr) {
      context.report(slip->span,
                     quoted(slip->span.text()) +
                         " is no command, so errexit stays off: the script goes on past every "
                         "failure",
                     {"set"});
      return;
    }
    const auto pair = first_pair(*task);
    const bool deploys = context.context() == Context::kOps;
    if (const auto old = deploys && !pair ? first_old_start(*task) : std::nullopt;
        old && old->earlier->span.file == task->file) {
      Finding& finding =
          context.report(old->earlier->span,
                         "when this " + quoted(short_form(*old->earlier->call)) +
                             " fails, the script goes on: " + start_text(*old->later) + " on " +
                             line_of(*old->later) +
                             " brings the old image up, and the script ends as if it "
                             "had deployed",
                         {short_form(*old->earlier->call), "up"});
      finding.related.push_back({old->later->span, "runs whatever came of it"});
      return;
    }
    if (!pair || pair->earlier->span.file != task->file) continue;
    const std::string first = pair->earlier->call ? short_form(*pair->earlier->call)
                                                  : std::string(program_name(*pair->earlier));
    Finding& finding = context.report(
        pair->earlier->span,
        "when this " + quoted(pair->earlier->call ? first : first + " …") +
            " fails, the script goes on: " + harm_of(*pair->later) + " on " +
            line_of(*pair->later) + " runs all the same, " + prepares(*pair->earlier),
        {first, pair->later->effect_name});
    finding.related.push_back({pair->later->span, "runs whatever came of it"});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "#!/bin/sh\n"
              "docker compose build app\n"
              "docker compose run --rm app python manage.py migrate\n"
              "docker compose up -d\n",
    .safe = "#!/bin/sh\n"
            "set -e\n"
            "docker compose build app\n"
            "docker compose run --rm app python manage.py migrate\n"
            "docker compose up -d\n",
}};

}  // namespace

COMPOSELINT_RULE(missing_errexit) = {
    .slug = "missing-errexit",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "Steps that build on each other run on after one of them has failed",
    .rationale =
        "Without `set -e` (or `&&`, or `|| exit`) a shell goes on after a failed command. A "
        "`build` "
        "or `pull` that fails leaves the old image, and the migration runs from it; a dump that "
        "fails leaves no way back, and the restore or `down -v` behind it runs all the same. In an "
        "operator's script `up -d` behind a `build` that failed starts the old image, and nobody "
        "hears of it. The "
        "script ends with the status of its last command. A shell that `ssh` starts has no errexit "
        "either, whatever the script around it says. Reported once a file.",
    .silent_on =
        "Steps chained with `&&`, tested with `if` or followed by `|| …`; scripts that look at "
        "`$?` in between. `up --build`, which fails itself. Steps on ways of their own. Recipes of "
        "make and jobs of CI services, "
        "whose shells stop by themselves. What a failed migration leads to has a rule of its own.",
    .examples = kExamples,
    .cwe = 252,
    .on_file = on_file,
};

}  // namespace composelint::rules
