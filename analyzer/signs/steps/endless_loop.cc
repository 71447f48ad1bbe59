#include "analyzer/signs/steps/endless_loop.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool prints(const Step& step) {
  const std::string_view program = program_name(step);
  return program == "echo" || program == "printf" || program == ":";
}

}  // namespace

const Branch* endless_loop(const Timeline& timeline, const Step& step) {
  for (const Branch& branch : timeline.branches) {
    if (branch.kind != BranchKind::kWhile || !written_in(branch.condition, step)) continue;
    const std::string_view text = branch.span.text();
    static constexpr std::array<std::string_view, 9> kEnds = {
        "break", "exit", "return", "timeout", "-gt", "-ge", "((", "-eq", "SECONDS"};
    const std::string_view test = branch.condition.text();
    const bool alone = test.find("&&") == std::string_view::npos &&
                       test.find("||") == std::string_view::npos &&
                       test.find("$") == std::string_view::npos;
    // A function in the loop may count for it.
    const bool plain =
        std::all_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& o) {
          return !written_in(branch.span, o) || &o == &step || sleeps(o) || prints(o);
        });
    return alone && plain && !has_one_of(text, kEnds) ? &branch : nullptr;
  }
  return nullptr;
}

}  // namespace composelint
