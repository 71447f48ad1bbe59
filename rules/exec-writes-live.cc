#include <composelint/evidence.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/stacks/on_developers_stack.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Small, part of most deploys, or not surely a load.
bool is_seed(const Step& step) {
  static constexpr std::array<std::string_view, 7> kSmall = {
      "seed", "fixture", "initial_data", "sync_", "update_", "generate", "create"};
  return has_one_of(step.effect_name, kSmall) || has_one_of(task_words(step), kSmall);
}

// `seed_catalogue() { import_prices … }`
bool is_in_seed_function(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 3> kSeeds = {"seed", "fixture", "demo"};
  return std::any_of(step.called_from.begin(), step.called_from.end(),
                     [](const Span& call) {
                       const std::string_view text = call.text();
                       return has_one_of(text.substr(0, text.find_first_of(" \t\n")), kSeeds);
                     }) ||
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           const Branch& branch = timeline.branches[way.branch];
           return branch.kind == BranchKind::kUncalled && has_one_of(branch.name, kSeeds);
         });
}

// `data/products.csv`: what people hand over, not what the application brings along.
bool is_a_table(std::string_view path) {
  static constexpr std::array<std::string_view, 8> kEndings = {".csv", ".gz",   ".sql", ".tsv",
                                                               ".xls", ".xlsx", ".xml", ".zip"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

// Something comes from outside that may be large: what is fed in, a file by its path or that the
// caller names, a dump. `loaddata groups.json` is looked for among the fixtures of the application,
// and files that a loop goes through are many small ones.
bool takes_a_large_load(const Step& step, const Timeline& timeline) {
  const bool in_a_loop = std::any_of(
      step.conditions.begin(), step.conditions.end(),
      [&](const Condition& way) { return timeline.branches[way.branch].kind == BranchKind::kFor; });
  if (in_a_loop) return false;
  if (is_fed(step) || names_dump(task_words(step))) return true;
  const std::vector<Argument>& words = words_of_task(step);
  const bool fixtures = std::any_of(words.begin(), words.end(),
                                    [](const Argument& word) { return word.is("loaddata"); });
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return (!fixtures && is_a_table(word.text)) || word.text.starts_with('/') ||
           (!word.known() && !word.text.starts_with('-'));
  });
}

bool loads(const Step& step, const RuleContext& context) {
  const bool restores = loads_as_a_restore(step, *context.timeline());
  if (step.effect == Effect::kImports && !restores) {
    return !is_seed(step) && !is_in_seed_function(step, *context.timeline()) &&
           takes_a_large_load(step, *context.timeline());
  }
  if ((step.effect != Effect::kRestores && !restores) || destroys_data(step)) return false;
  // Without a backup it is restore-without-backup's.
  return context.ask({Claim::kBackupTaken, Phase::kBefore, step}).truth == Truth::kSupported;
}

// The entered service, and databases that it needs: no user comes to those.
bool starts_it_alone(const ComposeInvocation& call, const Argument* entered) {
  const Project* project = call.target.project;
  return entered != nullptr && !call.services.empty() &&
         std::all_of(call.services.begin(), call.services.end(), [&](const Argument& name) {
           if (name.text == entered->text) return true;
           const Service* other = project == nullptr ? nullptr : project->service(name.text);
           const ServiceRole role = other == nullptr ? ServiceRole::kUnknown : role_of(*other);
           return role == ServiceRole::kDatabase || role == ServiceRole::kCache;
         });
}

// `down; up -d media; exec media load`: it has been started alone, and serves nobody yet.
bool is_started_alone(const Step& step, const Timeline& timeline) {
  const auto changes = [&](const Step& other, std::string_view verb) {
    return other.call && other.call->is(verb) && may_share_stack(*other.call, *step.call);
  };
  const Step* down = last_before(timeline, step, [&](const Step& other) {
    return (changes(other, "down") || changes(other, "stop")) && other.call->operands.empty();
  });
  if (down == nullptr) return false;
  const Step* more = last_before(timeline, step, [&](const Step& other) {
    return (changes(other, "up") || changes(other, "start")) &&
           !starts_it_alone(*other.call, step.call->service());
  });
  return (more == nullptr || more < down) &&
         timeline.reach(index_of(timeline, *down), index_of(timeline, step)) == Reach::kAlways;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("exec") || call.opaque_options || context.timeline() == nullptr) return;
  // `sh -c 'PGPASSWORD="$PW" exec psql -f -'` is the client as well.
  if (acts_in_database(step) || runs_client(call.inner)) return;
  if (names_scratch(step) || !loads(step, context)) return;
  const Service* service = service_of(step);
  if (call.service() == nullptr ||
      (service != nullptr && role_of(*service) == ServiceRole::kOneOff))
    return;
  if (asked_before(*context.timeline(), step)) return;
  if (is_started_alone(step, *context.timeline()) || is_on_a_developers_stack(step)) return;
  if (context.ask({Claim::kWritersPaused, Phase::kBefore, step}).truth != Truth::kRefuted) return;
  Finding& finding = context.report(
      asked_at(step, call.verb_span),
      quoted(short_form(call)) + " loads data (" + step.effect_name +
          ") inside the container that serves at the moment: both share its memory limit, and "
          "whatever restarts it cuts the load off half-way",
      key_of(call));
  if (service != nullptr) finding.related.push_back({service->span, "the service"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app python manage.py loaddata /imports/catalogue.json\n",
    .safe = "docker compose run --rm -T app python manage.py loaddata /imports/catalogue.json\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_writes_live) = {
    .slug = "exec-writes-live",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "Data is loaded inside the container that serves users",
    .rationale =
        "An import through `exec` is a second process in the live container: where it fills the "
        "memory, the kernel may take the server instead, and when the container is stopped or "
        "recreated it dies with it (exit code 137, measured with Compose 2.40.3). `run --rm` does "
        "the same work beside it. Developers' scripts are not reported.",
    .silent_on =
        "Imports of which nothing shows that they are large: `loaddata groups.json`, which is "
        "looked for among the fixtures of the application, files that a loop goes through. Told "
        "are those that are fed in, of a dump, and of files by an absolute path, of the "
        "caller's choice or of a table (`.csv`, `.xml`, `.zip`). Migrations (migration-via-exec), "
        "restores without a backup "
        "(restore-without-backup) and what throws data away (destructive-task-unguarded): one "
        "rule for one line. Seeds and fixtures, by their names or that of the function around. "
        "Database services and clients. Scripts that have stopped or paused services, switched "
        "maintenance mode on, or asked the operator; a service that is started alone, or with its "
        "databases, behind `down`.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
