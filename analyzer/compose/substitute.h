// Interpolation of one string: `$X`, `${X}`, `${X:-default}` and their kin, as Compose reads them.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/environment.h"

namespace composelint::compose {

// What stands for a variable nobody set and nothing gives a default for.
enum class Unset {
  kEmpty,  // nothing, with a warning: what Compose does
  kHole,   // the expression as written: the caller may know a value we do not
};

struct UsedVariable {
  std::string name;
  Span span;                // where it was set, if in a file
  bool set = false;         // it had a value
  bool by_default = false;  // its place was taken by the default of the expression
};

struct Substituted {
  std::string text;
  bool known = true;  // false: `text` has holes
  std::vector<UsedVariable> used;
  std::vector<std::string> unset;  // names that were warned about, in order
  // The variable of the first `${X:?why}` that had none; only with kHole, else it is the failure.
  std::vector<std::string> required;
};

// Fails with kInvalid: a malformed expression, or a required variable without value.
[[nodiscard]] Result<Substituted> substitute(std::string_view text, const Lookup& lookup,
                                             Unset unset = Unset::kEmpty);

// One variable an expression mentions, without looking anything up.
struct MentionedVariable {
  std::string name;
  std::string default_value;
  std::string presence_value;
  bool required = false;
};
[[nodiscard]] std::vector<MentionedVariable> mentioned_variables(std::string_view text);

}  // namespace composelint::compose
