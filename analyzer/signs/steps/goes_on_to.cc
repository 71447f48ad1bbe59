#include "analyzer/signs/steps/goes_on_to.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/files/staging_directory.h"
#include "analyzer/signs/steps/run_between.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/words/asked_between.h"

namespace composelint {

bool has(const std::vector<Condition>& ways, const Condition& way) {
  return std::find(ways.begin(), ways.end(), way) != ways.end();
}

namespace {

// `[ "$1" = upload ]`, and `[ -e dump.sql ]` of the file that a redirect has made itself: the test
// knows nothing of what failed in front of it. Only `[`, `[[` and `test`, with no command inside.
bool tests_something_else(const Branch& branch, const Step& earlier) {
  const Span test = branch.condition;
  if (!test || test.file != earlier.span.file || runs_inside(earlier, test)) return false;
  static constexpr std::array<std::string_view, 4> kAsks = {"$?", "$(", "`", ";"};
  std::string_view text = test.text();
  if (has_one_of(text, kAsks)) return false;
  while (!text.empty()) {
    const std::size_t joint = std::min(text.find("&&"), text.find("||"));
    const std::size_t begin = text.find_first_not_of(" \t\n!");
    const std::string_view part = begin == text.npos ? std::string_view() : text.substr(begin);
    if (!part.starts_with("[ ") && !part.starts_with("[[ ") && !part.starts_with("test ")) {
      return false;
    }
    text = joint == text.npos ? std::string_view() : text.substr(joint + 2);
  }
  return true;
}

// `dc() { if docker compose version; then docker compose "$@"; else docker-compose "$@"; fi; }`: a
// wrapper that is called again finds what it found before, unless it looks at its words.
bool finds_the_same(const Timeline& timeline, const Step& earlier, const Step& later,
                    const Condition& way) {
  static constexpr std::array<std::string_view, 7> kOpen = {"$?", "$@", "$*", "$1",
                                                            "$2", "${", "$#"};
  const Branch& branch = timeline.branches[way.branch];
  if (branch.kind != BranchKind::kIf || !branch.condition || earlier.called_from.empty() ||
      earlier.span.file != branch.span.file || earlier.called_from == later.called_from ||
      has_one_of(branch.condition.text(), kOpen)) {
    return false;
  }
  return std::any_of(earlier.conditions.begin(), earlier.conditions.end(),
                     [&](const Condition& other) {
                       const Branch& before = timeline.branches[other.branch];
                       return other.arm == way.arm && before.kind == branch.kind &&
                              before.span == branch.span && before.condition == branch.condition;
                     });
}

// `for host in a b`, `for f in dumps/*`: each of a list.
bool goes_through_a_list(const Branch& branch, const Step& earlier) {
  return branch.kind == BranchKind::kFor && branch.condition &&
         branch.condition.file == earlier.span.file && !runs_inside(earlier, branch.span);
}

}  // namespace

bool goes_on_to(const Timeline& timeline, const Step& earlier, const Step& later) {
  const std::size_t from = index_of(timeline, earlier);
  const std::size_t to = index_of(timeline, later);
  if (earlier.detached != later.detached || timeline.reach(from, to) == Reach::kNever) return false;
  const bool uncalled =
      std::any_of(earlier.conditions.begin(), earlier.conditions.end(), [&](const Condition& way) {
        return timeline.branches[way.branch].kind == BranchKind::kUncalled &&
               !has(later.conditions, way);
      });
  // A question in between: whoever answers has seen what failed.
  const bool asked = std::any_of(
      timeline.steps.begin() + static_cast<std::ptrdiff_t>(from),
      timeline.steps.begin() + static_cast<std::ptrdiff_t>(to), [&](const Step& step) {
        return step.asks && timeline.reach(from, index_of(timeline, step)) != Reach::kNever;
      });
  return !uncalled && !asked &&
         std::all_of(later.conditions.begin(), later.conditions.end(), [&](const Condition& way) {
           if (has(earlier.conditions, way)) return true;
           if (finds_the_same(timeline, earlier, later, way)) return true;
           const Branch& branch = timeline.branches[way.branch];
           const bool decides = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd ||
                                branch.kind == BranchKind::kOr;
           return (decides && tests_something_else(branch, earlier)) ||
                  goes_through_a_list(branch, earlier);
         });
}

bool may_run_anyway(const Timeline& timeline, const Step& earlier, const Step& later) {
  return (same_place(earlier, later) || fetches_dump(earlier, later)) &&
         goes_on_to(timeline, earlier, later) && !status_read_between(timeline, earlier, later) &&
         !removes_its_own_directory(timeline, later);
}

bool runs_behind(const Timeline& timeline, const Step& earlier, const Step& later) {
  return runs_in_a_chain(timeline, earlier, later) ||
         (may_run_anyway(timeline, earlier, later) &&
          std::all_of(later.conditions.begin(), later.conditions.end(),
                      [&](const Condition& way) { return has(earlier.conditions, way); }));
}

}  // namespace composelint
