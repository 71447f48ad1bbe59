// Stacks that a script keeps at the newest: it is there to pull what its tags stand for.
#pragma once

#include <composelint/development_words.h>
#include <composelint/path_name.h>
#include <composelint/rule.h>
#include <composelint/stack_parts.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace composelint {

namespace detail {

// `update.sh`, `cron/pull.sh`: a deployment that pulls a release is called otherwise.
[[nodiscard]] inline bool is_there_to_update(const TaskView& task) {
  if (task.context == Context::kCi || task.context == Context::kDocs) return false;
  if (task.timeline->file == nullptr) return false;
  const std::string_view path = task.timeline->file->path();
  return has_name_word(file_name(path), {"autoupdate", "cron", "crontab", "update", "updater",
                                         "updates", "upgrade"}) ||
         has_name_word(directory_of(*task.timeline->file), {"cron"});
}

// New source or a build comes with it: that is a deployment.
[[nodiscard]] inline bool brings_a_release(const Step& step) {
  if (step.call) return step.call->is("build") || step.call->has("--build");
  return step.argv.size() > 1 && file_name(step.argv[0].text) == "git" &&
         (step.argv[1].is("pull") || step.argv[1].is("checkout") || step.argv[1].is("reset"));
}

}  // namespace detail

class Updated {
 public:
  explicit Updated(const WorkspaceFacts& facts) {
    for (const TaskView& task : facts.tasks) {
      if (!detail::is_there_to_update(task)) continue;
      const std::vector<Step>& steps = task.timeline->steps;
      if (std::any_of(steps.begin(), steps.end(), detail::brings_a_release)) continue;
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
