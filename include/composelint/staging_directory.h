// Directories that a script makes for its own use: what it removes there is what it has put there.
#pragma once

#include <composelint/dependent_steps.h>
#include <composelint/path_name.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>
#include <string_view>

namespace composelint {

// `mkdir -p tmp/backup`, …, `rm -r backup`.
[[nodiscard]] inline bool removes_its_own_directory(const Timeline& timeline, const Step& step) {
  const Argument* removed = removed_here(step);
  if (removed == nullptr || !removed->known()) return false;
  const auto last_part = [](std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    return file_name(path);
  };
  return last_before(timeline, step, [&](const Step& other) {
           return program_name(other) == "mkdir" && same_place(other, step) &&
                  std::any_of(other.argv.begin() + 1, other.argv.end(), [&](const Argument& word) {
                    return word.known() && !word.text.starts_with('-') &&
                           last_part(word.text) == last_part(removed->text);
                  });
         }) != nullptr;
}

}  // namespace composelint
