#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/loaded_data.h"
#include "analyzer/signs/data/other_database.h"
#include "analyzer/signs/dumps/carried_dump.h"
#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/dumps/earlier_dump.h"
#include "analyzer/signs/dumps/ends_well.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/dumps/followed_dump.h"
#include "analyzer/signs/dumps/last_copy.h"
#include "analyzer/signs/dumps/over_the_last.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/dumps/rotation.h"
#include "analyzer/signs/files/own_scratch.h"
#include "analyzer/signs/images/loaded_image.h"
#include "analyzer/signs/images/old_release.h"
#include "analyzer/signs/images/release_elsewhere.h"
#include "analyzer/signs/images/unheard_deploy.h"
#include "analyzer/signs/reports/word_for_word.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/run_of_build.h"
#include "analyzer/signs/stacks/under_a_server.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/goes_on_to.h"
#include "analyzer/signs/steps/run_between.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/sets_errexit.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/asked_between.h"
#include "analyzer/signs/words/blank_word.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint::rules {
namespace {

// What the later step relies on; empty: nothing.
std::string prepares(const Step& step) {
  const bool dumps = step.effect == Effect::kDumps;
  const bool plain = step.role == Role::kNone;
  if (dumps && plain && step.place == Place::kRemote) return "without the dump";
  const bool inside = step.launcher != Launcher::kNone && step.role != Role::kPartialDump;
  if (dumps && (plain || inside)) return "without the backup";
  const bool brings =
      step.call ? step.call->is("build") || step.call->is("pull")
                : step.docker && (step.docker->is("image pull") || step.docker->has("--tag"));
  return brings ? "from the old image" : "";
}

// The migration is the image's own, not that of sources which lie over it.
bool is_of_the_image(const Step& task) {
  const Service* service = service_of(task);
  return service == nullptr || !lies_under_its_sources(*service);
}

bool starts_stack(const Step& step) {
  return step.call && step.call->is("up") && step.call->has("--detach");
}

constexpr const char* kRuns = "runs whatever came of it";
struct Pair {
  const Step *earlier = nullptr, *later = nullptr;
  std::string then;  // what the later one does, behind "the script goes on: "
};

bool stops_stack(const Step& step) {
  return step.call && !step.call->opaque_options &&
         (step.call->is("down") || step.call->is("stop"));
}

// Loads what was dumped, whatever it drops first.
bool loads_a_dump(const Timeline& timeline, const Step& step) {
  return step.launcher != Launcher::kNone && step.role != Role::kMajorUpgrade &&
         (step.effect == Effect::kRestores || is_fed_a_dump(step, timeline));
}

// The dump is gone where it was, and has not come to where it was to go.
std::string lost_dump(const Timeline& timeline, const Step& earlier, const Step& later) {
  const std::vector<WrittenPath> paths = copied_by(earlier);
  const WrittenPath* path = removed_of(paths, later);
  const bool dump = path != nullptr && is_a_dump(timeline, earlier, *path);
  if (!dump || is_unpacked_there(timeline, *path)) return {};
  return "`rm` on " + line_of(later, asked_at(earlier, earlier.span)) +
         " removes the dump all the same, and no copy of it is left";
}

// A new release starts, and may change the data as it does.
std::string started_anew(const Timeline& timeline, const Step& earlier, const Step& later) {
  const bool dumps = earlier.effect == Effect::kDumps && earlier.role != Role::kPartialDump &&
                     earlier.place != Place::kRemote;
  if (!dumps || !starts_stack(later)) return {};
  const Step* renewal = renewal_between(timeline, earlier, later);
  if (renewal == nullptr) return {};
  const Span here = asked_at(earlier, earlier.span);
  return "`up -d` on " + line_of(later, here) + " starts what line " +
         std::to_string(renewal->span.file->line_of(renewal->span.begin)) +
         " has brought all the same, without the backup";
}

// Nothing is left to try once more from.
std::string lost_copy(const Timeline& timeline, const Step& earlier, const Step& later) {
  const std::string line = line_of(later, asked_at(earlier, earlier.span));
  if (removes_the_others(timeline, earlier, later)) {
    return "`rm` on " + line +
           " removes the dumps of earlier runs all the same, and no good one is left";
  }
  if (const Step* removes = rotates(timeline, earlier, later)) {
    return quoted(program_name(*removes)) + " on " + line +
           " removes the old dumps all the same, and in the end no good one is left";
  }
  if (const auto to = goes_over_the_last(earlier, later)) {
    return quoted(program_name(later)) + " on " + line +
           " puts what there is of the dump over the last good one, " +
           (to->holes.empty() ? quoted(to->text) : "all the same");
  }
  if (!loads_a_dump(timeline, earlier)) return {};
  const Argument* dump = removes_its_dump(timeline, earlier, later);
  if (dump == nullptr) return {};
  return "`rm` on " + line + " removes " + (dump->known() ? quoted(dump->text) : "the dump") +
         " all the same, and it cannot be loaded once more";
}

// What `later` does to what has failed before it; empty: nothing.
std::string outcome(const Timeline& timeline, const Step& earlier, const Step& later,
                    bool deploys) {
  if (std::string lost = lost_dump(timeline, earlier, later); !lost.empty()) return lost;
  if (std::string lost = lost_copy(timeline, earlier, later); !lost.empty()) return lost;
  const std::string on = " on " + line_of(later, asked_at(earlier, earlier.span));
  if (stops_stack(earlier)) return done_under_a_server(earlier, later);
  if (starts_stack(earlier)) {
    const std::string prune = prune_of(later);
    return prune.empty() ? ""
                         : quoted(task_text(later)) + on + ", " + prune + ", runs all the same";
  }
  if (const std::string_view file = carried_in(earlier); !file.empty()) {
    const bool restores = later.launcher != Launcher::kNone && later.effect == Effect::kRestores;
    // Without an ending it is a blank that is filled in for each run, or a dump's directory.
    const bool blank = file.find('.') == file.npos && (!names_dump(file) || is_blank_word(file));
    if (!restores || blank || !mentions(later, file)) return {};
    return harm_of(later) + on + " takes the " + quoted(file) +
           " that an earlier run has left there";
  }
  if (empties_for_a_load(earlier)) {
    if (!loads_into_the_old(timeline, earlier, later)) return {};
    return quoted(task_text(later)) + on + " loads into the database that is still there";
  }
  if (earlier.effect == Effect::kDumps && earlier.out.kind == StreamKind::kFile &&
      later.in.kind == StreamKind::kFile && is_fed_statements(timeline, later) &&
      later.in.target.text == earlier.out.target.text) {
    return "the import " + quoted(task_text(later)) + on + " takes what there is of " +
           quoted(earlier.out.target.text) + " all the same";
  }
  const std::string without = prepares(earlier);
  if (without.empty()) return {};
  // An old image matters to what runs its code.
  const bool by_backup = without != "from the old image";
  const std::string harm =
      by_backup ? harm_to_data(timeline, later)
      : applies_a_migration(later) && may_pull_for(earlier, later) && is_of_the_image(later)
          ? harm_of(later)
          : std::string();
  if (by_backup && is_no_backup_for(earlier, later)) return {};
  if (!harm.empty() && removes_what_is_its_own(timeline, earlier, later)) return {};
  if (!harm.empty()) return harm + on + " runs all the same, " + without;
  const std::optional<std::string> file = by_backup ? file_written_by(earlier) : std::nullopt;
  if (!file) return deploys ? started_anew(timeline, earlier, later) : std::string();
  if (!mentions(later, *file) && packs_folder(later)) {
    return "`tar`" + on + " packs the " + quoted(*file) + " of an earlier run as if it were new";
  }
  if (!stores_file(later, *file)) return {};
  const std::string how = later.call     ? "compose cp"
                          : later.docker ? "docker cp"
                                         : std::string(program_name(later));
  return quoted(how) + on + " stores the " + quoted(*file) + " of an earlier run as if it were new";
}

// A deploy that says nothing of a build that failed.
std::optional<Pair> first_old_start(const Timeline& timeline) {
  const std::vector<const Step*> starts = possible_starts(timeline);
  if (starts.empty()) return std::nullopt;
  for (const bool at_once : {true, false}) {
    for (const Step& earlier : timeline.steps) {
      const bool load = loads_images(earlier) && ends_unchecked(earlier);
      if ((!is_unchecked(earlier) && !load) || stops_by_itself(timeline, earlier)) continue;
      for (const Step* later : starts) {
        if (later <= &earlier) continue;
        std::string then = (at_once ? starts_old_at_once : starts_old)(timeline, earlier, *later);
        const auto goes_on = at_once ? may_run_anyway : runs_behind;
        if (!then.empty() && goes_on(timeline, earlier, *later)) {
          return Pair{&earlier, later, std::move(then)};
        }
      }
    }
  }
  return std::nullopt;
}

std::optional<Pair> first_pair(const Timeline& timeline, bool deploys) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& earlier = timeline.steps[i];
    const bool matters = !prepares(earlier).empty() || starts_stack(earlier) ||
                         stops_stack(earlier) || !carried_in(earlier).empty() ||
                         empties_for_a_load(earlier) || !copied_by(earlier).empty() ||
                         loads_a_dump(timeline, earlier);
    if (!matters || stops_by_itself(timeline, earlier)) continue;
    const bool dropped = stops_stack(earlier) && earlier.background;
    if (!is_unchecked(earlier) && !dropped &&
        !(loads_a_dump(timeline, earlier) && ends_unchecked(earlier))) {
      continue;
    }
    for (std::size_t j = i + 1; j < timeline.steps.size(); ++j) {
      const Step& later = timeline.steps[j];
      if (dropped && !is_waited_for(earlier, later)) continue;
      std::string then = outcome(timeline, earlier, later, deploys);
      if (!then.empty() &&
          (may_run_anyway(timeline, earlier, later) ||
           reads_what_it_wrote(timeline, earlier, later)) &&
          !(earlier.effect == Effect::kDumps && output_read_between(timeline, earlier, later))) {
        return Pair{&earlier, &later, std::move(then)};
      }
    }
  }
  return std::nullopt;
}

std::string_view idle_errexit(const Timeline& timeline, const Step& step) {
  const bool tested =
      std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
        return branch.kind == BranchKind::kOr && runs_inside(step, branch.condition);
      });
  return tested ? " (no `set -e` acts in what `||` tests)" : "";
}

// "git pull", "build", "rsync".
std::string named(const Step& step) {
  if (step.call) return short_form(*step.call);
  const std::string name(program_name(step));
  return step.docker || name == "git" ? name + " " + step.argv[1].text : name;
}

// An operator's script that says that all went well.
std::optional<Pair> first_unsaid(const Timeline& timeline) {
  for (const Step& step : timeline.steps) {
    const bool loads = loads_a_dump(timeline, step) || runs_a_file(timeline, step);
    // `./backup.sh`, `manage.py dumpdata` on this machine may be about anything.
    const bool sure = step.launcher != Launcher::kNone ||
                      dump_tool(program_name(step)) != nullptr || is_seen_to_dump(timeline, step);
    const bool dumps = sure && prepares(step) == "without the backup";
    if ((!dumps && !loads) || stops_by_itself(timeline, step)) continue;
    // `set -o pipefail`, and no `-e`: the pipeline fails, and nobody sees it.
    const bool piped = step.pipefail && !step.errexit && step.status == StatusUse::kUnchecked &&
                       step.effect == Effect::kDumps && !step.background &&
                       !is_answered_by_a_trap(step);
    if (!is_unchecked(step) && !piped && !(loads && ends_unchecked(step))) continue;
    if (const Step* last = ends_well_behind(timeline, step)) {
      return Pair{&step, last,
                  quoted(named(*last)) + " on " + line_of(*last, asked_at(step, step.span)) +
                      " is its last command, and it ends as if all had gone well"};
    }
  }
  return std::nullopt;
}

// Whoever runs it takes the 0 of the clean-up for the deploy's.
std::optional<Pair> first_unheard(const Timeline& timeline) {
  const auto unheard = unheard_deploy(timeline);
  if (!unheard) return std::nullopt;
  const Step& last = *unheard->clean_up;
  return Pair{unheard->deploy, &last,
              quoted(task_text(last)) + " on " + line_of(last, asked_at(*unheard->deploy)) +
                  " is its last command, and it ends as if it had deployed"};
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  for (const Timeline* task : tasks) {
    if (task->script == nullptr) continue;
    const bool drives = task->task.empty() && drives_containers(*task);
    if (const Step* slip = drives ? mistyped_errexit(*task) : nullptr) {
      context.report(slip->span,
                     quoted(slip->span.text()) +
                         " is no command, so errexit stays off: the script goes on past every "
                         "failure",
                     {"set"});
      return;
    }
    const bool deploys = context.context() == Context::kOps;
    auto pair = deploys ? first_unheard(*task) : std::nullopt;
    if (!pair) pair = first_pair(*task, deploys);
    if (const auto old = deploys && !pair ? first_old_start(*task) : std::nullopt;
        old && old->earlier->span.file == task->file) {
      const std::string what = named(*old->earlier);
      Finding& finding =
          context.report(asked_at(*old->earlier, old->earlier->span),
                         "when this " + quoted(what) + " fails, the script goes on: " + old->then +
                             ", and the script ends as if it had deployed",
                         {what, "up"});
      finding.related.push_back({asked_at(*old->later, old->later->span), kRuns});
      return;
    }
    if (!pair && deploys && task->task.empty()) pair = first_unsaid(*task);
    if (!pair || pair->earlier->span.file != task->file) continue;
    const std::string first = pair->earlier->call ? short_form(*pair->earlier->call)
                                                  : std::string(program_name(*pair->earlier));
    const auto& docker = pair->earlier->docker;
    // "docker exec" of container exec
    const std::size_t noun = docker && !docker->is("volume rm") ? docker->verb.rfind(' ') + 1 : 0;
    const std::string shown = docker ? first + " " + docker->verb.substr(noun) : first;
    Finding& finding =
        context.report(asked_at(*pair->earlier, pair->earlier->span),
                       "when this " + quoted(pair->earlier->call ? first : shown + " …") +
                           " fails, the script goes on" +
                           std::string(idle_errexit(*task, *pair->earlier)) + ": " + pair->then,
                       {first, pair->later->effect_name});
    finding.related.push_back({asked_at(*pair->later, pair->later->span), kRuns});
    return;
  }
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  weigh_old_starts(facts, findings);
  tell_same_words_once(findings);
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
        "`build` or `pull` that fails leaves the old image, and the migration runs from it; a dump "
        "that fails leaves no way back, and the restore, the import or `down -v` behind it runs "
        "all the same, or the file of the last run is stored once more. Where a database cannot be "
        "dropped, as somebody is in it, or not be created, as it is there, or its volume not be "
        "removed, the restore goes into the old one. Where a copy to another place, a packer or "
        "a cipher fails and `rm` takes the dump away behind it, none is left; the same goes for "
        "`rm` of what was imported, for `rm` of the dumps before, and for what is moved, copied, "
        "packed or sent onto the last one. Where `up` fails, a `prune` behind it removes what "
        "the stack would start from; where `down` fails, files go into the volume of a database "
        "that is up, or are copied from under it. In an operator's script `up -d` behind a "
        "`build` or `pull` that failed starts the old image, as does `docker run -d` behind "
        "`docker build` or either behind `docker load`, `up --build` behind a `git pull` that "
        "failed the old source (so does `ssh live 'up -d'` or `docker service update` behind "
        "`build` and `push`, or behind an `rsync` or `scp` of what it starts), and nobody hears "
        "of it; behind a dump that failed and a `pull` it starts the new one. The script ends "
        "with the status of its last command: an operator's that ends with `start`, `down`, "
        "`echo`, `ls` or `rm` behind a dump, a restore or a file of statements ends with 0. "
        "`down &` and a plain `wait` drop the failure, errexit or not. A `build` in front of a "
        "last `up -d` by hand is a note. A shell that `ssh` starts has none. Reported once a "
        "file, and files with the same lines once.",
    .silent_on =
        "A `pull` that asks for no release: it names no service, no tag of the stack is a "
        "variable's or moves in a registry of the house, and nothing is pushed or built; one "
        "before the last `up -d` of what people start by hand (one with `cd /srv/app` may be "
        "started by anything), and either in a first setup; a `build` of services that have "
        "none; `prune` without `--all`. Steps chained with `&&`, tested with `if` or followed by "
        "`|| …`; scripts that look at `$?` in between, or at the file that was written (`[ -s … "
        "]`, `gzip -t`; not that it is there, `-e`). `up --build`, which fails itself. A `build` "
        "of what lies under its own sources: `.:/app` brings the migration. Steps behind `trap … "
        "ERR`. Steps on ways of their own. Lines of a recipe of make and jobs of CI services, "
        "whose shells stop by themselves. What a failed migration leads to has a rule of its own.",
    .examples = kExamples,
    .cwe = 252,
    .on_file = on_file,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
