// The removals of volumes that one reset of a stack is made of.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// `docker volume rm a`, `docker volume rm b`: nothing but such lines and messages in between.
[[nodiscard]] bool are_of_one_reset(const WorkspaceFacts& facts, Span first, Span other);

// A database keeps its data on what is removed there.
[[nodiscard]] bool is_of_a_database(const WorkspaceFacts& facts, Span removal);

}  // namespace composelint
