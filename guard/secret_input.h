// Commands of a shell text that pass secrets on by their input, or write them into files.
#pragma once

#include <string_view>
#include <vector>

#include "guard/secret_words.h"

namespace composelint::guard {

// `echo h:5432:db:u:x >~/.pgpass`, `printf %s x > /run/secrets/db_password`
[[nodiscard]] bool writes_passwords(const std::vector<std::string_view>& words);
// `… | passwd x`, `… | tee ~/.pgpass`, `… | docker login --password-stdin`
[[nodiscard]] bool takes_by_input(const std::vector<std::string_view>& words);

// As shell_text reads them.
using ShellCommands = std::vector<std::vector<TextRange>>;
// What may be that input: the words of `echo` and `printf`, here-strings and here-documents.
[[nodiscard]] std::vector<TextRange> input_ranges(std::string_view text,
                                                  const ShellCommands& commands);
// What variables are set to that stand in what is hidden: `P=x; curl -u "u:$P" …`.
[[nodiscard]] std::vector<TextRange> assigned_ranges(std::string_view text,
                                                     const ShellCommands& commands,
                                                     const std::vector<TextRange>& hidden);

}  // namespace composelint::guard
