// An option that stands on a command line, whatever its spelling.
#pragma once

#include <composelint/argument.h>
#include <composelint/source.h>

#include <optional>
#include <string>

namespace composelint {

struct OptionUse {
  std::string name;  // canonical long form ("--rm"), also where "-T" was written
  Span span;         // the word that holds it
  std::optional<Argument> value;
};

}  // namespace composelint
