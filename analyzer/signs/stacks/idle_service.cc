#include "analyzer/signs/stacks/idle_service.h"

#include <composelint/contains.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"

namespace composelint {

namespace {

bool says_what_to_run(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with("CMD") || line.starts_with("ENTRYPOINT") || line.starts_with("cmd")) {
      return true;
    }
  }
  return false;
}

bool has_nothing_to_run(const SourceFile& dockerfile) {
  static constexpr std::array<std::string_view, 8> kBases = {
      "alpine", "buildpack-deps", "debian", "golang", "node", "python", "ruby", "ubuntu"};
  const std::string_view base = base_of(dockerfile.bytes());
  const std::string name(image_name(base).name);
  return std::find(kBases.begin(), kBases.end(), name) != kBases.end() &&
         !says_what_to_run(dockerfile.bytes());
}

// The one that the service is built by; where it names an image alone, by that of its name in
// another file of the repository.
const SourceFile* dockerfile_for(const Service& service, const WorkspaceFacts& facts) {
  if (service.build) return dockerfile_of(service, facts);
  for (const Project* project : facts.projects) {
    const Service* other = project->service(service.name);
    if (other == nullptr || !other->build) continue;
    if (const SourceFile* file = dockerfile_of(*other, facts)) return file;
  }
  return nullptr;
}

}  // namespace

bool ends_at_once(const Service& service, const WorkspaceFacts& facts) {
  if (service.command || service.entrypoint || is_true(service.attribute("tty")) ||
      is_true(service.attribute("stdin_open"))) {
    return false;
  }
  const SourceFile* dockerfile = dockerfile_for(service, facts);
  return dockerfile != nullptr && has_nothing_to_run(*dockerfile);
}

bool is_of_an_idle_service(const WorkspaceFacts& facts, const Finding& finding) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !step.call->is("run") || !contains(step.call->span, finding.span)) continue;
      const Project* project = step.call->target.project;
      const Argument* name = step.call->service();
      const Service* service =
          project == nullptr || name == nullptr ? nullptr : project->service(name->text);
      if (service != nullptr && ends_at_once(*service, facts)) return true;
    }
  }
  return false;
}

}  // namespace composelint
