#include "analyzer/signs/files/glued_files.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace composelint {

namespace {

// Something in the place of each hole makes the end of `path` of the word, from a component on.
bool may_end_in(std::string_view path, const Argument& word) {
  std::string_view rest(word.text);
  std::uint32_t cut = 0;
  if (rest.starts_with("./")) {
    rest.remove_prefix(2);
    cut = 2;
  }
  const auto fits_from = [&](std::size_t begin) {
    std::size_t at = begin;
    std::uint32_t from = cut;
    for (const Hole& hole : word.holes) {
      const std::string_view piece =
          std::string_view(word.text).substr(from, std::max(hole.at, from) - from);
      const std::size_t found = from == cut ? begin : path.find(piece, at);
      if (found == path.npos || !path.substr(found).starts_with(piece)) return false;
      at = found + piece.size();
      from = std::max(hole.at, from);
    }
    const std::string_view last = std::string_view(word.text).substr(from);
    return path.size() >= at + last.size() && path.ends_with(last);
  };
  for (std::size_t begin = 0; begin < path.size();) {
    if (fits_from(begin)) return true;
    const std::size_t slash = path.find('/', begin);
    if (slash == path.npos) break;
    begin = slash + 1;
  }
  return false;
}

}  // namespace

bool is_glued(const WorkspaceFacts& facts, const SourceFile& file) {
  // Of less than that nearly every file would be one that is meant.
  constexpr std::size_t kTelling = 10;
  const auto glues = [&](const Step& step) {
    if (!step.call) return false;
    std::size_t files = 0;
    bool fits = false;
    for (const OptionUse& use : step.call->global_options) {
      if (use.name != "--file" || !use.value) continue;
      ++files;
      fits |= !use.value->holes.empty() && use.value->text.size() >= kTelling &&
              may_end_in(file.path(), *use.value);
    }
    return fits && files > 1;
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(), glues);
  });
}

}  // namespace composelint
