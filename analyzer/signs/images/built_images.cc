#include "analyzer/signs/images/built_images.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/images/image_origin.h"

namespace composelint {

namespace {

// The name of an image without its tag; empty where the name itself is not known.
std::string name_of_image(const Argument& word, std::size_t from = 0) {
  std::string_view text = word.text;
  if (from > text.size()) return {};
  text.remove_prefix(from);
  for (const Hole& hole : word.holes) {
    if (hole.at < from) return {};
    const std::string_view before = text.substr(0, hole.at - from);
    const std::size_t colon = before.rfind(':');
    if (colon == std::string_view::npos || before.find('/', colon) != std::string_view::npos) {
      return {};
    }
    text = before.substr(0, colon);
    break;
  }
  return image_name(text).name;
}

bool builds_images(std::string_view program) {
  static constexpr std::array<std::string_view, 6> kBuilders = {"buildah", "docker", "img",
                                                                "nerdctl", "podman", "depot"};
  return std::find(kBuilders.begin(), kBuilders.end(), file_name(program)) != kBuilders.end();
}

void add_made_images(const Step& step, MadeImages& out) {
  if (step.argv.size() < 3 || step.call || !builds_images(step.argv[0].text)) return;
  const auto word = [&](std::string_view wanted) {
    return std::any_of(step.argv.begin() + 1, step.argv.end(),
                       [&](const Argument& each) { return each.known() && each.text == wanted; });
  };
  const bool fetched = word("push") || word("pull");
  if (word("tag") || word("commit") || (fetched && !word("build"))) {
    const std::string name = name_of_image(step.argv.back());
    if (!name.empty()) (fetched ? out.fetched : out.built).insert(name);
    return;
  }
  const bool pushes = word("--push");
  if (!word("build") && !word("bud") && !word("bake")) return;
  for (std::size_t i = 2; i < step.argv.size(); ++i) {
    const std::string& text = step.argv[i].text;
    std::string name;
    if (text == "-t" || text == "--tag") {
      if (i + 1 < step.argv.size()) name = name_of_image(step.argv[i + 1]);
    } else if (text.starts_with("--tag=")) {
      name = name_of_image(step.argv[i], 6);
    } else if (text.starts_with("-t")) {
      name = name_of_image(step.argv[i], 2);
    } else if (const std::size_t tags = text.find(".tags="); tags != std::string::npos) {
      name = name_of_image(step.argv[i], tags + 6);  // bake --set app.tags=app
    }
    if (!name.empty()) (pushes ? out.fetched : out.built).insert(std::move(name));
  }
}

}  // namespace

MadeImages images_made(const WorkspaceFacts& facts) {
  MadeImages out;
  for (const TaskView& task : facts.tasks) {
    MadeImages here;
    for (const Step& step : task.timeline->steps) add_made_images(step, here);
    out.fetched.merge(here.fetched);
    if (task.context == Context::kOps || task.context == Context::kDev) out.built.merge(here.built);
  }
  return out;
}

bool is_built_with(const WorkspaceFacts& facts, const SourceFile* file, const Service& service) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const bool reads = std::any_of(project->written.begin(), project->written.end(),
                                   [&](const WrittenFile& each) { return each.file == file; });
    const bool named =
        std::find(project->files.begin(), project->files.end(), file) != project->files.end();
    return reads && (!named || project->default_files) && is_built_here(service, *project);
  });
}

}  // namespace composelint
