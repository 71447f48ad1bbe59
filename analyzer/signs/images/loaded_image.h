// Images that come as a file: `docker load -i app.tar`, `gunzip -c app.tar.gz | docker load`.
#pragma once

#include <composelint/step.h>

namespace composelint {

[[nodiscard]] bool loads_images(const Step& step);

// `up -d`, `docker run -d app`, `docker stack deploy` behind it: where nothing was loaded, they
// take the image that is there.
[[nodiscard]] bool starts_what_was_loaded(const Step& load, const Step& later);

}  // namespace composelint
