#include "analyzer/signs/stacks/image_task.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/signs/files/own_dockerfile.h"

namespace composelint {

ServiceTask image_task(const Service& service, const WorkspaceFacts& facts) {
  // Another stage of the file may end otherwise.
  if (service.command || service.entrypoint || service.attribute("build.target") != nullptr) {
    return {};
  }
  const SourceFile* file = dockerfile_of(service, facts);
  if (file == nullptr) return {};
  const auto start =
      std::find_if(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
        return task.timeline->file == file && task.timeline->task == "start";
      });
  if (start == facts.tasks.end() || start->timeline->steps.size() != 1) return {};
  std::vector<std::string> words;
  for (const Argument& word : start->timeline->steps.front().argv) {
    if (!word.known()) return {};
    words.push_back(word.text);
  }
  Service told = service;
  told.command = Located<std::vector<std::string>>{std::move(words), {}};
  return own_task(told);
}

}  // namespace composelint
