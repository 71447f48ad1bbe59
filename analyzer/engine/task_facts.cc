#include "analyzer/engine/task_facts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "analyzer/engine/context_words.h"

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

// `prune` that calls `prune:dev` and `prune:prod`: each call is for the files that it names.
std::vector<std::optional<Context>> of_developers_calls(const std::vector<Step>& steps) {
  std::vector<std::optional<Context>> out(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].call || cue_of_production(*steps[i].call)) continue;
    if (const auto cue = cue_of_files(*steps[i].call)) out[i] = cue->context;
  }
  return out;
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
  if (facts.context.told) return out;
  const std::vector<Step>& steps = facts.timeline.steps;
  if (facts.context.by_call) out.less = of_developers_calls(steps);
  if (!task.new_machine || reaches_elsewhere(*facts.file)) return out;
  // A machine that is made for the task: what is done there touches nothing in use.
  out.less.resize(steps.size());
  for (std::size_t i = 0; i < sections.size() && i < task.blocks.size(); ++i) {
    // What a shell on another machine runs there is followed as if it ran here.
    if (task.blocks[i]->place != Place::kHost) continue;
    const std::size_t end = i + 1 < sections.size() ? sections[i + 1].first : steps.size();
    for (std::size_t at = sections[i].first; at < end; ++at) {
      // The database that a release is migrated in may be anywhere.
      if (steps[at].place == Place::kHost && steps[at].effect != Effect::kMigrates) {
        out.less[at] = Context::kCi;
      }
    }
  }
  return out;
}

}  // namespace composelint::engine
