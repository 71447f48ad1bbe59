#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

const Service* user_of(const Project& project, const Volume& volume) {
  for (const Service& service : project.services) {
    const bool mounts =
        std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
          return mount.known && mount.type == "volume" && mount.source == volume.key;
        });
    if (mounts) return &service;
  }
  return nullptr;
}

struct Other {
  const Project* project = nullptr;
  const Volume* volume = nullptr;
  const Service* user = nullptr;
};

// Another stack mounts the volume of this name.
Other other_user(const WorkspaceFacts& facts, const Project& own, const Volume& volume) {
  for (const Project* project : facts.projects) {
    if (project->name.value == own.name.value || !project->name.known) continue;
    if (project->directory == own.directory) continue;
    for (const Volume& theirs : project->volumes) {
      // Two that declare it their own are mostly copies of one stack.
      if (!theirs.external || theirs.name != volume.name) continue;
      if (volume.name.find('$') != std::string::npos) continue;
      if (const Service* user = user_of(*project, theirs)) return {project, &theirs, user};
    }
  }
  return {};
}

void look_at_down(const Step& step, const TaskView& task, const WorkspaceFacts& facts,
                  RuleContext& context) {
  const ComposeInvocation& call = *step.call;
  const Project* own = call.target.project;
  if (own == nullptr || !call.target.name_known || !call.target.others.empty()) return;
  for (const Volume& volume : own->volumes) {
    if (volume.external) continue;
    const Other other = other_user(facts, *own, volume);
    if (other.project == nullptr) continue;
    Finding& finding = context.report(
        call.option("--volumes")->span,
        "deletes volume " + quoted(volume.name) + ", which " + quoted(other.user->name) + " of " +
            quoted(other.volume->span ? other.volume->span.file->path()
                                      : other.project->directory) +
            " mounts as well: with that one stopped, its data goes along",
        {"down", volume.name});
    finding.severity = context.severity_in(task.context);
    finding.context = to_string(task.context);
    finding.related.push_back({volume.span, "the volume is declared here"});
    finding.related.push_back({other.user->span, "the other one that mounts it"});
    return;
  }
}

// The call takes the containers of these services away.
bool removes(const ComposeInvocation& call) {
  return (call.is("rm") || call.is("down")) && !call.services.empty() &&
         std::all_of(call.services.begin(), call.services.end(),
                     [](const Argument& word) { return word.known(); });
}

const Volume* volume_named(const Project& project, std::string_view name) {
  const auto found =
      std::find_if(project.volumes.begin(), project.volumes.end(),
                   [&](const Volume& volume) { return volume.name == name && !volume.external; });
  return found == project.volumes.end() ? nullptr : &*found;
}

// A service that mounts the volume and that the call before leaves alone.
const Service* left_by(const ComposeInvocation& call, const Volume& volume) {
  for (const Service& service : call.target.project->services) {
    const bool mounts =
        std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
          return mount.known && mount.type == "volume" && mount.source == volume.key;
        });
    if (mounts && service.active && service.replicas > 0 && !reaches_service(call, service)) {
      return &service;
    }
  }
  return nullptr;
}

// `compose rm -fs db; docker volume rm app_data`, where another service has its files there.
void look_at_rm(const Step& step, const TaskView& task, RuleContext& context) {
  const Timeline& timeline = *task.timeline;
  const Step* last = last_before(timeline, step, [&](const Step& other) {
    return other.call && same_place(other, step) &&
           (other.call->is("down") || other.call->is("rm") || other.call->is("up"));
  });
  if (last == nullptr || !removes(*last->call) || last->call->target.project == nullptr) return;
  for (const Argument& word : step.docker->operands) {
    const Volume* volume =
        word.known() ? volume_named(*last->call->target.project, word.text) : nullptr;
    if (volume == nullptr || !last->call->target.name_known) continue;
    const bool of_these = std::any_of(
        last->call->services.begin(), last->call->services.end(), [&](const Argument& name) {
          const Service* service = last->call->target.project->service(name.text);
          return service != nullptr &&
                 std::any_of(service->mounts.begin(), service->mounts.end(),
                             [&](const Mount& mount) { return mount.source == volume->key; });
        });
    const Service* left = left_by(*last->call, *volume);
    if (!of_these || left == nullptr) continue;
    Finding& finding =
        context.report(word.place(),
                       quoted(left->name) + " mounts volume " + quoted(word.text) +
                           " as well, and " + line_of(*last, word.place()) +
                           " leaves it: the engine refuses with \"volume is in use\" as long as "
                           "it has a container, and else its data goes along",
                       {"volume rm", word.text});
    finding.severity = context.severity_in(task.context);
    finding.context = to_string(task.context);
    finding.related.push_back({last->span, "only these are removed"});
    finding.related.push_back({left->span, quoted(left->name) + " is declared here"});
    return;
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    if (context.severity_in(task.context) == Severity::kOff) continue;
    for (const Step& step : task.timeline->steps) {
      if (step.place == Place::kContainer) continue;
      if (step.call && step.call->is("down") && step.call->has("--volumes")) {
        look_at_down(step, task, facts, context);
      } else if (step.docker && step.docker->is("volume rm")) {
        look_at_rm(step, task, context);
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose rm -fs db\ndocker volume rm project_data\n",
    .safe = "docker compose rm -fs db exporter\ndocker volume rm project_data\n",
    .compose = "services:\n"
               "  db:\n"
               "    image: postgres:16\n"
               "    volumes:\n"
               "      - data:/var/lib/postgresql/data\n"
               "  exporter:\n"
               "    image: example/exporter:2.1\n"
               "    volumes:\n"
               "      - data:/data\n"
               "volumes:\n"
               "  data:\n",
}};

}  // namespace

COMPOSELINT_RULE(shared_volume_deleted) = {
    .slug = "shared-volume-deleted",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "A volume is deleted that another service has its data in as well",
    .rationale =
        "The engine keeps a volume as long as some container mounts it, a stopped one too: `docker "
        "volume rm` then fails with `volume is in use`. Where the other service has no container "
        "at that moment, the volume goes with what both have in it. `down -v` deletes every volume "
        "of its project that is not `external`, whatever other project mounts it by its name.",
    .silent_on =
        "Volumes that one service mounts; of these `volume-destruction` speaks. Names that two "
        "projects declare as their own without `external`. Scripts that have "
        "taken down the whole project before. Names that are not known.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
