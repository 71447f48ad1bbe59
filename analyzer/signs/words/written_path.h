// A path as a word of a script holds it, told from others without knowing all of it.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <string>
#include <vector>

namespace composelint {

struct WrittenPath {
  std::string text;
  std::vector<std::string> holes;  // the names of what is not known, in their order

  friend bool operator==(const WrittenPath&, const WrittenPath&) = default;
};

[[nodiscard]] WrittenPath path_of(const Argument& word, std::size_t from = 0);

// `/srv/x.sql`, `"$FILE"`, `"$DIR/x.sql"`; no pattern, nothing that may be several words.
[[nodiscard]] bool names_a_file(const Argument& word);

// `dump*` for `dump.sql`: a word with one asterisk, in the same folder. Or the very same word.
[[nodiscard]] bool takes_in(const Argument& word, const WrittenPath& file);

// The file, or one in the folder.
[[nodiscard]] bool lies_in(const WrittenPath& file, const WrittenPath& folder);

}  // namespace composelint
