// A repair as text edits. Rules make edits; only analyzer/text applies them.
#pragma once

#include <composelint/source.h>

#include <string>
#include <vector>

namespace composelint {

// Replaces the bytes of `span` by `replacement`; an empty span inserts.
struct Edit {
  Span span;
  std::string replacement;
};

enum class FixSafety {
  kSafe,    // keeps what the command does, minus the hazard
  kUnsafe,  // changes what runs: shown, applied only when asked for by name
};

// Edits of one fix do not overlap and are applied together or not at all.
struct Fix {
  std::string title;  // imperative: "Add --rm"
  FixSafety safety = FixSafety::kSafe;
  std::vector<Edit> edits;
};

}  // namespace composelint
