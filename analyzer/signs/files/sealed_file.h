// What a packer or a cipher makes of a file: `gzip app.sql`, `gpg -e app.sql`, `age -o x.age
// app.sql`.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>

#include <optional>

#include "analyzer/signs/words/written_path.h"

namespace composelint {

struct SealedFile {
  const Argument* file = nullptr;  // that is read
  WrittenPath from, to;
  bool keeps = true;   // the file that is read stays
  bool forced = true;  // writes over what is there
};

// Nothing where it reads what is piped in, several files, or unpacks.
[[nodiscard]] std::optional<SealedFile> sealed_by(const Step& step);

}  // namespace composelint
