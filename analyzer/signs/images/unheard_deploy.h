// A script that deploys, and a clean-up behind it that ends well whatever became of that.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>

namespace composelint {

struct UnheardDeploy {
  const Step* deploy = nullptr;
  const Step* clean_up = nullptr;  // with whose 0 its shell ends
};

// `./blue-green-deploy.sh`, and then `docker image prune -f` as the last line of what ssh is given.
[[nodiscard]] std::optional<UnheardDeploy> unheard_deploy(const Timeline& timeline);

}  // namespace composelint
