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

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/steps/sequence.h"

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

// `config --images`: looks into files, and at no container.
bool only_reads_files(const ComposeInvocation& call) {
  return call.is("config") || call.is("convert") || call.is("version");
}

// The script has Compose drive the same project, and says which that is. What another one that runs
// this does is no measure for it.
bool drives(const Timeline& timeline, const Project& project, const SourceFile* script) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    const Project* target = step.call ? step.call->target.project : nullptr;
    return step.span.file == script && target != nullptr && !only_reads_files(*step.call) &&
           target->name.value == project.name.value &&
           (step.call->global_option("--file") != nullptr ||
            step.call->global_option("--project-name") != nullptr ||
            step.call->global_option("--env-file") != nullptr);
  });
}

const Service* named(const Argument& word, const WorkspaceFacts& facts) {
  if (!word.known()) return nullptr;
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) {
      const auto& name = service.container_name;
      if (name && name->known && name->value == word.text) return &service;
    }
  }
  return nullptr;
}

// Its containers have names and are called by them; Compose is there to start and stop them.
bool works_by_names(const Timeline& timeline, const WorkspaceFacts& facts) {
  std::size_t by_name = 0;
  std::size_t by_compose = 0;
  for (const Step& step : timeline.steps) {
    if (step.call) ++by_compose;
    if (!step.docker) continue;
    const auto& words = step.docker->operands;
    const bool names = std::any_of(words.begin(), words.end(), [&](const Argument& word) {
      return named(word, facts) != nullptr;
    });
    if (names) ++by_name;
  }
  return by_name > 2 * by_compose;
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
    if (!drives(*task.timeline, *project, step.span.file)) continue;
    for (const Service& service : project->services) {
      const auto& name = service.container_name;
      if (!name || !name->known || name->value != word.text) continue;
      if (is_the_other_arm(*task.timeline, step, service.name) ||
          has_just_started(*task.timeline, step, *project, service)) {
        return;
      }
      Finding& finding =
          context.report(word.place(),
                         quoted("docker exec " + word.text) +
                             " reaches whatever project holds that name on this "
                             "machine, and not the one that the rest of the script names; " +
                             quoted("docker compose exec " + service.name) + " does",
                         {"container exec", word.text});
      finding.severity = context.severity_in(task.context);
      finding.context = to_string(task.context);
      finding.related.push_back({name->from.span, "named here"});
      return;
    }
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    if (works_by_names(*task.timeline, facts)) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || step.place != Place::kHost || !step.docker->is("container exec"))
        continue;
      if (step.docker->operands.empty() || !step.docker->operands.front().known()) continue;
      if (touches_data(step.effect)) look_at(step, facts, task, context);
    }
  }
}

// One place says it; the others are to be found when it is mended.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<const SourceFile*, Finding*> first;
  for (Finding* finding : findings) {
    const auto [known, fresh] = first.try_emplace(finding->span.file, finding);
    if (!fresh) merge_into(*known->second, *finding);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose -p shop ps\n"
              "docker exec -i shop-db pg_restore -U app -d app < app.dump\n",
    .safe = "docker compose -p shop ps\n"
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
        "A `container_name` belongs to the machine, not to a project: the container that has it "
        "may have been started from another checkout, with other files and another database. `-f`, "
        "`-p` and `--env-file` choose the stack for every line of the script but this one, and it "
        "stops working where the service is scaled or the name is dropped.",
    .silent_on =
        "Anything that does not touch data. Scripts that do not use Compose on that project "
        "themselves (`config` is no use), or do not say which it is (`-f`, `-p`, `--env-file`): "
        "the name is the "
        "project's own then. Scripts that call containers by their fixed names more often than "
        "they call Compose. The other arm of a branch that calls the service by Compose. What the "
        "script has just started by that file, where a failed start ends it. Generated names, "
        "which hardcoded-container-name is about.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
