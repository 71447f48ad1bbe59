// A file that `env_file` of a service names.
#pragma once

#include <composelint/source.h>

#include <string>

namespace composelint {

struct EnvFile {
  std::string path;  // absolute
  Span span;
  bool required = true;
  bool there = true;  // or its path is not known
  // Of one that is not there: each machine has its own. Git ignores it, or a template of it is
  // there.
  bool expected = false;
};

}  // namespace composelint
