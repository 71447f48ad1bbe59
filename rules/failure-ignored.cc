#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/dumps/carried_dump.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/images/old_release.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/fresh_machine.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/under_a_server.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/goes_on_to.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint::rules {
namespace {

bool among(std::string_view verb, std::span<const std::string_view> verbs) {
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

bool is_task(const Step& step) {
  return step.call && (step.call->is("run") || step.call->is("exec"));
}

// `./backup.sh || true` in front of what brings a new release.
bool saves_before_a_release(const Timeline& timeline, const Step& step) {
  if (step.effect != Effect::kDumps || step.role != Role::kNone || step.place != Place::kHost) {
    return false;
  }
  return first_after(timeline, step, [&](const Step& other) {
           return other.call && same_place(other, step) &&
                  (other.call->is("build") || other.call->is("pull") ||
                   (other.call->is("up") && other.call->has("--build")));
         }) != nullptr;
}

// `cp data/app.db backups/ || true`, and then `rm data/app.db`.
const Step* removal_of_the_original(const Timeline& timeline, const Step& step) {
  if (step.effect != Effect::kDumps || step.place != Place::kHost) return nullptr;
  const std::vector<WrittenPath> originals = copied_by(step);
  return first_after(timeline, step, [&](const Step& other) {
    return removed_of(originals, other) != nullptr && may_run_anyway(timeline, step, other);
  });
}

// `[ -s copy ] || exit 1`, `if [ ! -s copy ]; then exit 1; fi` in between: one of its ways does not
// come to the removal. A test is no step.
bool is_looked_for_between(const Timeline& timeline, const Step& step, const Step& removal) {
  const std::size_t end = index_of(timeline, removal);
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const Span& asked = branch.condition;
    if (asked.file == nullptr || asked.file != step.span.file || asked.begin < step.span.end ||
        asked.end > removal.span.begin || asked.text().find("-s ") == std::string_view::npos) {
      return false;
    }
    for (std::uint32_t arm = 0; arm < branch.arms; ++arm) {
      if (!branch.leads_to(arm, end)) return true;
    }
    return false;
  });
}

// `cmp a b`, a second copy that nobody throws away the status of:
// the script ends there where nothing was kept.
bool is_made_sure(const Timeline& timeline, const Step& step, const Step& removal) {
  if (is_looked_for_between(timeline, step, removal)) return true;
  const std::vector<WrittenPath> originals = copied_by(step);
  const std::size_t end = index_of(timeline, removal);
  for (std::size_t i = index_of(timeline, step) + 1; i < end; ++i) {
    const Step& other = timeline.steps[i];
    if (other.status != StatusUse::kStops || timeline.reach(i, end) != Reach::kAlways) continue;
    const std::string_view program = program_name(other);
    const auto is_original = [&](const Argument& word) {
      return std::find(originals.begin(), originals.end(), path_of(word)) != originals.end();
    };
    const bool compares = program == "cmp" || program == "diff";
    if (compares && std::any_of(other.argv.begin(), other.argv.end(), is_original)) return true;
    if (removed_of(copied_by(other), removal) != nullptr) return true;
  }
  return false;
}

// `cp /srv/app/.env.local /backup/ || true`, `docker cp app:/etc/extra.conf .`: one file of
// settings, which need not be there.
bool copies_settings(const Step& step) {
  static constexpr std::array<std::string_view, 15> kOfSettings = {
      "cnf", "conf",  "crt", "dist",   "env",  "example", "ini", "json",
      "key", "local", "pem", "sample", "toml", "yaml",    "yml"};
  const std::vector<Argument>& words = words_of_task(step);
  const auto copy =
      std::find_if(words.begin(), words.end(), [](const Argument& word) { return word.is("cp"); });
  if (words.end() - copy < 3) return false;
  return std::all_of(copy + 1, words.end() - 1, [](const Argument& word) {
    const std::string_view text = word.text;
    if (text.starts_with('-')) return text != "-r" && text != "-a" && text != "-R";
    const std::string_view name = file_name(text);
    const std::size_t dot = name.rfind('.');
    return dot != name.npos && word.known() && among(name.substr(dot + 1), kOfSettings);
  });
}

// The data itself is at stake, whatever comes next.
std::optional<std::string> loss(const Timeline& timeline, const Step& step) {
  if (step.launcher == Launcher::kNone && !saves_before_a_release(timeline, step)) {
    return std::nullopt;
  }
  switch (step.effect) {
    case Effect::kDumps: return "a backup that failed passes for one";
    case Effect::kRestores: return "a restore that stopped half-way passes for one";
    default: return std::nullopt;
  }
}

// Asks whether the stack is there, and has the script wait or end where it is not.
bool is_a_check(const Timeline& timeline, const Step& step) {
  const bool heard = step.status == StatusUse::kDecides || step.status == StatusUse::kStops;
  return heard && (step.role == Role::kHealth || step.role == Role::kWaits ||
                   waits(timeline, step) == Waits::kYes);
}

// `docker cp app:/files "$DIR/" || true`, and `if [ -d "$DIR/files" ]` right behind it says what
// came of it.
bool is_looked_for_next(const Step& step) {
  const bool copies = (step.call && step.call->is("cp")) ||
                      (step.docker && step.docker->is("container cp")) ||
                      program_name(step) == "cp";
  if (!copies || step.span.file == nullptr || step.argv.empty()) return false;
  std::string_view to = step.argv.back().span.text();
  while (to.starts_with('"')) to.remove_prefix(1);
  while (to.ends_with('"') || to.ends_with('/')) to.remove_suffix(1);
  if (to.size() < 3) return false;
  const SourceFile& file = *step.span.file;
  std::uint32_t line = file.line_of(step.span.end) + 1;
  while (line <= file.line_count() &&
         file.line_text(line).find_first_not_of(" \t") == std::string_view::npos) {
    ++line;
  }
  if (line > file.line_count()) return false;
  const std::string_view test = file.line_text(line);
  const std::size_t first = test.find_first_not_of(" \t");
  static constexpr std::array<std::string_view, 4> kLooks = {"[ -d ", "[ -e ", "[ -f ", "[ -s "};
  static constexpr std::string_view kEnds = "/\" ";
  return test.substr(first).starts_with("if [") &&
         std::any_of(kLooks.begin(), kLooks.end(), [&](std::string_view look) {
           const std::size_t at = test.find(look);
           if (at == test.npos) return false;
           std::string_view path = test.substr(at + look.size());
           if (path.starts_with('"')) path.remove_prefix(1);
           return path.starts_with(to) &&
                  (path.size() == to.size() || kEnds.find(path[to.size()]) != kEnds.npos);
         });
}

// `collect-diagnostics.sh`: what can be had, and nobody restores from it.
bool collects_diagnostics(const Step& step) {
  return step.effect == Effect::kDumps && step.span.file != nullptr &&
         file_name(step.span.file->path()).find("diagnos") != std::string_view::npos;
}

struct Dependent {
  const Step* step = nullptr;
  std::string what;  // happens there
};

// `ssh host "pull && up" || true`: the text that ssh gets ends where the first of them fails.
bool runs_only_behind(const Timeline& timeline, const Step& step, const Step& later) {
  return std::any_of(later.conditions.begin(), later.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return branch.kind == BranchKind::kAnd && way.arm == 0 && contains(branch.condition, step.span);
  });
}

// The first later step that needs what this one does, and runs whether it did or not.
Dependent dependent_of(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 2> kBrings = {"build", "pull"};
  static constexpr std::array<std::string_view, 2> kStarts = {"start", "up"};
  const ComposeInvocation& call = *step.call;
  const bool brings = among(call.verb, kBrings);
  const bool starts = among(call.verb, kStarts);
  if (!brings && !starts) return {};
  const std::size_t at = index_of(timeline, step);
  const Step* found = first_after(timeline, step, [&](const Step& other) {
    if (starts && !prune_of(other).empty() && same_place(other, step)) return true;
    if (!other.call || !same_place(other, step) || !may_share_stack(*other.call, call))
      return false;
    if (is_a_check(timeline, other)) return true;
    // Looked at, made otherwise or taken down again: nothing depends on it any more.
    const bool ends = other.call->is("down") || other.call->is("logs") || other.call->is("ps") ||
                      other.call->is("build") || among(other.call->verb, kStarts);
    return ends || is_task(other) || (brings && other.call->is("restart"));
  });
  if (found == nullptr || timeline.reach(at, index_of(timeline, *found)) != Reach::kAlways ||
      runs_only_behind(timeline, step, *found)) {
    return {};
  }
  if (is_a_check(timeline, *found)) return {};
  if (const std::string prune = prune_of(*found); !found->call && !prune.empty()) {
    return {found, prune.substr(std::string_view("which ").size())};
  }
  if (brings) {
    if (call.is("pull") && found->call->is("up") && !pulls_a_release_for(step, *found)) return {};
    const bool builds =
        found->call->is("build") || found->call->has("--build") || found->call->has("--pull");
    const bool uses = !builds && (found->call->is("up") || found->call->is("run"));
    return uses ? Dependent{found, "takes the image that is there, the old one"} : Dependent{};
  }
  if (!is_task(*found) || found->call->is("run")) return {};  // run starts what it needs itself
  return {found, "finds a stack that may not be up"};
}

// `down || true`, and then files go into the volume of a database, or are copied from it. What
// takes the containers or the volume away in between ends that doubt.
Dependent file_work_behind(const Timeline& timeline, const Step& stop) {
  if (!stop.call->is("down") && !stop.call->is("stop")) return {};
  std::string what;
  const Step* found = first_after(timeline, stop, [&](const Step& other) {
    const bool removes =
        other.docker && (other.docker->is("volume rm") || other.docker->is("container rm") ||
                         other.docker->is("container stop"));
    const bool moves = other.call && same_place(other, stop) &&
                       may_share_stack(*other.call, *stop.call) && !other.call->is("ps");
    if (same_place(other, stop)) what = done_under_a_server(stop, other);
    return removes || moves || !what.empty();
  });
  if (found == nullptr || what.empty() ||
      timeline.reach(index_of(timeline, stop), index_of(timeline, *found)) != Reach::kAlways) {
    return {};
  }
  return {found, std::move(what)};
}

// A migration follows: what becomes of its backup is migration-without-backup's matter.
bool precedes_migration(const Timeline& timeline, const Step& step) {
  return first_after(timeline, step, applies_a_migration) != nullptr;
}

// `redis-cli SAVE || true`, and the files are packed behind it: that is the backup. A dump of
// another database is not.
bool is_written_down_first(const Timeline& timeline, const Step& step) {
  return step.effect_name == "redis save" &&
         first_after(timeline, step, [&](const Step& other) {
           const bool copies = other.role == Role::kFileBackup || program_name(other) == "cp" ||
                               (other.call && other.call->is("cp")) ||
                               (other.docker && other.docker->is("container cp"));
           return copies && other.effect == Effect::kDumps && same_place(other, step) &&
                  other.status != StatusUse::kDiscarded;
         }) != nullptr;
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || step.place == Place::kContainer) return;
  const std::string drop = written_drop(step);
  if (drop.empty() || applies_a_migration(step)) return;
  const Timeline& timeline = *context.timeline();
  const Span place = dropped_at(step);
  if (const Step* removal = removal_of_the_original(timeline, step);
      removal != nullptr && !copies_settings(step) && !is_looked_for_next(step) &&
      !is_made_sure(timeline, step, *removal)) {
    context
        .report(place,
                quoted(drop) + " throws away whether " + quoted(task_text(step)) +
                    " worked: where it did not, " + quoted(program_name(*removal)) + " on " +
                    line_of(*removal, place) + " removes the original, and no copy is left",
                {"ignored", step.effect_name})
        .related.push_back({removal->span, "runs all the same"});
    return;
  }
  if (const auto what = loss(timeline, step)) {
    if (step.effect == Effect::kDumps && precedes_migration(timeline, step)) return;
    if (is_written_down_first(timeline, step)) return;
    if (collects_diagnostics(step) || copies_settings(step) || is_looked_for_next(step)) return;
    context.report(
        place,
        quoted(drop) + " throws away whether " + quoted(task_text(step)) + " worked: " + *what,
        {"ignored", step.effect_name});
    return;
  }
  if (!step.call || step.call->opaque_options) return;
  if (const Dependent work = file_work_behind(timeline, step); work.step != nullptr) {
    context
        .report(place,
                quoted(drop) + " throws away whether " + quoted(step.call->verb) +
                    " worked: where it did not, " + work.what,
                {"ignored", step.call->verb})
        .related.push_back({work.step->span, "runs all the same"});
    return;
  }
  const Dependent dependent = dependent_of(timeline, step);
  if (dependent.step == nullptr) return;
  const bool brings = step.call->is("pull") || step.call->is("build");
  if (brings && has_installed_the_engine(timeline, step)) return;
  Finding& finding =
      context.report(place,
                     quoted(drop) + " throws away whether " + quoted(step.call->verb) +
                         " worked: where it did not, " + quoted(task_text(*dependent.step)) +
                         " on " + line_of(*dependent.step, place) + " " + dependent.what,
                     {"ignored", step.call->verb});
  finding.related.push_back({dependent.step->span, "runs all the same"});
}

// Three dumps with `|| true` behind each are one way to go about it; a dump and a `pull` are two.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string, std::vector<Finding*>> ways;
  for (Finding* finding : findings) {
    static constexpr std::array<std::string_view, 6> kVerbs = {"build", "down", "pull",
                                                               "start", "stop", "up"};
    const std::string& subject = finding->key.back();
    ways[finding->context + (among(subject, kVerbs) ? subject : "data")].push_back(finding);
  }
  for (const auto& [way, all] : ways) tell_once_a_file(facts, all);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose pull shop || true\ndocker compose up -d shop\n",
    .safe = "docker compose pull shop || exit 1\ndocker compose up -d shop\n",
    .compose = "services:\n"
               "  shop:\n"
               "    image: registry.example.org/market/shop:live\n"
               "    restart: always\n",
}};

}  // namespace

COMPOSELINT_RULE(failure_ignored) = {
    .slug = "failure-ignored",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kNote},
    .summary = "|| true behind a step that later ones depend on",
    .rationale =
        "`pull shop || true` turns a registry that cannot be reached into a deploy of the old "
        "release that ends with 0; `up --wait || true` turns a stack that never became healthy "
        "into one that the next `exec` trips over, or whose images the next prune removes; a dump "
        "or restore behind `|| true` is taken for done, and so is a `backup.sh` in front of a "
        "release, and a copy to a backup whose original `rm` takes away next. `down || true` in "
        "front of work on a database's files may leave it up. The exit status was the only one to "
        "know. In a developer's script the same line is mostly meant: images that only exist "
        "locally, a stack that may be up already.",
    .silent_on =
        "`|| echo …`, which tells somebody; a start that is asked for next (`until … "
        "pg_isready`). Clean-up (`down`, `stop`, `rm`) otherwise, administration that may have "
        "been done before, tasks whose effect is not known. `pull || true` that names no service "
        "of the project's own, or one whose release a variable gives, or before a build; it and "
        "`build || true` on a machine that the script has just put Docker on. What a script "
        "collects for diagnostics, single files of settings that it copies, copies whose place "
        "the next line looks into (`if [ -d \"$DIR/files\" ]`). Migrations, which have a rule of "
        "their own, and backups before one, which migration-without-backup speaks of. All but the "
        "first of a script that go the same way, which tells how many there are.",
    .examples = kExamples,
    .cwe = 252,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
