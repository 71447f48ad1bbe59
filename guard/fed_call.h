// What a task is fed, as if it were told it in its words: `psql <<X` is `psql -c …`.
#pragma once

#include <composelint/invocation.h>
#include <composelint/source.h>

#include <vector>

namespace composelint::guard {

// Whether the program of `call`, a run or an exec, does what its standard input tells: a shell, a
// client of a database, Python and the like, that is given nothing else to do.
[[nodiscard]] bool obeys_input(const ComposeInvocation& call);

// It is a shell.
[[nodiscard]] bool obeys_as_shell(const ComposeInvocation& call);

// The words of such a call, `fed` among them. The effect is that of the call as it was.
[[nodiscard]] std::vector<Argument> told_instead(const ComposeInvocation& call,
                                                 const SourceFile& fed);

}  // namespace composelint::guard
