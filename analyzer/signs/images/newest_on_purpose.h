// Stacks that a script keeps at the newest: it is there to pull what its tags stand for.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/rule.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <algorithm>
#include <set>
#include <vector>

namespace composelint {

// `update.sh`, `cron/pull.sh`: a deployment that pulls a release is called otherwise.
[[nodiscard]] bool is_there_to_update(const TaskView& task);

// New source or a build comes with it: that is a deployment.
[[nodiscard]] bool brings_a_release(const Step& step);

class Updated {
 public:
  explicit Updated(const WorkspaceFacts& facts) {
    for (const TaskView& task : facts.tasks) {
      if (!is_there_to_update(task)) continue;
      const std::vector<Step>& steps = task.timeline->steps;
      if (std::any_of(steps.begin(), steps.end(), brings_a_release)) continue;
      for (auto pull = steps.begin(); pull != steps.end(); ++pull) {
        const bool starts = std::any_of(
            pull, steps.end(), [](const Step& step) { return step.call && step.call->is("up"); });
        if (starts && pull->call && pull->call->is("pull")) add(*pull->call);
      }
    }
  }

  [[nodiscard]] bool holds(const SourceFile& file) const { return all_ || files_.contains(&file); }

 private:
  void add(const ComposeInvocation& call) {
    const Project* project = call.target.project;
    all_ |= project == nullptr;  // each directory that it comes by
    if (project != nullptr) files_.insert(project->files.begin(), project->files.end());
    for (const Project* other : call.target.others) {
      files_.insert(other->files.begin(), other->files.end());
    }
  }

  std::set<const SourceFile*> files_;
  bool all_ = false;
};

}  // namespace composelint
