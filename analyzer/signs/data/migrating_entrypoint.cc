#include "analyzer/signs/data/migrating_entrypoint.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/files/own_dockerfile.h"

namespace composelint {

namespace {

// The words of the last `ENTRYPOINT` line, as they are written.
std::string_view entrypoint_line(std::string_view dockerfile) {
  constexpr std::string_view kHead = "\nENTRYPOINT ";
  const std::size_t at = dockerfile.rfind(kHead);
  if (at == dockerfile.npos) return {};
  const std::string_view rest = dockerfile.substr(at + kHead.size());
  return rest.substr(0, rest.find('\n'));
}

bool names_script(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == text.npos) return false;
  const std::size_t end = at + name.size();
  constexpr std::string_view kAround = "\"' /,]";
  return (at == 0 || kAround.find(text[at - 1]) != kAround.npos) &&
         (end == text.size() || kAround.find(text[end]) != kAround.npos);
}

// `if flask db upgrade; then` is no condition of the step itself.
bool migrates(const Timeline& script) {
  return std::any_of(script.steps.begin(), script.steps.end(), [](const Step& step) {
    return step.effect == Effect::kMigrates && step.role != Role::kStatus &&
           step.conditions.empty() && !step.detached && step.place == Place::kHost;
  });
}

}  // namespace

bool migrates_at_each_start(const Service& service, const WorkspaceFacts& facts) {
  std::string words;
  if (service.entrypoint) {
    for (const std::string& word : service.entrypoint->value) words += word + " ";
  } else if (const SourceFile* dockerfile = dockerfile_of(service, facts)) {
    words = entrypoint_line(dockerfile->bytes());
  }
  return !words.empty() &&
         std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
           const SourceFile* file = task.timeline->file;
           return file != nullptr && task.timeline->task.empty() &&
                  names_script(words, file_name(file->path())) && migrates(*task.timeline);
         });
}

}  // namespace composelint
