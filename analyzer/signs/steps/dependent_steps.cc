#include "analyzer/signs/steps/dependent_steps.h"

#include <composelint/path_name.h>
#include <composelint/quoted.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// What a build makes anew.
bool is_made_anew(std::string_view path) {
  static constexpr std::array<std::string_view, 12> kNames = {
      ".cache", ".next",    ".venv", "__pycache__",  "bin",    "build",
      "cov",    "coverage", "dist",  "node_modules", "target", "venv"};
  while (path.ends_with('/') || path.ends_with('*')) path.remove_suffix(1);
  const std::string_view name = file_name(path);
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

const Argument* removed_here(const Step& step) {
  if (program_name(step) != "rm" || step.place != Place::kHost) return nullptr;
  bool recursive = false;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const std::string_view text = word.text;
    if (text.starts_with("--")) {
      recursive |= text == "--recursive";
      continue;
    }
    if (text.starts_with('-')) {
      recursive |= text.find_first_of("rR") != std::string_view::npos;
      continue;
    }
    const bool begins_known = word.holes.empty() || word.holes.front().at > 0;
    if (recursive && begins_known && !text.empty() && !text.starts_with('/') &&
        !text.starts_with('~') && !is_made_anew(text) && !is_pattern_of_dumps(text)) {
      return &word;
    }
  }
  return nullptr;
}

std::string harm_of(const Step& step) {
  if (applies_a_migration(step)) return "the migration " + quoted(task_text(step));
  if (step.launcher != Launcher::kNone && step.effect == Effect::kRestores) {
    return "the restore " + quoted(task_text(step));
  }
  if (step.launcher != Launcher::kNone && step.effect == Effect::kDeletes) {
    return quoted(task_text(step)) + ", which deletes data,";
  }
  if (step.call && step.call->is("down") && step.call->has("--volumes")) return "`down -v`";
  if (const Argument* removed = removed_here(step)) {
    std::string line = "rm";
    for (std::size_t i = 1; i < step.argv.size() && step.argv[i].text.starts_with('-'); ++i) {
      line += " " + step.argv[i].text;
    }
    return "`" + line + " " + removed->text + (removed->holes.empty() ? "" : "…") + "`";
  }
  return {};
}

std::string prune_of(const Step& step) {
  if (!step.docker || step.docker->opaque_options) return {};
  const DockerInvocation& docker = *step.docker;
  // A container that did not start is made again; its image may not be there to make it from.
  const bool all = docker.has("--all");
  if (docker.is("system prune") && all) {
    return "which removes the images and containers that are not running";
  }
  if (docker.is("volume prune")) return "which removes the volumes that no container has";
  if (docker.is("image prune") && all) return "which removes the images that no container has";
  return {};
}

bool drives_containers(const Timeline& timeline) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
    return step.call.has_value() || step.docker.has_value();
  });
}

const Step* renewal_between(const Timeline& timeline, const Step& first, const Step& up) {
  for (std::size_t i = index_of(timeline, first) + 1; i < index_of(timeline, up); ++i) {
    const Step& step = timeline.steps[i];
    const bool source =
        program_name(step) == "git" && step.argv.size() > 1 && step.argv[1].is("pull");
    const bool images = step.call && (step.call->is("pull") || step.call->is("build"));
    if ((source || images) && step.status != StatusUse::kDiscarded &&
        timeline.reach(i, index_of(timeline, up)) == Reach::kAlways) {
      return &step;
    }
  }
  return nullptr;
}

}  // namespace composelint
