// Statements by which data goes.
#pragma once

#include <string_view>

namespace composelint::guard {

enum class Statements {
  kNone,     // none that deletes is seen
  kBounded,  // single rows, temporary tables, what is there for tests
  kLose,     // whole databases, schemas or tables, a column, all rows of a table
};

// Of SQL, the gravest. What stands in strings is no statement; what `$$` surrounds is.
[[nodiscard]] Statements statements_in(std::string_view sql);

}  // namespace composelint::guard
