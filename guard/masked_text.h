// The command line as it may be shown, and where a place of it is then.
#pragma once

#include <composelint/fix.h>
#include <composelint/source.h>

#include <memory>
#include <string>
#include <vector>

#include "guard/command.h"
#include "guard/mask.h"

namespace composelint::guard {

class MaskedText {
 public:
  // Keeps references.
  MaskedText(const GuardedCommand& command, const Mask& mask);

  [[nodiscard]] const std::string& line() const { return line_; }
  // `span` of the command's text in the masked one; a part of a masked word becomes all of it.
  // Nowhere for other files.
  [[nodiscard]] Span at(const Span& span) const;
  // The fix of the masked text; without edits where it lies elsewhere.
  [[nodiscard]] Fix at(const Fix& fix) const;

 private:
  const GuardedCommand& command_;
  const Mask& mask_;
  std::vector<std::string> masked_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words_;
  std::string line_;
  std::unique_ptr<SourceFile> file_;
};

}  // namespace composelint::guard
