#include "analyzer/signs/stacks/without_volumes.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool is_of_no_volume(const WorkspaceFacts& facts, const Finding& finding) {
  if (finding.key.front() != "down" || !finding.related.empty()) return false;
  return !facts.projects.empty() &&
         std::none_of(facts.projects.begin(), facts.projects.end(), [](const Project* project) {
           return project->partial ||
                  std::any_of(project->volumes.begin(), project->volumes.end(),
                              [](const Volume& volume) { return !volume.external; });
         });
}

bool has_volumes(const WorkspaceFacts& facts) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [](const Project* project) {
    return std::any_of(project->volumes.begin(), project->volumes.end(),
                       [](const Volume& volume) { return !volume.external; });
  });
}

namespace {

bool mounts_what_is_open(const DockerInvocation& docker) {
  return std::any_of(docker.options.begin(), docker.options.end(), [](const OptionUse& use) {
    if ((use.name != "--volume" && use.name != "--mount") || !use.value) return false;
    const std::string_view written = use.value->span.text();
    return !use.value->holes.empty() && use.value->holes.front().at == 0 &&
           written.find("PWD") == written.npos && written.find("pwd") == written.npos;
  });
}

bool makes_or_mounts(const Step& step) {
  if (step.docker) {
    return step.docker->is("container run") || step.docker->is("container create") ||
           step.docker->is("volume create");
  }
  const std::string_view program = program_name(step);
  return (program == "podman" || program == "nerdctl") &&
         std::any_of(step.argv.begin(), step.argv.end(),
                     [](const Argument& word) { return word.is("run") || word.is("create"); });
}

// `-f`, `|| true`, `2>/dev/null`: it need not be there.
bool tolerates_absence(const Step& step) {
  return step.docker->has("--force") || step.status == StatusUse::kDiscarded ||
         step.status == StatusUse::kDecides || step.err.kind == StreamKind::kNull;
}

}  // namespace

bool is_of_no_stack(const Finding& finding, const WorkspaceFacts& facts) {
  if (finding.key.front() != "volume rm" || facts.projects.empty()) return false;
  const auto declares = [](const Project& project, const std::string& name) {
    return project.partial ||
           std::any_of(project.volumes.begin(), project.volumes.end(), [&](const Volume& volume) {
             return volume.name == name || name.ends_with("_" + volume.key) || name == volume.key;
           });
  };
  // `-v "$X:/data"` may be it.
  const auto uses = [&](const Step& step, const std::string& name) {
    if (!makes_or_mounts(step)) return false;
    if (step.span.file == finding.span.file && step.docker && mounts_what_is_open(*step.docker)) {
      return true;
    }
    return step.span.text().find(name) != std::string_view::npos ||
           std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
             return word.text.find(name) != std::string::npos;
           });
  };
  const auto is_known = [&](const Argument& word) {
    return !word.known() ||
           std::any_of(facts.projects.begin(), facts.projects.end(),
                       [&](const Project* each) { return declares(*each, word.text); }) ||
           std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
             return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(),
                                [&](const Step& step) { return uses(step, word.text); });
           });
  };
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const bool removes = step.docker && step.docker->is("volume rm");
      if (!removes || !(asked_at(step) == finding.span)) continue;
      const auto& words = step.docker->operands;
      if (std::any_of(words.begin(), words.end(), is_known)) return false;
      found = found || !words.empty();
    }
  }
  return found;
}

bool need_not_be_there(const Finding& finding, const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.docker && asked_at(step) == finding.span && tolerates_absence(step);
    });
  });
}

}  // namespace composelint
