// Argument vectors out of one line: blanks separate, '…' keeps them together, $x is a word that is
// not known ("$x" one that is a single word).
#pragma once

#include <composelint/argument.h>

#include <string_view>
#include <vector>

namespace composelint::knowledge {

inline std::vector<Argument> words(std::string_view line) {
  std::vector<Argument> out;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == ' ') {
      ++at;
      continue;
    }
    Argument word;
    for (char quote = 0; at < line.size() && (quote != 0 || line[at] != ' '); ++at) {
      if (line[at] == quote) {
        quote = 0;
      } else if (quote == 0 && (line[at] == '\'' || line[at] == '"')) {
        quote = line[at];
        word.quoted = true;
      } else if (line[at] == '$' && quote != '\'') {
        word.holes.push_back({static_cast<std::uint32_t>(word.text.size()), "x"});
        word.splits = word.splits || quote == 0;
        ++at;  // its name is one letter
      } else {
        word.text += line[at];
      }
    }
    out.push_back(word);
  }
  return out;
}

}  // namespace composelint::knowledge
