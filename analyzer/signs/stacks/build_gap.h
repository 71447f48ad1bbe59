// What a script builds with fewer files or profiles than it starts: `up` builds no image anew that
// is there.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string>

namespace composelint {

struct BuildGap {
  const Step* build = nullptr;
  const Service* service = nullptr;  // as `up` sees it
  const SourceFile* file = nullptr;  // that the build does not read
  std::string profile;               // that it does not enable, where it reads all files
  bool differs = false;              // it is built, by other words; else not at all
};

// `up` starts a service that the `build` before it leaves out, or builds without what a further
// file says of it, and nothing else builds it.
[[nodiscard]] std::optional<BuildGap> build_gap(const Timeline& timeline, const Step& up);

}  // namespace composelint
