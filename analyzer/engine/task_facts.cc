#include "analyzer/engine/task_facts.h"

#include <algorithm>
#include <array>

namespace composelint::engine {

namespace {

// A docker client of the file may speak to an engine on another machine.
bool reaches_elsewhere(const SourceFile& file) {
  static constexpr std::array<std::string_view, 4> kSigns = {"DOCKER_HOST", "docker context",
                                                             "docker-machine", "ssh://"};
  return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
    return file.bytes().find(sign) != std::string_view::npos;
  });
}

}  // namespace

void tell_troubles(const hosts::HostFile& file, Run& run) {
  const std::string_view bytes = file.file->bytes();
  const bool speaks = bytes.find("docker") != std::string_view::npos ||
                      bytes.find("compose") != std::string_view::npos;
  const bool needed =
      file.kind != hosts::HostKind::kMarkdown && file.kind != hosts::HostKind::kDockerfile;
  const Severity severity = speaks && needed ? Severity::kError : Severity::kNote;
  for (const hosts::Trouble& lost : file.troubles) {
    run.notifications.push_back({severity, file.file->path(), lost.span, lost.message});
  }
}

TaskFacts task_facts(const ScriptFacts& facts, const hosts::Task& task,
                     const EvidenceSource& evidence) {
  TaskFacts out{&facts.timeline, facts.context.context, &evidence};
  const std::vector<Section>& sections = facts.timeline.sections;
  if (task.needed < sections.size()) out.first = sections[task.needed].first;
  if (!task.new_machine || facts.context.told || reaches_elsewhere(*facts.file)) return out;
  const std::vector<Step>& steps = facts.timeline.steps;
  out.on_new_machine.resize(steps.size());
  for (std::size_t i = 0; i < sections.size() && i < task.blocks.size(); ++i) {
    // What a shell on another machine runs there is followed as if it ran here.
    if (task.blocks[i]->place != Place::kHost) continue;
    const std::size_t end = i + 1 < sections.size() ? sections[i + 1].first : steps.size();
    for (std::size_t at = sections[i].first; at < end; ++at) {
      // The database that a release is migrated in may be anywhere.
      out.on_new_machine[at] =
          steps[at].place == Place::kHost && steps[at].effect != Effect::kMigrates;
    }
  }
  return out;
}

}  // namespace composelint::engine
