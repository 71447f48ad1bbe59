#include "analyzer/signs/stacks/name_owner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/compose/project_name.h"
#include "analyzer/signs/stacks/container_name.h"

namespace composelint {

bool is_of_another_project(const Project& project, std::string_view name,
                           const WorkspaceFacts& facts) {
  if (project.name.value == name) return false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const OptionUse* use = step.call ? step.call->global_option("--project-name") : nullptr;
      if (use == nullptr || !use->value || use->value->text != name) continue;
      const Project* given = step.call->target.project;
      if (given == nullptr || given->files != project.files) return true;
    }
  }
  return false;
}

std::vector<const Project*> nearest_first(std::string_view name, const WorkspaceFacts& facts) {
  std::vector<std::pair<std::size_t, const Project*>> sorted;
  for (const Project* project : facts.projects) {
    const auto found = generated_name(name, *project);
    const bool own = found && found->project == project->name.value;
    sorted.emplace_back(own ? name.size() : found ? found->service->name.size() : 0, project);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const Project*> out;
  for (const auto& [size, project] : sorted) out.push_back(project);
  return out;
}

bool is_of_a_named_service(std::string_view name, std::size_t taken, const WorkspaceFacts& facts) {
  const std::string_view front = name.substr(0, name.find_last_of("-_"));
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::any_of(
        project->services.begin(), project->services.end(), [&](const Service& service) {
          return service.container_name && service.name.size() > taken &&
                 front.size() > service.name.size() + 1 && front.ends_with(service.name);
        });
  });
}

bool is_started_under_another_name(const Project& project, const WorkspaceFacts& facts) {
  const auto starts = [&](const Step& step) {
    if (!step.call || !step.call->is("up") || step.call->target.project == nullptr) return false;
    const OptionUse* use = step.call->global_option("--project-name");
    return use != nullptr && use->value && use->value->known() &&
           use->value->text != project.name.value &&
           step.call->target.project->files == project.files;
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(), starts);
  });
}

namespace {

constexpr std::array<std::string_view, 8> kGoes = {"cd", "pushd", "source", ".",
                                                   "-C", "-f",    "--file", "--project-directory"};

// `cd /opt/shop`, and `DIR=/opt/shop` where `cd "$DIR"` follows: no folder for logs or dumps.
bool is_gone_to(std::string_view text, std::size_t path) {
  std::string_view before = text.substr(0, path);
  before = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  if (before.find('#') != before.npos) return false;
  while (before.ends_with('"') || before.ends_with('\'')) before.remove_suffix(1);
  const bool assigned = before.ends_with('=');
  before = before.substr(0, before.find_last_not_of(" \t=") + 1);
  const std::string_view word = before.substr(before.find_last_of(" \t;&|(") + 1);
  if (std::find(kGoes.begin(), kGoes.end(), word) != kGoes.end()) return true;
  if (!assigned || word.empty()) return false;
  return std::any_of(kGoes.begin(), kGoes.end(), [&](std::string_view goes) {
    for (const std::string_view joint : {" $", " ${", " \"$", " \"${"}) {
      const std::string use = std::string(goes) + std::string(joint) + std::string(word);
      if (text.find(use) != text.npos) return true;
    }
    return false;
  });
}

}  // namespace

bool is_at_home_in(const SourceFile& script, std::string_view project) {
  const std::string_view text = script.bytes();
  for (std::size_t at = text.find('/'); at != text.npos; at = text.find('/', at + 1)) {
    // Of `/srv/Web.Shop` Compose makes `webshop`.
    std::string_view folder = text.substr(at + 1);
    folder = folder.substr(0, folder.find_first_of(" \t\r\n\"'/;&|)}:"));
    if (compose::normal_project_name(folder) != project) continue;
    const std::size_t before = text.find_last_of(" \t\r\n\"'=:;({", at);
    const std::size_t begin = before == text.npos ? 0 : before + 1;
    const std::string_view path = text.substr(begin);
    const bool fixed =
        path.starts_with('/') || path.starts_with("$HOME/") || path.starts_with("~/");
    if (fixed && is_gone_to(text, begin)) return true;
  }
  return false;
}

}  // namespace composelint
