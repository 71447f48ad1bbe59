#include "analyzer/signs/images/unheard_deploy.h"

#include <composelint/path_name.h>

#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `./deploy.sh`, `bash scripts/deploy-live.sh`: it is there to tell by its end how it went.
bool is_a_deploy_script(const Step& step) {
  if (step.launcher != Launcher::kNone || step.argv.empty()) return false;
  const std::string_view program = program_name(step);
  const bool shell = (program == "bash" || program == "sh") && step.argv.size() > 1;
  const std::string_view path = step.argv[shell ? 1 : 0].text;
  return path.ends_with(".sh") && file_name(path).find("deploy") != std::string_view::npos;
}

bool cleans_up(const Step& step) {
  return step.docker && (step.docker->verb.ends_with(" prune") || step.docker->is("image rm") ||
                         step.docker->is("container rm"));
}

// Nothing in the shell of `deploy` comes behind it but clean-ups and messages; the last clean-up.
const Step* last_clean_up(const Timeline& timeline, std::size_t deploy) {
  const Step& first = timeline.steps[deploy];
  const Step* last = nullptr;
  for (std::size_t i = deploy + 1; i < timeline.steps.size(); ++i) {
    const Step& step = timeline.steps[i];
    const bool own = step.span.file == first.span.file && step.span.begin > first.span.end;
    // The script's own steps, where it is in the repository.
    if (!own && first.followed) continue;
    if (!own || !same_place(step, first)) return last;
    const std::string_view program = program_name(step);
    const bool says = program == "echo" || program == "printf";
    if (!says && !cleans_up(step)) return nullptr;
    if (timeline.reach(deploy, i) != Reach::kAlways) return nullptr;
    if (step.errexit || step.conditions != first.conditions) return nullptr;
    if (!says) last = &step;
  }
  return last;
}

}  // namespace

std::optional<UnheardDeploy> unheard_deploy(const Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& step = timeline.steps[i];
    if (!is_a_deploy_script(step) || !is_unchecked(step) || stops_by_itself(timeline, step)) {
      continue;
    }
    if (const Step* last = last_clean_up(timeline, i)) return UnheardDeploy{&step, last};
  }
  return std::nullopt;
}

}  // namespace composelint
