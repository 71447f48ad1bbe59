#include "analyzer/signs/stacks/socket_elsewhere.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/socket_task.h"
#include "analyzer/signs/words/mentions.h"

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

// The words of a name with one blank between them: "deploy shell" of `deploy_shell`.
std::string in_words(std::string_view text) {
  std::string out = lower_case(text);
  for (char& c : out) {
    if (c == '_' || c == '-' || c == '`') c = ' ';
  }
  return out;
}

bool is_said_to_be_root(const WorkspaceFacts& facts, const Service& service) {
  const std::string name = in_words(service.name);
  for (const SourceFile* file : task_files(facts)) {
    if (!file->path().ends_with(".md")) continue;
    for (std::uint32_t at = 1; at <= file->line_count(); ++at) {
      const std::string line = in_words(file->line_text(at));
      if (line.find("socket") == line.npos || line.find(" root ") == line.npos) continue;
      if (find_name(line, name) != line.npos) return true;
    }
  }
  return false;
}

// `FROM docker:28-cli`, `COPY --from=docker /usr/local/bin/docker /usr/local/bin/`: the engine's
// command line is put into its image, for scripts that steer with it.
bool is_built_with_the_command(const WorkspaceFacts& facts, const Service& service) {
  const SourceFile* dockerfile = service.build ? dockerfile_of(service, facts) : nullptr;
  if (dockerfile == nullptr) return false;
  for (std::string_view rest = dockerfile->bytes(); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with("COPY ") && line.find("/bin/docker ") != line.npos) return true;
  }
  const std::string base = image_name(base_of(dockerfile->bytes())).name;
  return base == "docker" || base.ends_with("library/docker");
}

}  // namespace

SocketElsewhere socket_elsewhere(const WorkspaceFacts& facts, const Service& service) {
  SocketElsewhere found;
  found.documented = is_documented(facts, service);
  found.said_to_be_root = is_said_to_be_root(facts, service);
  if (is_built_with_the_command(facts, service) && !is_reached_from_outside(service)) {
    found.purpose = Purpose::kSteers;
  }
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
