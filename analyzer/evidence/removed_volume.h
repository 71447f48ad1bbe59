// Copies of files that have nothing of the volumes which a task removes by name.
#pragma once

#include <composelint/timeline.h>

namespace composelint::evidence {

// `tar czf etc.tgz /etc/nginx` in front of `docker volume rm shop_data`.
[[nodiscard]] bool keeps_no_removed_volume(const Step& copy, const Step& task);

}  // namespace composelint::evidence
