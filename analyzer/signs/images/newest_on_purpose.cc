#include "analyzer/signs/images/newest_on_purpose.h"

#include <composelint/path_name.h>

#include <string_view>

#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_there_to_update(const TaskView& task) {
  if (task.context == Context::kCi || task.context == Context::kDocs) return false;
  if (task.timeline->file == nullptr) return false;
  const std::string_view path = task.timeline->file->path();
  return has_name_word(file_name(path), {"autoupdate", "cron", "crontab", "update", "updater",
                                         "updates", "upgrade"}) ||
         has_name_word(directory_of(*task.timeline->file), {"cron"});
}

bool brings_a_release(const Step& step) {
  if (step.call) return step.call->is("build") || step.call->has("--build");
  return step.argv.size() > 1 && file_name(step.argv[0].text) == "git" &&
         (step.argv[1].is("pull") || step.argv[1].is("checkout") || step.argv[1].is("reset"));
}

}  // namespace composelint
