#include "analyzer/hosts/make_variables.h"

#include <algorithm>
#include <set>
#include <utility>

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostAlternatives = 16;

}  // namespace

bool lies_in(const MakeGuard& inner, const MakeGuard& outer) {
  return inner.size() >= outer.size() && std::equal(outer.begin(), outer.end(), inner.begin());
}

bool exclude(const MakeGuard& a, const MakeGuard& b) {
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < both; ++i) {
    if (a[i].condition != b[i].condition) return false;
    if (a[i].arm != b[i].arm) return true;
  }
  return false;
}

void MakeVariables::assign(const std::string& name, MakeAssign how, MakeValue value,
                           const MakeGuard& guard) {
  std::vector<MakeAlternative>& known = variables_[name];
  for (const MakeArm& arm : guard) {
    std::vector<std::string>& names = touched_[arm.condition];
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  MakeAlternative fresh{{std::move(value)}, guard, guard.size()};
  if (how == MakeAssign::kDefault) {
    const bool set = std::any_of(known.begin(), known.end(), [&](const MakeAlternative& one) {
      return lies_in(guard, one.condition());
    });
    if (set) return;
  }
  if (how == MakeAssign::kAppend) {
    bool inside = false;
    std::vector<MakeAlternative> outside;
    for (MakeAlternative& one : known) {
      if (lies_in(one.condition(), guard) || lies_in(one.guard, guard)) {
        one.values.push_back(fresh.values.front());
        inside = true;
      } else if (lies_in(guard, one.condition())) {
        outside.push_back(one);
      }
    }
    if (inside) return;
    for (MakeAlternative& one : outside) {
      if (known.size() >= kMostAlternatives) break;
      one.values.push_back(fresh.values.front());
      one.guard = guard;
      one.conditions = guard.size();
      known.push_back(std::move(one));
    }
    if (!outside.empty()) return;
  }
  if (how == MakeAssign::kSet) {
    std::erase_if(known, [&](const MakeAlternative& one) {
      return lies_in(one.condition(), guard) || lies_in(one.guard, guard);
    });
  }
  if (known.size() < kMostAlternatives) known.push_back(std::move(fresh));
}

void MakeVariables::close(const MakeGuard& around, std::uint32_t condition, std::uint32_t arms,
                          bool has_else, const std::string& unless_set) {
  const auto touched = touched_.find(condition);
  if (touched == touched_.end()) return;
  const std::set<std::string> names(touched->second.begin(), touched->second.end());
  touched_.erase(touched);
  for (const std::string& name : names) {
    const auto found = variables_.find(name);
    if (found == variables_.end()) continue;
    std::vector<MakeAlternative>& known = found->second;
    std::set<std::uint32_t> covered;
    bool before = false;
    for (const MakeAlternative& one : known) {
      const bool inside = one.conditions > around.size() && one.guard.size() > around.size() &&
                          one.guard[around.size()].condition == condition;
      if (inside && one.conditions == around.size() + 1) {
        covered.insert(one.guard[around.size()].arm);
      }
      before = before || (!inside && lies_in(around, one.condition()));
    }
    const bool all = has_else && covered.size() == arms;
    if (!all && (name != unless_set || before)) continue;
    // What was there before has been replaced on every way.
    std::erase_if(known, [&](const MakeAlternative& one) {
      const bool inside =
          one.guard.size() > around.size() && one.guard[around.size()].condition == condition;
      return !inside && lies_in(around, one.condition());
    });
    for (MakeAlternative& one : known) {
      if (one.conditions == around.size() + 1 && one.guard[around.size()].condition == condition) {
        one.conditions = around.size();
      }
    }
  }
}

std::optional<std::vector<const MakeAlternative*>> MakeVariables::seen_from(
    std::string_view name, const MakeGuard& guard) const {
  const auto found = variables_.find(name);
  if (found == variables_.end()) return std::nullopt;
  std::vector<const MakeAlternative*> seen;
  std::vector<const MakeAlternative*> sure;
  for (const MakeAlternative& one : found->second) {
    if (exclude(one.guard, guard)) continue;
    seen.push_back(&one);
    // Set in the very arm in which the line stands.
    if (!one.guard.empty() && lies_in(guard, one.guard)) sure.push_back(&one);
  }
  return sure.empty() ? seen : sure;
}

bool MakeVariables::may_be_unset(const std::vector<const MakeAlternative*>& seen,
                                 const MakeGuard& guard) {
  return std::none_of(seen.begin(), seen.end(), [&](const MakeAlternative* one) {
    return lies_in(guard, one->condition()) || lies_in(guard, one->guard);
  });
}

std::vector<std::string> MakeVariables::names() const {
  std::vector<std::string> out;
  for (const auto& [name, known] : variables_) out.push_back(name);
  return out;
}

}  // namespace composelint::hosts
