// What readers of archives have in common: a source, the part of the archive that is being read,
// and why the reading stopped.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "guard/byte_source.h"
#include "guard/dump_archive.h"

namespace composelint::guard {

class ArchiveReader {
 protected:
  explicit ArchiveReader(ByteSource& source) : in_(source) {}

  // The source was at its end unless something else has been said.
  [[nodiscard]] ArchiveEnd end() const {
    if (in_.error() != 0) return {Reading::kUnreadable, "", in_.error()};
    if (end_) return *end_;
    return {Reading::kCut, "it ends in the middle of " + where_, 0};
  }
  bool stop(Reading reading, std::string why) {
    end_ = ArchiveEnd{reading, std::move(why), 0};
    return false;
  }

  Bytes in_;
  std::string where_;                // "its header"
  std::optional<ArchiveEnd> end_{};  // what has been said
};

}  // namespace composelint::guard
