#include "analyzer/engine/left_to_run.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "analyzer/engine/operated.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool is_one_of(const auto& word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// New releases come in, data go out, others are told: what nobody does for an afternoon's stack.
bool serves_somebody(const Step& step) {
  static constexpr std::array<std::string_view, 16> kOperators = {
      "aws",    "borg",   "certbot", "crontab", "gsutil",   "logger",    "mail",  "msmtp",
      "rclone", "restic", "rsync",   "scp",     "sendmail", "systemctl", "s3cmd", "mutt"};
  static constexpr std::array<std::string_view, 3> kFetches = {"fetch", "pull", "reset"};
  if (step.place == Place::kRemote) return true;
  if (step.effect == Effect::kDumps) return true;
  if (step.call) return step.call->is("pull");
  if (step.docker && (step.docker->is("image pull") || step.docker->is("image push"))) return true;
  if (step.argv.empty() || !step.argv.front().known()) return false;
  const std::string_view program = text::name_of(step.argv.front().text);
  if (program == "git") {
    return std::any_of(step.argv.begin() + 1, step.argv.end(),
                       [](const Argument& word) { return is_one_of(word.text, kFetches); });
  }
  return is_one_of(program, kOperators);
}

// Applications as others have released them, and nothing that is built here: somebody uses them.
bool runs_releases(const Project& project) {
  const auto built = [](const Service& each) { return each.build.has_value(); };
  const auto application = [](const Service& each) {
    return each.image && !is_a_backing_service(each);
  };
  return std::none_of(project.services.begin(), project.services.end(), built) &&
         std::any_of(project.services.begin(), project.services.end(), application);
}

bool is_left_to_run(const Project& project, Workspace& workspace) {
  if (project.files.empty() || runs_releases(project)) return true;
  const SourceFile& file = *project.files.front();
  const std::string path = text::join_path(workspace.sources.base(), file.path());
  return !why_operated_by_itself(project, file, path, workspace).empty();
}

}  // namespace

std::optional<ContextCue> nothing_left_to_run(const ContextQuestion& question,
                                              Workspace& workspace) {
  const std::vector<Step>& steps = question.timeline.steps;
  std::vector<const Project*> acted_on;
  for (const Step& step : steps) {
    if (serves_somebody(step)) return std::nullopt;
    if (!step.call) continue;
    const Project* project = step.call->target.project;
    if (project == nullptr) return std::nullopt;
    if (!is_one_of(project, acted_on)) acted_on.push_back(project);
  }
  if (acted_on.empty()) return std::nullopt;
  for (const Project* project : acted_on) {
    if (is_left_to_run(*project, workspace)) return std::nullopt;
  }
  return ContextCue{Context::kDev, "nothing shows that its stack is left to run"};
}

}  // namespace composelint::engine
