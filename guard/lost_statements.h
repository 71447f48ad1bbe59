// Statements by which data goes.
#pragma once

#include <string_view>

namespace composelint::guard {

enum class Statements {
  kNone,     // none that deletes is seen, and not all are understood
  kBounded,  // single rows, temporary tables, what is there for tests; plain reads and writes
  kLose,     // whole databases, schemas or tables, a column, all rows of a table or a value of each
};

// How a quote stands within a string.
enum class Strings {
  kDoubled,  // ''
  kEscaped,  // \' as well: MySQL
};

// Of SQL, the gravest. What stands in strings is no statement; what `$$` surrounds is, unless a
// function is made of it.
[[nodiscard]] Statements statements_in(std::string_view sql, Strings strings = Strings::kDoubled);

// `tmp`, `items_test`, `tmp_import`, `test.items`, in lower case. What only begins with the word is
// named after what it holds: `test_results`.
[[nodiscard]] bool names_what_is_scratch(std::string_view name);

}  // namespace composelint::guard
