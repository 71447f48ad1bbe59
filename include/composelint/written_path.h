// A path as a word of a script holds it, told from others without knowing all of it.
#pragma once

#include <composelint/argument.h>

#include <algorithm>
#include <string>
#include <vector>

namespace composelint {

struct WrittenPath {
  std::string text;
  std::vector<std::string> holes;  // the names of what is not known, in their order

  friend bool operator==(const WrittenPath&, const WrittenPath&) = default;
};

[[nodiscard]] inline WrittenPath path_of(const Argument& word, std::size_t from = 0) {
  WrittenPath path{word.text.substr(std::min(from, word.text.size())), {}};
  for (const Hole& hole : word.holes) {
    if (hole.at >= from) path.holes.push_back(hole.name);
  }
  return path;
}

// `/srv/x.sql`, `"$FILE"`, `"$DIR/x.sql"`; no pattern, nothing that may be several words.
[[nodiscard]] inline bool names_a_file(const Argument& word) {
  const bool open = !word.holes.empty() && word.holes.back().at == word.text.size();
  return !word.splits && !word.text.starts_with('-') &&
         (!word.text.empty() || word.holes.size() == 1) && (open || !word.text.ends_with('/'));
}

// The file, or one in the folder.
[[nodiscard]] inline bool lies_in(const WrittenPath& file, const WrittenPath& folder) {
  if (file == folder) return true;
  const bool same = file.holes.size() >= folder.holes.size() &&
                    std::equal(folder.holes.begin(), folder.holes.end(), file.holes.begin());
  return same && file.text.starts_with(folder.text) &&
         file.text.substr(folder.text.size()).starts_with('/');
}

}  // namespace composelint
