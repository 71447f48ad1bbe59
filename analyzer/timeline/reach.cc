#include <composelint/timeline.h>

#include <algorithm>

namespace composelint {

namespace {

// Taking `arm` is the only way from the branch to `step`: every other one leaves the script.
bool only_way(const Branch& branch, std::uint32_t arm, std::size_t step) {
  for (std::uint32_t other = 0; other < branch.arms; ++other) {
    if (other != arm && branch.leads_to(other, step)) return false;
  }
  return true;
}

}  // namespace

Reach Timeline::reach(std::size_t earlier, std::size_t later) const {
  if (earlier >= later || later >= steps.size()) return Reach::kNever;
  const std::vector<Condition>& from = steps[earlier].conditions;
  const std::vector<Condition>& to = steps[later].conditions;
  // A step on another arm of a branch they share cannot have run (not even in an earlier round of a
  // loop, which is more than is claimed here).
  for (const Condition& condition : from) {
    const auto same = std::find_if(to.begin(), to.end(), [&](const Condition& other) {
      return other.branch == condition.branch;
    });
    if (same != to.end() && same->arm != condition.arm) return Reach::kNever;
    // Nor one on an arm that ends the script.
    if (same == to.end() && !branches[condition.branch].leads_to(condition.arm, later)) {
      return Reach::kNever;
    }
  }
  for (const Condition& condition : from) {
    if (std::find(to.begin(), to.end(), condition) != to.end()) continue;
    // `if x; then a; exit; fi`
    if (!branches[condition.branch].leads_to(condition.arm, later)) return Reach::kNever;
    if (!only_way(branches[condition.branch], condition.arm, later)) return Reach::kMaybe;
  }
  return Reach::kAlways;
}

}  // namespace composelint
