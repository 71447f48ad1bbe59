// What the text that a client of a database is told has it do besides statements.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

struct ClientCommands {
  std::vector<std::string> run;      // shell texts: `\! rm -rf /x`, `\o |rm -rf /x`
  std::vector<std::string> written;  // files: `\o /x`, `copy items to '/x'`
};

// Of PostgreSQL, MySQL and SQLite alike: no word means one thing to one of them and another to the
// next.
[[nodiscard]] ClientCommands commands_of_client(std::string_view text);

// `|rm -rf /x` or a file: what stands where a client may be told either.
void add_output(std::string_view target, ClientCommands& out);

}  // namespace composelint::guard
