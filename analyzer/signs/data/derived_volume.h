// Volumes whose content is made again from what lies elsewhere.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `redis-server --maxmemory-policy allkeys-lru`: by their own setting, all that mount it throw away
// any entry.
[[nodiscard]] bool is_a_cache_by_setting(const Volume& volume, const Project& project);

// Search engines alone mount it, and behind the removal the script has their index made anew.
[[nodiscard]] bool is_an_index_made_anew(const Volume& volume, const Project& project,
                                         const Timeline& timeline, const Step& removal);

}  // namespace composelint
