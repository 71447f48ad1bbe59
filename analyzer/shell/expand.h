// From words to the argument lists that a program would get (POSIX 2.6 and bash's additions).
#pragma once

#include <composelint/argument.h>
#include <composelint/shell.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/shell/scope.h"

namespace composelint::shell {

struct ExpansionContext {
  // What `$(…)` may print, asked once for each use; trailing newlines are cut off by expand().
  // Nothing returned, or no function: a hole named after the command.
  std::function<std::vector<Value>(const WordPart& substitution, const Scope& scope)> substitute;
  // $0; nothing: a hole.
  std::optional<std::string> script_name;
  // The value of a variable the scope has not heard of (an environment file, a host). Nothing: a
  // hole of its name.
  std::function<std::optional<Value>(std::string_view name)> outside;
  // What is unset in sight is unset (a self-contained text), and does not come from the caller's
  // environment.
  bool closed = false;
};

// One way the words may turn out.
struct Expansion {
  std::vector<Argument> arguments;
  // The values chosen for variables with several, in order of use: which branch this belongs to.
  // Null: it was unset on this path.
  std::vector<std::pair<std::string, std::shared_ptr<const Value>>> chosen;
  // Variables that nothing in sight sets, whose default (`${x:-word}`) was taken.
  std::vector<std::string> defaulted;
};

// All combinations of the values the variables may have; the same variable has the same value
// throughout one Expansion. At most kMaxExpansions; behind them variables become holes. Never
// empty.
inline constexpr std::size_t kMaxExpansions = 16;
[[nodiscard]] std::vector<Expansion> expand(const std::vector<Word>& words, const Scope& scope,
                                            const ExpansionContext& context = {});

// A word where the shell neither splits fields nor makes globs: the right side of an assignment,
// the target of a redirect, the subject of `case`. One entry for each way it may turn out.
[[nodiscard]] std::vector<Text> expand_text(const Word& word, const Scope& scope,
                                            const ExpansionContext& context = {});
// The same as arguments, for messages and for comparing.
[[nodiscard]] std::vector<Argument> expand_argument(const Word& word, const Scope& scope,
                                                    const ExpansionContext& context = {});

// Carries out an assignment: every way its value may turn out is a value of the variable.
void assign(const Assignment& assignment, Scope& scope, const ExpansionContext& context = {});
// ${x:=word} in these words gives x its value.
void assign_defaults(const std::vector<Word>& words, Scope& scope,
                     const ExpansionContext& context = {});

// An argument as a value: for `set -- …`, calls of functions, loop variables.
[[nodiscard]] Text to_text(const Argument& argument);

}  // namespace composelint::shell
