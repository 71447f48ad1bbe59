// The instructions of a Dockerfile, each with the lines it is continued on.
#pragma once

#include <composelint/shell.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

struct HereText {
  std::string name;  // EOF
  HostText body;     // with its line ends
  HostText last;     // the line that ends it
  bool quoted = false;
};

struct Instruction {
  std::string name;  // in capitals: "RUN"
  Span name_span;
  HostText text;  // what follows, continued lines joined, comments between them left out
  std::vector<HereText> documents;
};

struct Dockerfile {
  std::vector<Instruction> instructions;
  std::vector<Comment> comments;
};

[[nodiscard]] Dockerfile read_dockerfile_lines(const SourceFile& file);

}  // namespace composelint::hosts
