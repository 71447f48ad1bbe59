// Variables of a makefile with all the values that they may have.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/make_text.h"
#include "analyzer/hosts/runner_text.h"

namespace composelint::hosts {

// An arm of an `ifeq` … `else` … `endif`; a guard is the arms around a line, outermost first.
struct MakeArm {
  std::uint32_t condition = 0;
  std::uint32_t arm = 0;
  friend bool operator==(const MakeArm&, const MakeArm&) = default;
};
using MakeGuard = std::vector<MakeArm>;

// `inner` lies in every arm of `outer`.
[[nodiscard]] bool lies_in(const MakeGuard& inner, const MakeGuard& outer);
// No run of make sees both.
[[nodiscard]] bool exclude(const MakeGuard& a, const MakeGuard& b);

// One piece of a value: what one assignment has given.
struct MakeValue {
  bool expanded = false;  // by := and its like, when it was read
  Located raw;
  RunnerText text;
};

struct MakeAlternative {
  std::vector<MakeValue> values;  // put together with spaces, as += does
  MakeGuard guard;                // where it is written
  std::size_t conditions = 0;     // so many arms of the guard decide whether it holds
  [[nodiscard]] MakeGuard condition() const {
    return {guard.begin(), guard.begin() + static_cast<std::ptrdiff_t>(conditions)};
  }
};

enum class MakeAssign { kSet, kDefault, kAppend };

class MakeVariables {
 public:
  void assign(const std::string& name, MakeAssign how, MakeValue value, const MakeGuard& guard);
  void undefine(const std::string& name) { variables_.erase(name); }
  // A conditional ends: what all of its arms have set is no longer in question.
  // `unless_set`: the variable that the only arm asked for (ifndef).
  void close(const MakeGuard& around, std::uint32_t condition, std::uint32_t arms, bool has_else,
             const std::string& unless_set);
  // The alternatives that a line under `guard` may see; null for a variable nobody sets.
  [[nodiscard]] std::optional<std::vector<const MakeAlternative*>> seen_from(
      std::string_view name, const MakeGuard& guard) const;
  // Whether the variable may also be unset.
  [[nodiscard]] static bool may_be_unset(const std::vector<const MakeAlternative*>& seen,
                                         const MakeGuard& guard);
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::map<std::string, std::vector<MakeAlternative>, std::less<>> variables_;
  // Names set below an open conditional, for close().
  std::map<std::uint32_t, std::vector<std::string>> touched_;
};

}  // namespace composelint::hosts
