// The built-in functions of PostgreSQL, MySQL, SQLite and MongoDB's shell that change nothing.
#pragma once

#include <string_view>

namespace composelint::calls {

// Of SQL, in lower case. A function that is not here may do anything.
[[nodiscard]] bool is_read_only_function(std::string_view name);
// `in (`, `varchar(`: a word of the language, or a type, before a parenthesis.
[[nodiscard]] bool may_precede_parenthesis(std::string_view word);

// Of SQLite: that tell something as long as nothing is assigned to them.
[[nodiscard]] bool is_reading_pragma(std::string_view name);
// What stands in their parentheses is no new value.
[[nodiscard]] bool takes_a_name(std::string_view pragma);

// Of MongoDB's shell, case and all, words of the language among them.
[[nodiscard]] bool is_read_only_mongo(std::string_view name);

}  // namespace composelint::calls
