#include "analyzer/signs/steps/written_for_each.h"

#include <composelint/argument.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// Its known parts stand in `name` in their order, the first at the beginning and the last at the
// end.
bool may_become(const Argument& word, std::string_view name) {
  const std::string_view text = word.text;
  const std::size_t folder = text.size() - file_name(text).size();
  std::size_t from = folder;
  std::size_t at = 0;
  std::size_t known = 0;
  for (const Hole& hole : word.holes) {
    if (hole.at < folder) continue;
    const std::string_view part = text.substr(from, hole.at - from);
    const std::size_t found = name.find(part, at);
    if (found == name.npos || (from == folder && found != 0)) return false;
    at = found + part.size();
    known += part.size();
    from = hole.at;
  }
  const std::string_view rest = text.substr(from);
  constexpr std::size_t kTells = 6;  // `.yml` alone says nothing
  return from > folder && name.size() >= at + rest.size() && name.ends_with(rest) &&
         known + rest.size() >= kTells;
}

}  // namespace

bool may_be_written_for_each(const WorkspaceFacts& facts, std::string_view path) {
  static constexpr std::array<std::string_view, 6> kCopies = {"cp", "install", "ln",
                                                              "mv", "tee",     "touch"};
  const std::string_view name = file_name(path);
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      const std::string_view program = program_name(step);
      const bool copies = std::find(kCopies.begin(), kCopies.end(), program) != kCopies.end();
      return may_become(step.out.target, name) || (copies && may_become(step.argv.back(), name));
    });
  });
}

}  // namespace composelint
