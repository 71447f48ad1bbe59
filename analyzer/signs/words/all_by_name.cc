#include "analyzer/signs/words/all_by_name.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/destructive_recipe.h"

namespace composelint {

namespace {

// "stop-all" of `stopAll`.
std::string in_parts(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool begins =
        c >= 'A' && c <= 'Z' && !out.empty() && out.back() >= 'a' && out.back() <= 'z';
    if (begins) out += '-';
    out += c;
  }
  return lower_case(out);
}

bool says_all(std::string_view name, bool stops) {
  static constexpr std::array<std::string_view, 8> kSweeps = {"clean", "clear", "delete", "nuke",
                                                              "prune", "purge", "remove", "wipe"};
  static constexpr std::array<std::string_view, 2> kStops = {"kill", "stop"};
  std::string text = in_parts(name);
  text.erase(std::min(text.rfind('.'), text.size()));
  // `purge-all-caches`, `prune_all_and_deploy` are about something else.
  static constexpr std::array<std::string_view, 8> kEnds = {
      "all", "everything", "containers", "docker", "images", "machine", "system", "volumes"};
  const bool ends = std::any_of(kEnds.begin(), kEnds.end(),
                                [&](std::string_view end) { return text.ends_with(end); });
  return ends && text.find("deploy") == std::string::npos &&
         (has_one_of(text, kSweeps) || (stops && has_one_of(text, kStops))) &&
         (has_part(text, "all") || has_part(text, "everything"));
}

}  // namespace

bool sweeps_all_by_name(const Timeline& timeline, const Step& step) {
  if (step.span.file == nullptr || step.span.file != timeline.file) return false;
  const bool stops =
      step.docker && (step.docker->is("container stop") || step.docker->is("container kill"));
  return says_all(
      timeline.task.empty() ? std::string(file_name(timeline.file->path())) : recipe_of(step).name,
      stops);
}

}  // namespace composelint
