// What a task tells a database, in its words, in files and by programs that are told in words.
#pragma once

#include <composelint/script_text.h>

#include <string>
#include <string_view>
#include <vector>

#include "guard/command.h"
#include "guard/lost_statements.h"

namespace composelint::guard {

// The gravest of what the words of the commands tell a client, with what it includes.
[[nodiscard]] Statements told_in_words(const ComposeInvocation& call,
                                       const std::vector<TextCommand>& commands, Strings strings);

// A client is told to make such statements, which are run: `select 'drop table ' … \gexec`, or a
// pipe into another client.
[[nodiscard]] bool writes_losing_statements(const std::vector<TextCommand>& commands);

struct ToldFiles {
  std::string losing{};  // one by which data goes; empty: none
  std::string unread{};  // one that could not be read to its end; empty: none
};
// Files of statements that clients are given, as far as the host has them.
[[nodiscard]] ToldFiles told_by_files(const GuardedCommand& command,
                                      const std::vector<TextCommand>& commands, Strings strings);

// `psql`, `mysql`, or one that goes by another name.
[[nodiscard]] bool is_client_of_sql(const TextCommand& command);

// `-`, `/dev/stdin`, by whichever name.
[[nodiscard]] bool is_standard_input(std::string_view file);

// `\i /dev/stdin`
[[nodiscard]] bool includes_standard_input(std::string_view text);

// What only passes on what it reads, packed or not: `cat`.
[[nodiscard]] bool passes_on(std::string_view program);

// `manage.py dbshell`, `wp db query`: a client of a database that goes by another name.
[[nodiscard]] bool is_inner_client(const TextCommand& command);

// A text in Python, PHP or the like among the words holds a statement by which data goes, or calls
// what empties a table: `cursor.execute("drop table items")`, `User.delete_all`.
[[nodiscard]] bool program_loses(const std::vector<TextCommand>& commands);

}  // namespace composelint::guard
