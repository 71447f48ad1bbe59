// Compose files that are read in another directory than the one they lie in here.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>
#include <composelint/step.h>

#include <string_view>

namespace composelint {

// `cp compose.yaml /srv/shop/`, `scp compose.yaml host:`, `curl -O https://…/compose.yaml`.
[[nodiscard]] bool carries(const Step& step, std::string_view path);

// Some task or page carries the file to another directory, or has it fetched into one: what lies
// beside it there is not known.
[[nodiscard]] bool is_carried_away(const WorkspaceFacts& facts, const SourceFile& file);

// Below `.example/`, `skel/`, `skeleton/`: all of the directory is there to be copied.
[[nodiscard]] bool lies_in_a_skeleton(const SourceFile& file);

}  // namespace composelint
