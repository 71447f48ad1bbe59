#include <composelint/evidence.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>
#include <composelint/taken_for.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/copied_volume.h"
#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/data/kept_volume.h"
#include "analyzer/signs/data/one_reset.h"
#include "analyzer/signs/data/renewed_volume.h"
#include "analyzer/signs/data/said_destruction.h"
#include "analyzer/signs/files/rewritten_file.h"
#include "analyzer/signs/reports/merged_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/listed_containers.h"
#include "analyzer/signs/steps/asked_by_callers.h"
#include "analyzer/signs/steps/demanded_flag.h"
#include "analyzer/signs/steps/left_a_choice.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/said_clean_up.h"
#include "analyzer/signs/words/told_above.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Loss {
  std::string what;
  Span span;
  std::vector<std::string> key;
  std::vector<Related> related;
};

// Compose drops what no active service mounts before it looks at volumes at all.
bool is_of_the_call(const Volume& volume, const Project& project) {
  if (project.partial) return true;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& service) {
    if (!service.active) return false;
    if (service.volumes_from) return true;
    return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
      return !mount.known || mount.source == volume.key;
    });
  });
}

// Behind `cd /srv/shop`, and elsewhere, the directory has another name than the stack beside the
// script.
bool is_named_here(const ComposeInvocation& call, const Project& project) {
  return call.target.name_known &&
         (call.target.project == &project || project.name.from.span.file != nullptr);
}

std::optional<Loss> lost_by_down(const ComposeInvocation& call) {
  const OptionUse* option = call.option("--volumes");
  Loss loss{"the volumes of the project with all that is in them", option->span, {"down"}, {}};
  const Project* project = TakenFor{.likely = true}(call);
  if (project == nullptr) return loss;
  std::vector<std::string> names;
  for (const Volume& volume : project->volumes) {
    if (volume.external) continue;  // compose leaves external volumes alone
    if (!is_of_the_call(volume, *project)) continue;
    if (!keeps_data(volume, *project)) continue;
    names.push_back(is_named_here(call, *project) ? volume.name : volume.key);
    loss.related.push_back({volume.span, "volume " + quoted(volume.key) + " is declared here"});
  }
  // Nothing named: at most anonymous volumes go, which `down` alone loses sight of as well.
  if (names.empty()) return std::nullopt;
  loss.what = (names.size() == 1 ? "volume " : "volumes ") + listed(names) +
              (names.size() == 1 ? " with all that is in it" : " with all that is in them");
  return loss;
}

// A database has its data, or another service its files, on a volume without a name.
bool has_anonymous_data(const ComposeInvocation& call) {
  const Project* project = TakenFor{.likely = true}(call);
  if (project == nullptr || project->partial) return false;
  return std::any_of(project->services.begin(), project->services.end(), [&](const Service& each) {
    const bool meant =
        call.services.empty() ||
        std::any_of(call.services.begin(), call.services.end(),
                    [&](const Argument& word) { return word.is(each.name.c_str()); });
    return meant && (unkept_data_of(each).has_value() || keeps_files_without_a_name(each));
  });
}

std::optional<Loss> lost_by_call(const ComposeInvocation& call) {
  if (call.opaque_options && !call.has("--volumes")) return std::nullopt;
  if (call.is("down") && call.has("--volumes")) return lost_by_down(call);
  if (call.is("rm") && call.has("--volumes")) {
    if (!has_anonymous_data(call)) return std::nullopt;
    return Loss{"the anonymous volumes of the removed containers",
                call.option("--volumes")->span,
                {"rm"},
                {}};
  }
  return std::nullopt;
}

// docker volume rm NAME…, or `… | xargs docker volume rm`.
std::optional<Loss> lost_by_docker(const Step& step) {
  if (!step.docker || !step.docker->is("volume rm")) return std::nullopt;
  const bool listed_by_others =
      step.pipeline != 0 && step.span.text().find("xargs") != std::string_view::npos;
  if (step.docker->operands.empty() && !listed_by_others) return std::nullopt;
  std::vector<std::string> names;
  for (const Argument& word : step.docker->operands) {
    if (word.known()) names.push_back(word.text);
  }
  const std::string what = names.empty()       ? "the volumes it is given"
                           : names.size() == 1 ? "volume " + listed(names)
                                               : "volumes " + listed(names);
  return Loss{what + " with all that is in " + (names.size() == 1 ? "it" : "them"),
              asked_at(step),
              {"volume rm"},
              {}};
}

// The whole project has just been taken down: nothing is left that has volumes of its own.
bool is_down_already(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 6> kChanges = {"create", "down",  "restart",
                                                               "run",    "start", "up"};
  if (!step.call || !step.call->is("rm")) return false;
  const Step* last = last_before(timeline, step, [&](const Step& other) {
    return other.call && may_share_stack(*other.call, *step.call) &&
           std::find(kChanges.begin(), kChanges.end(), other.call->verb) != kChanges.end();
  });
  return last != nullptr && last->call->is("down") && last->call->operands.empty() &&
         timeline.reach(index_of(timeline, *last), index_of(timeline, step)) == Reach::kAlways;
}

// The operator was asked on the way here, or a backup was taken.
bool guarded(const Step& step, const RuleContext& context) {
  // Also where a --force goes past the question.
  return asked_with_a_choice(*context.timeline(), step) ||
         consents_by_flag(*context.timeline(), step) ||
         context.ask({Claim::kBackupTaken, Phase::kBefore, step}).truth == Truth::kSupported;
}

// The script has put the compose file there itself and started what stands in it: that stack is its
// own, and a trial.
bool is_of_its_own_stack(const Step& step, const Timeline& timeline) {
  if (!step.call || !is_file_of_script(*step.call, timeline, step)) return false;
  return last_before(timeline, step, [&](const Step& other) {
           return other.call && other.call->is("up") && may_share_stack(*other.call, *step.call) &&
                  is_file_of_script(*other.call, timeline, other);
         }) != nullptr;
}

bool is_for_production(const Step& step, const Timeline& timeline) {
  const auto says = [](std::string_view text) { return text.find("prod") != text.npos; };
  if (says(timeline.task)) return true;
  return step.call &&
         std::any_of(step.call->global_options.begin(), step.call->global_options.end(),
                     [&](const OptionUse& use) { return use.value && says(use.value->text); });
}

// An argument or a setting that the caller has to give leads there: `[ "$1" = wipe ]`, an arm of a
// `case`; not `!=`, which most runs pass, not a state of the stack, nor a step that succeeded.
bool is_on_a_way(const Step& step, const Timeline& timeline) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind == BranchKind::kCase) return true;
    if (branch.kind != BranchKind::kIf && branch.kind != BranchKind::kAnd) return false;
    if (branch.condition.file == nullptr) return false;
    const std::string_view test = branch.condition.text();
    const auto has = [&](std::string_view part) { return test.find(part) != test.npos; };
    const bool tests =
        has("[") || test.starts_with("test ") || test.starts_with("((") || test.starts_with("$");
    // Behind `if [ "$WIPE" != yes ]; then return; fi` it is given as well.
    const bool negated = has("! ") || has("!=") || has("-z ");
    return tests && has("$") && !has("$(") && !has("$?") && way.arm == (negated ? 1U : 0U) &&
           !is_on_by_default(branch.condition.file->bytes(), test);
  });
}

void on_step(const Step& step, RuleContext& context) {
  std::optional<Loss> loss = step.call ? lost_by_call(*step.call) : lost_by_docker(step);
  if (!loss || context.timeline() == nullptr || guarded(step, context)) return;
  const Timeline& timeline = *context.timeline();
  // What is every stack's is unscoped-prune's.
  if (step.docker && listed_for(timeline, step)) return;
  const bool production = is_for_production(step, timeline);
  const Span option = step.call ? step.call->option("--volumes")->span : Span{};
  const bool wanted = is_destruction_by_name(timeline, step) ||
                      is_named_for_destruction(loss->span.file) ||
                      is_destruction_by_choice(timeline, step, option);
  // `# rm containers, volumes` above a target is told of production as well, as is `echo "Removing
  // volumes"` in the arm of an option.
  const bool told = lower_case(recipe_of(step).help).find("volume") != std::string::npos ||
                    (is_on_a_way(step, timeline) && says_that_volumes_go(told_above(step)));
  if (wanted && (!production || told)) return;
  // `kill.sh` says it of processes.
  const bool said = file_name(loss->span.file->path()).find("kill") != std::string_view::npos ||
                    is_in_destroying_function(timeline, step) ||
                    is_destruction_on_the_way(timeline, step);
  if (said && (!production || told) && is_on_a_way(step, timeline)) return;
  if (is_made_anew(step, timeline) || is_staged_for_a_trial(timeline, step) ||
      is_of_marked_ones(timeline, step) || is_down_already(step, timeline) ||
      is_copied_before(step, timeline) || asks_who_uses_it(step, timeline) ||
      is_of_its_own_stack(step, timeline)) {
    return;
  }
  const bool anonymous_only = loss->key.front() == "rm";
  Finding& finding = context.report(
      loss->span, "deletes " + loss->what + ", with no question and no backup before it",
      std::move(loss->key));
  finding.related = std::move(loss->related);
  if (wanted || said) finding.severity = Severity::kNote;
  if (anonymous_only) finding.severity = std::min(finding.severity, Severity::kWarning);
}

// One reset is one finding: what takes the named volumes takes those without a name as well.
bool says_the_same(const Finding& first, const Finding& other, const WorkspaceFacts& facts) {
  return first.message == other.message || other.severity <= Severity::kNote ||
         (first.key.front() == "down" && other.key.front() == "rm") ||
         are_of_one_reset(facts, first.span, other.span);
}

void add_count(Finding& first, std::size_t more) {
  first.message += "; " + std::to_string(more) + " more place" + (more == 1 ? "" : "s") +
                   " of this file " + (more == 1 ? "does" : "do") + " so";
}

// Of a stack in no sight it is open which volumes it has, if any. `config > docker-compose.yml`
// tells.
bool is_of_unknown_volumes(const Finding& finding, const WorkspaceFacts& facts) {
  if (finding.key.front() != "down" || !finding.related.empty()) return false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const OptionUse* option = step.call ? step.call->option("--volumes") : nullptr;
      if (option == nullptr || !(option->span == finding.span)) continue;
      if (step.call->target.project == nullptr &&
          is_a_variant_of_a_kept_stack(facts, *step.call, finding.span)) {
        return false;
      }
      const Project* merged = merged_for(facts, finding.span.file, *step.call);
      if (merged != nullptr &&
          std::any_of(merged->volumes.begin(), merged->volumes.end(), [&](const Volume& each) {
            return !each.external && keeps_data(each, *merged);
          })) {
        return false;
      }
    }
  }
  return true;
}

// Within a file, and of notes about the same volumes all but one.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const bool of_none =
        finding->key.front() == "volume rm" && !removes_kept_volume(facts, finding->span);
    if (of_none || is_of_unknown_volumes(*finding, facts) || is_asked_by_callers(facts, *finding)) {
      finding->severity = Severity::kOff;
    }
  }
  std::map<const SourceFile*, std::vector<Finding*>> files;
  for (Finding* finding : findings) {
    if (finding->severity != Severity::kOff) files[finding->span.file].push_back(finding);
  }
  std::map<Finding*, std::size_t> places;
  for (auto& [file, all] : files) {
    // Those that say most come first.
    std::stable_sort(all.begin(), all.end(), [&](const Finding* a, const Finding* b) {
      if (a->severity != b->severity) return a->severity > b->severity;
      const auto weight = [&](const Finding& each) {
        return each.key.front() == "down" ? 2 : is_of_a_database(facts, each.span) ? 1 : 0;
      };
      return weight(*a) > weight(*b);
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i]->severity == Severity::kOff) continue;
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        if (all[j]->severity == Severity::kOff || !says_the_same(*all[i], *all[j], facts)) {
          continue;
        }
        // The call of a function that is reached twice is one place.
        if (all[i]->span != all[j]->span) ++places[all[i]];
        merge_into(*all[i], *all[j]);
      }
    }
  }
  std::map<std::string, Finding*> stacks;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || finding->message.find('`') == std::string::npos) {
      continue;
    }
    const auto [first, fresh] = stacks.try_emplace(finding->message, finding);
    if (!fresh && finding->severity <= Severity::kNote) merge_into(*first->second, *finding);
  }
  for (const auto& [finding, more] : places) {
    if (finding->severity != Severity::kOff) add_count(*finding, more);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose down -v",
    .safe = "docker compose down",
    .compose = "services:\n  db:\n    image: postgres:16\n    volumes:\n      - "
               "data:/var/lib/postgresql/data\nvolumes:\n  data:\n",
}};

}  // namespace

COMPOSELINT_RULE(volume_destruction) = {
    .slug = "volume-destruction",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "Volumes are deleted with what is in them",
    .rationale =
        "`docker compose down -v` deletes the named volumes of the project, also when a service "
        "is named behind it; `rm -v` the anonymous ones (a warning at most). External volumes "
        "stay. Volumes that only an inactive profile uses stay as well, and with `-p NAME` and no "
        "file all labelled volumes of that project go (measured with 2.40.3). There is no way "
        "back but a backup. Told of volumes that a project in sight declares and that hold what "
        "is nowhere else: a database writes there, a service with a restart policy does, or their "
        "name or place in the container speaks of data, files or uploads; of volumes that `docker "
        "run` gives a server for its data, of lists that are sieved for such a name (`docker "
        "volume ls -q | grep pgdata`), and of a compose file in no sight beside such a stack; of "
        "`rm -v` where a database, or what is left to run, has its data on a volume without "
        "a name. In a function that says that it destroys, and in a deployment where the name or "
        "an option does, the finding is a note. One finding a reset: what stands in a file again, "
        "`volume rm` lines one behind the other (a database's is told first), `rm -v` beside "
        "`down -v` and notes about the same volumes in other files are places of the first.",
    .silent_on =
        "Stacks and volumes in no sight. Caches that are not told to write down what they hold, "
        "the index of a search engine beside a database, what a proxy but for its certificates, a "
        "build (`dist`, `node_modules`) or a service that runs to its end fills again, "
        "volumes whose `driver_opts` name a device or that are called after a cache, logs or a "
        "build, and those that no service keeps and of which nothing says that they hold data. "
        "Scripts that ask the operator on the way there, or that only such scripts "
        "run, that end unless they are given a flag for it (`--force`), or that have taken a "
        "backup; volumes that a container has copied elsewhere before (`cp`, `rsync`, `tar`) or "
        "that one fills once they are made anew. Volumes that no active service mounts. Tasks "
        "that say it by their name or help: `make destroy`, `clean-all: ## remove all data`; "
        "options and `case` arms that do (`--purge`, `reset)`), unless they are on by default; "
        "scripts whose name does (`uninstall.sh`, `kill-db.sh`); functions that do, where an "
        "argument or a setting that the caller gives leads to them. Of production all that only "
        "where the help of the task, or a message in the arm of the option, tells of volumes. "
        "`volume rm` whose refusal is read for who uses the volume. A stack whose file the script "
        "has fetched and started itself, or of staging by file and project, and what a test tool "
        "has marked (`volume ls --filter label=…`). Developers' scripts, whose data are made to "
        "be thrown away, and CI.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
