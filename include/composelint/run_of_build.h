// Images that a script builds: the container that `docker run` starts from one, and whether an old
// one is left.
#pragma once

#include <composelint/sequence.h>

#include <algorithm>

namespace composelint::detail {

// `docker build -t IMAGE .`, by the same words.
[[nodiscard]] inline bool builds_image(const Step& step, const Argument& image) {
  if (!step.docker || !step.docker->verb.ends_with("build")) return false;
  return std::any_of(step.docker->options.begin(), step.docker->options.end(),
                     [&](const OptionUse& use) {
                       return use.name == "--tag" && use.value && use.value->text == image.text &&
                              use.value->holes == image.holes;
                     });
}

// `docker run -d IMAGE`, of the image that `earlier` builds.
[[nodiscard]] inline bool runs_what_was_built(const Step& earlier, const Step& later) {
  return later.docker && later.docker->is("container run") && later.docker->has("--detach") &&
         !later.docker->opaque_options && !later.docker->operands.empty() &&
         builds_image(earlier, later.docker->operands.front());
}

// `docker image rm -f app`, `down --rmi all` before it: no old image is left that could start.
[[nodiscard]] inline bool removes_images_before(const Timeline& timeline, const Step& build) {
  return last_before(timeline, build, [&](const Step& other) {
           if (!same_place(other, build)) return false;
           if (other.docker) return other.docker->is("image rm") && !other.docker->operands.empty();
           return other.call && other.call->is("down") && other.call->has("--rmi");
         }) != nullptr;
}

}  // namespace composelint::detail
