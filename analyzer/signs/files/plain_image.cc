#include "analyzer/signs/files/plain_image.h"

#include <composelint/contains.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/images/image_name.h"

namespace composelint {

bool is_plain_image(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kPlain = {
      "alpine", "busybox", "debian", "golang", "node", "php", "python", "ruby", "ubuntu"};
  return std::find(kPlain.begin(), kPlain.end(), name) != kPlain.end();
}

namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    if (end > begin) words.emplace_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
  return words;
}

struct Stage {
  std::string base;
  bool plain = true;  // sets no entrypoint, nor does a stage that it begins with
};

// The last stage; a base that is none of its images is the empty text.
Stage last_stage(std::string_view text) {
  std::map<std::string, Stage, std::less<>> stages;
  std::string name;
  Stage stage;
  const auto keep = [&] {
    if (!name.empty()) stages[name] = stage;
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::vector<std::string> words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty()) continue;
    const std::string verb = lower_case(words.front());
    if (verb == "entrypoint") stage.plain = false;
    if (verb != "from") continue;
    keep();
    std::erase_if(words, [](const std::string& word) { return word.starts_with("--"); });
    stage = words.size() > 1 ? Stage{words[1]} : Stage{};
    const auto known = stages.find(lower_case(stage.base));
    if (known != stages.end()) stage = known->second;
    name = words.size() > 3 && lower_case(words[2]) == "as" ? lower_case(words[3]) : std::string();
  }
  return stage;
}

// The stacks that the call may act on.
std::vector<const Project*> projects_of(const Target& target) {
  if (target.project != nullptr) return {target.project};
  if (target.likely != nullptr) return {target.likely};
  return target.others;
}

bool brings_what_may_wait(const ComposeInvocation& call, const WorkspaceFacts& facts) {
  if (!call.is("run") || call.has("--entrypoint") || call.service() == nullptr) return false;
  const std::vector<const Project*> projects = projects_of(call.target);
  return std::any_of(projects.begin(), projects.end(), [&](const Project* project) {
    const Service* service = project->service(call.service()->text);
    return service != nullptr && service->build && !service->entrypoint &&
           !is_built_on_a_plain_image(*service, facts);
  });
}

}  // namespace

bool is_built_on_a_plain_image(const Service& service, const WorkspaceFacts& facts) {
  const SourceFile* dockerfile = dockerfile_of(service, facts);
  if (dockerfile == nullptr) return false;
  const Stage stage = last_stage(dockerfile->bytes());
  return stage.plain && is_plain_image(file_name(image_name(stage.base).name));
}

bool may_wait_at_its_start(const WorkspaceFacts& facts, Span place) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.call && (step.span == place || contains(step.call->span, place)) &&
             brings_what_may_wait(*step.call, facts);
    });
  });
}

}  // namespace composelint
