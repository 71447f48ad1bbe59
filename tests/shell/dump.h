// Scripts as one line of text, for tables of tests.
#pragma once

#include <composelint/shell.h>

#include <string>
#include <vector>

namespace composelint::shell {

// 'quoted' text, ${x}, $(…), $((…)), and <glob *>, <brace {a,b}>, <tilde ~>, <foreign x>.
[[nodiscard]] std::string dump(const Word& word);
// [a b] simple, (pipe …), (list a && b), {…} group, (sub …), (if …), (while …), (for …), (case …),
// (function …), (unparsed); redirects and & behind.
[[nodiscard]] std::string dump(const Command& command);
[[nodiscard]] std::string dump(const std::vector<Command>& commands);

}  // namespace composelint::shell
