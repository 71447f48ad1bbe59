#include "analyzer/signs/stacks/first_line_habits.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/container_name.h"

namespace composelint {

bool reads_columns(const Timeline& task) {
  static constexpr std::array<std::string_view, 3> kFields = {"awk", "gawk", "cut"};
  static constexpr std::array<std::string_view, 4> kSearches = {"grep", "egrep", "fgrep", "rg"};
  const auto is_one_of = [](const auto& names, std::string_view program) {
    return std::find(names.begin(), names.end(), program) != names.end();
  };
  bool shown = false;
  std::uint32_t pipeline = 0;
  for (const Step& step : task.steps) {
    if (step.call && step.call->is("ps") && !step.call->has("--quiet")) {
      shown = true;
      pipeline = step.pipeline;
      if (step.out.kind == StreamKind::kCaptured) return true;
      continue;
    }
    if (!shown || pipeline == 0 || step.pipeline != pipeline || step.argv.empty()) continue;
    const std::string_view path = step.argv.front().text;
    const std::string_view program = file_name(path);
    if (is_one_of(kFields, program)) return true;
    if (is_one_of(kSearches, program) &&
        std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
          return word.text.find("Up") != std::string::npos ||
                 word.text.find("Exit") != std::string::npos;
        })) {
      return true;
    }
  }
  return false;
}

namespace {

// `docker_nginx`, `docker_nginx:latest`: what v1 calls an image that it builds.
bool is_old_image(std::string_view word, const Project& project) {
  word = word.substr(0, word.find(':'));
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& service) {
    if (!service.build || service.image || !word.ends_with("_" + service.name)) return false;
    return word.substr(0, word.size() - service.name.size() - 1) == project.name.value;
  });
}

}  // namespace

bool knows_old_names(const WorkspaceFacts& facts) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      for (const Argument& word : step.argv) {
        if (!word.known() || word.text.find('_') == std::string::npos) continue;
        for (const Project* project : facts.projects) {
          const auto name = generated_name(word.text, *project);
          if ((name && name->old) || is_old_image(word.text, *project)) return true;
        }
      }
    }
  }
  return false;
}

}  // namespace composelint
