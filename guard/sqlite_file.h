// Databases that are a file.
#pragma once

#include <string_view>

#include "guard/inner_work.h"

namespace composelint::guard {

[[nodiscard]] inline bool is_client_of_sqlite(std::string_view program) {
  return program == "sqlite3" || program == "sqlite";
}

// `app.db`, `app.sqlite3`, and what stands beside one: `app.db-wal`.
[[nodiscard]] bool is_file_of_sqlite(std::string_view path);

// `:memory:`, `/tmp/x.db`, `test.db`, `cache.db`
[[nodiscard]] bool is_scratch_file(std::string_view path);

// The file that `sqlite3` is given; empty: none, or it is not known.
[[nodiscard]] std::string_view file_of_client(const TextCommand& command);
// `.restore x.db` behind the file: all that was in it is replaced.
[[nodiscard]] bool sqlite_is_replaced(const TextCommand& command);
// Its words hold statements behind that.
[[nodiscard]] bool sqlite_is_told(const TextCommand& command);

}  // namespace composelint::guard
