// Whether a comment or a message says what a clean-up takes.
#pragma once

#include <string_view>

namespace composelint {

// `# remove every image that is not in use`, `- name: Prune unused images`: it is meant of the
// machine, and whoever reads it is told. "Dangling" promises less than `--all` takes. In lower
// case.
[[nodiscard]] bool says_what_goes(std::string_view told);

// `# kill any remaining containers`: whoever reads it knows that none is spared.
[[nodiscard]] bool says_that_all_stop(std::string_view told);

// In one sentence: "Remove all unused images. Volumes are kept." says it of none.
[[nodiscard]] bool says_that_volumes_go(std::string_view told);

}  // namespace composelint
