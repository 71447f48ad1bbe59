#include "analyzer/signs/data/migrating_entrypoint.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/files/own_dockerfile.h"

namespace composelint {

namespace {

// The words of the last such line, as they are written.
std::string last_line(std::string_view dockerfile, std::string_view instruction) {
  const std::string head = "\n" + std::string(instruction) + " ";
  const std::size_t at = dockerfile.rfind(head);
  if (at == dockerfile.npos) return {};
  const std::string_view rest = dockerfile.substr(at + head.size());
  return std::string(rest.substr(0, rest.find('\n'))) + " ";
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
  const SourceFile* dockerfile = dockerfile_of(service, facts);
  const std::string_view image = dockerfile == nullptr ? std::string_view() : dockerfile->bytes();
  std::string words;
  if (service.entrypoint) {
    for (const std::string& word : service.entrypoint->value) words += word + " ";
  } else {
    words = last_line(image, "ENTRYPOINT");
  }
  if (service.command) {
    for (const std::string& word : service.command->value) words += word + " ";
  } else if (!service.entrypoint) {
    words += last_line(image, "CMD");
  }
  if (words.empty()) return false;
  // `COPY ./live/start /start` tells which of several it is.
  bool some = false;
  bool copied = false;
  bool all = true;
  for (const TaskView& task : facts.tasks) {
    const SourceFile* file = task.timeline->file;
    if (file == nullptr || !task.timeline->task.empty() ||
        !names_script(words, file_name(file->path()))) {
      continue;
    }
    const bool does = migrates(*task.timeline);
    some = some || does;
    all = all && does;
    copied = copied || (does && image.find(file->path()) != image.npos);
  }
  return some && (all || copied);
}

}  // namespace composelint
