#include "analyzer/signs/files/staging_directory.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string_view>

#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool removes_its_own_directory(const Timeline& timeline, const Step& step) {
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
