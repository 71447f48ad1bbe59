#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/certain_value.h"

namespace composelint::rules {
namespace {

// Where it matters which of two stacks is meant.
bool touches_data(Effect effect) {
  switch (effect) {
    case Effect::kMigrates:
    case Effect::kImports:
    case Effect::kDumps:
    case Effect::kRestores:
    case Effect::kDeletes: return true;
    default: return false;
  }
}

const OptionUse* name_of(const Step& step) {
  return step.call ? step.call->global_option("--project-name") : nullptr;
}

// The script says by -p which project it means. What another one that runs this does is no measure
// for it.
bool says_which(const Timeline& timeline, const Project& project, const SourceFile* script) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    return step.span.file == script && name_of(step) != nullptr &&
           step.call->target.project != nullptr && has_certain_stack(step, timeline) &&
           step.call->target.project->name.value == project.name.value;
  });
}

// Some call brings the same files up under another name: both stacks want the one container.
const Step* other_stack(const WorkspaceFacts& facts, const Project& project) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const Project* other = step.call ? step.call->target.project : nullptr;
      if (other == nullptr || other->files.empty() ||
          !(step.call->is("up") || step.call->is("run"))) {
        continue;
      }
      const bool same = other->files.front() == project.files.front();
      if (same && step.call->target.name_known && other->name.value != project.name.value &&
          has_certain_stack(step, *task.timeline)) {
        return &step;
      }
    }
  }
  return nullptr;
}

// `if "$USE_COMPOSE"; then docker compose exec db …; else docker exec db …; fi`: Compose has been
// tried for, and this is what is left.
bool is_the_other_arm(const Timeline& timeline, const Step& step, const std::string& service) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
    if (!other.call || !other.call->is("exec") || other.call->services.empty() ||
        !other.call->services.front().is(service.c_str())) {
      return false;
    }
    return std::any_of(other.conditions.begin(), other.conditions.end(), [&](const Condition& arm) {
      return timeline.branches[arm.branch].kind == BranchKind::kIf &&
             std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
               return way.branch == arm.branch && way.arm != arm.arm;
             });
    });
  });
}

// `docker compose -f compose.prod.yml up -d` before it: had another project a container of that
// name, the script would have ended there.
bool has_just_started(const Timeline& timeline, const Step& step, const Project& project,
                      const Service& service) {
  static constexpr std::array<std::string_view, 5> kChanges = {"create", "down", "rm", "stop",
                                                               "up"};
  const Step* last = last_before(timeline, step, [&](const Step& other) {
    const Project* target = other.call ? other.call->target.project : nullptr;
    return target != nullptr && target->name.value == project.name.value &&
           std::find(kChanges.begin(), kChanges.end(), other.call->verb) != kChanges.end();
  });
  if (last == nullptr || !last->call->is("up") || last->status != StatusUse::kStops) return false;
  if (!service.active || service.replicas == 0 || last->call->has("--scale") ||
      last->call->has("--no-start")) {
    return false;
  }
  const auto& words = last->call->services;
  const bool named =
      words.empty() || std::any_of(words.begin(), words.end(),
                                   [&](const auto& word) { return word.is(service.name.c_str()); });
  return named &&
         timeline.reach(index_of(timeline, *last), index_of(timeline, step)) == Reach::kAlways;
}

void look_at(const Step& step, const WorkspaceFacts& facts, const TaskView& task,
             RuleContext& context) {
  const Argument& word = step.docker->operands.front();
  for (const Project* project : facts.projects) {
    if (project->files.empty() || !says_which(*task.timeline, *project, step.span.file)) continue;
    const Step* const rival = other_stack(facts, *project);
    if (rival == nullptr) continue;
    for (const Service& service : project->services) {
      const auto& name = service.container_name;
      if (!name || !name->known || name->value != word.text) continue;
      if (is_the_other_arm(*task.timeline, step, service.name) ||
          has_just_started(*task.timeline, step, *project, service)) {
        return;
      }
      Finding& finding = context.report(word.place(),
                                        quoted("docker exec " + word.text) +
                                            " reaches whichever project holds that name on this "
                                            "machine, " +
                                            quoted(project->name.value) + " or " +
                                            quoted(rival->call->target.project->name.value) + "; " +
                                            quoted("docker compose exec " + service.name) + " does",
                                        {"container exec", word.text});
      finding.severity = context.severity_in(task.context);
      finding.context = to_string(task.context);
      finding.related.push_back({name->from.span, "named here"});
      finding.related.push_back({rival->call->span, "the other one is brought up here"});
      return;
    }
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || step.place != Place::kHost || !step.docker->is("container exec"))
        continue;
      const auto& words = step.docker->operands;
      if (words.empty() || !is_certain(words.front(), step, *task.timeline)) continue;
      if (touches_data(step.effect)) look_at(step, facts, task, context);
    }
  }
}

// One name is one cause; what else a file reaches by name is found when it is mended.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<const SourceFile*, Finding*> first;
  for (Finding* finding : findings) {
    const auto [known, fresh] = first.try_emplace(finding->span.file, finding);
    if (!fresh) merge_into(*known->second, *finding);
  }
  tell_once_a_subject(findings, [](const Finding& finding) { return finding.message; });
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose -p shop-next up -d\n"
              "docker compose -p shop ps\n"
              "docker exec -i shop-db pg_restore -U app -d app < app.dump\n",
    .safe = "docker compose -p shop-next up -d\n"
            "docker compose -p shop ps\n"
            "docker compose -p shop exec -T db pg_restore -U app -d app < app.dump\n",
    .compose = "name: shop\nservices:\n  db:\n    image: postgres:16\n    container_name: "
               "shop-db\n",
}};

}  // namespace

COMPOSELINT_RULE(docker_bypasses_compose) = {
    .slug = "docker-bypasses-compose",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "docker exec works on the data of a service that the script drives by Compose",
    .rationale =
        "A `container_name` belongs to the machine, not to a project: where the same files are "
        "brought up under two names, the container that has it may be the other one's, with "
        "another database. `-p` chooses the stack for every line of the script but this one.",
    .silent_on =
        "Anything that does not touch data. Scripts that do not say by `-p` which project they "
        "mean, and files that nothing brings up under another name: the name is the project's own "
        "then. The other arm of a branch that calls the service by Compose. What the script has "
        "just started, where a failed start ends it. Generated names, which "
        "hardcoded-container-name is about.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
