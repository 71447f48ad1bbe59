#include "analyzer/signs/words/written_path.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace composelint {

WrittenPath path_of(const Argument& word, std::size_t from) {
  WrittenPath path{word.text.substr(std::min(from, word.text.size())), {}};
  for (const Hole& hole : word.holes) {
    if (hole.at >= from) path.holes.push_back(hole.name);
  }
  return path;
}

bool names_a_file(const Argument& word) {
  const bool open = !word.holes.empty() && word.holes.back().at == word.text.size();
  // `dump_$(date +%F).sql` without quotes.
  const bool pattern = word.text.find_first_of("*?[") != std::string::npos;
  return (!word.splits || !word.holes.empty()) && !pattern && !word.text.starts_with('-') &&
         (!word.text.empty() || word.holes.size() == 1) && (open || !word.text.ends_with('/'));
}

bool takes_in(const Argument& word, const WrittenPath& file) {
  const WrittenPath pattern = path_of(word);
  if (pattern == file) return true;
  const std::size_t star = pattern.text.find('*');
  if (star == std::string::npos || pattern.text.find_first_of("?[", 0) != std::string::npos ||
      pattern.text.find('*', star + 1) != std::string::npos || !pattern.holes.empty()) {
    return false;
  }
  const std::string head = pattern.text.substr(0, star);
  const std::string tail = pattern.text.substr(star + 1);
  return file.text.size() >= head.size() + tail.size() && file.text.starts_with(head) &&
         file.text.ends_with(tail) && file.text.find('/', head.size()) == std::string::npos;
}

bool lies_in(const WrittenPath& file, const WrittenPath& folder) {
  if (file == folder) return true;
  const bool same = file.holes.size() >= folder.holes.size() &&
                    std::equal(folder.holes.begin(), folder.holes.end(), file.holes.begin());
  return same && file.text.starts_with(folder.text) &&
         file.text.substr(folder.text.size()).starts_with('/');
}

}  // namespace composelint
