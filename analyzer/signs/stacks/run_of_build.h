// Images that a script builds: the container that `docker run` starts from one, and whether an old
// one is left.
#pragma once

#include <composelint/argument.h>
#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker build -t IMAGE .`, by the same words.
[[nodiscard]] bool builds_image(const Step& step, const Argument& image);

// `docker build -t app:$2`, of `image: app:dev` or a variable that the script says nothing of:
// where the two tags are not one, what starts is an old image whatever the build does.
[[nodiscard]] bool is_built_by_that_name(const Service& service, const Argument& tag,
                                         const Step& build);

// `docker run -d IMAGE`, of the image that `earlier` builds, or pulls under a tag that moves.
[[nodiscard]] bool runs_what_was_built(const Step& earlier, const Step& later);

// `docker image rm -f app`, `down --rmi all` before it: no old image is left that could start.
[[nodiscard]] bool removes_images_before(const Timeline& timeline, const Step& build);

// `docker pull IMAGE`, `docker build -t IMAGE`: the task that runs behind it may be of that image.
[[nodiscard]] bool may_pull_for(const Step& pull, const Step& task);

}  // namespace composelint
