#include "analyzer/signs/stacks/socket_elsewhere.h"

#include <algorithm>
#include <string>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/socket_task.h"

namespace composelint {

namespace {

bool runs_with_the_socket(const Step& step, const std::string& image) {
  const auto& docker = step.docker;
  if (!docker || !docker->is("container run") || docker->operands.empty()) return false;
  return image_name(docker->operands.front().text).name == image &&
         std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
           return word.text.find("/docker.sock:") != std::string::npos;
         });
}

bool is_documented(const WorkspaceFacts& facts, const Service& service) {
  if (!service.image || !service.image->known) return false;
  const std::string image = image_name(service.image->value).name;
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(),
                       [&](const Step& step) { return runs_with_the_socket(step, image); });
  });
}

}  // namespace

SocketElsewhere socket_elsewhere(const WorkspaceFacts& facts, const Service& service) {
  SocketElsewhere found;
  found.documented = is_documented(facts, service);
  if (service.image || service.build) return found;
  for (const Project* project : facts.projects) {
    const Service* other = project->service(service.name);
    if (other == nullptr || !other->image) continue;
    found.purpose = std::max(found.purpose, purpose_of(*other));
    found.reached |= is_reached_from_outside(*other);
  }
  return found;
}

}  // namespace composelint
