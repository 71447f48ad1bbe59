#include "analyzer/signs/images/loaded_image.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string_view>

#include "analyzer/signs/images/release_elsewhere.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

bool takes_images(const Step& up) {
  if (!starts_in_background(up) || up.call->has("--build")) return false;
  const Project* project = up.call->target.project;
  return project == nullptr ||
         std::any_of(project->services.begin(), project->services.end(), [&](const Service& one) {
           return one.image && !one.build && reaches_service(*up.call, one);
         });
}

// `docker load -i app.tar` and `docker run -d example/app:latest`: the file is called after it.
bool runs_image_of(const Step& load, const Step& later) {
  if (!later.docker || !later.docker->is("container run") || !later.docker->has("--detach") ||
      later.docker->opaque_options || later.docker->operands.empty() ||
      !later.docker->operands.front().known()) {
    return false;
  }
  const std::string_view image = file_name(later.docker->operands.front().text);
  const std::string_view name = image.substr(0, image.find_first_of(":@"));
  const SourceFile& file = *load.span.file;
  const std::string_view line = file.line_text(file.line_of(load.span.begin));
  return line.find(name) != line.npos;
}

}  // namespace

bool loads_images(const Step& step) {
  return step.docker && step.docker->is("image load") && !step.docker->has("--help");
}

bool starts_what_was_loaded(const Step& load, const Step& later) {
  if (!loads_images(load) || !same_place(load, later)) return false;
  return takes_images(later) || starts_in_a_swarm(later) || runs_image_of(load, later);
}

}  // namespace composelint
