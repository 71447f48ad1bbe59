// Where the code of a Markdown document stands.
#pragma once

#include <composelint/shell.h>
#include <composelint/source.h>

#include <string>
#include <vector>

#include "analyzer/hosts/lines.h"

namespace composelint::hosts {

enum class FenceKind {
  kShell,    // sh, bash: a script, unless it has prompts
  kConsole,  // console, shell-session: what a terminal shows
  kUnnamed,  // nothing or `text`: a script only when it looks like nothing else
  kOther,    // of it only what is surely a command
};

struct CodeBlock {
  FenceKind kind = FenceKind::kOther;
  Span opening;                 // the fence's first line
  std::vector<LineSpan> lines;  // without quote markers and the indentation of the fence
};

struct Markdown {
  std::vector<CodeBlock> blocks;  // in order
  std::vector<Comment> comments;  // <!-- … --> outside of code
};

// Fences of any length in lists and quotes, and code that is indented by four.
[[nodiscard]] Markdown read_markdown(const SourceFile& file);

}  // namespace composelint::hosts
