// Groups the words of an outline into commands. The only place that knows the grammar's library.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "analyzer/shell/outline.h"
#include "analyzer/text/span_map.h"

namespace composelint::shell {

struct GrammarResult {
  std::vector<Command> commands;
  std::vector<Span> unparsed;
  bool exhausted = false;  // a limit was reached; nothing else counts
};

class Grammar {
 public:
  // `steps` bounds the work on all outlines together, `depth` the nesting in one of them.
  Grammar(std::uint64_t steps, std::uint32_t depth);
  ~Grammar();
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  // Takes the tokens out of the outline.
  [[nodiscard]] GrammarResult group(Outline& outline, const text::SpanMap& map);

 private:
  struct Library;
  std::unique_ptr<Library> library_;
  std::uint64_t steps_left_;
  std::uint32_t depth_;
};

}  // namespace composelint::shell
