#include "analyzer/shell/argument_parts.h"

#include <algorithm>

namespace composelint::shell {
namespace {

// The text from `at` to the next place where its origin may change, `end` at the latest.
ArgumentPart text_part(const Argument& argument, std::uint32_t at, std::uint32_t end) {
  ArgumentPart part;
  part.at = at;
  const auto run = std::find_if(argument.runs.begin(), argument.runs.end(),
                                [&](const WrittenRun& each) { return each.at + each.size > at; });
  if (run == argument.runs.end()) {
    part.size = end - at;
  } else if (run->at > at) {
    part.size = std::min(end, run->at) - at;
  } else {
    part.size = std::min(end, run->at + run->size) - at;
    part.written = run->span;
    part.exact = run->span.size() == run->size;
    if (part.exact) {
      part.written.begin += at - run->at;
      part.written.end = part.written.begin + part.size;
    }
  }
  return part;
}

}  // namespace

std::vector<ArgumentPart> parts_of(const Argument& argument) {
  std::vector<ArgumentPart> parts;
  const auto size = static_cast<std::uint32_t>(argument.text.size());
  std::uint32_t at = 0;
  const auto add_text = [&](std::uint32_t end) {
    while (at < end) {
      parts.push_back(text_part(argument, at, end));
      at += parts.back().size;
    }
  };
  for (const Hole& hole : argument.holes) {
    add_text(std::min(hole.at, size));
    ArgumentPart part;
    part.hole = &hole;
    part.at = at;
    parts.push_back(part);
  }
  add_text(size);
  return parts;
}

}  // namespace composelint::shell
