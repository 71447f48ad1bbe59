#include "analyzer/signs/dumps/same_name.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

namespace {

// Worked out from the script's own place, the home or the working directory.
bool is_fixed(const Hole& hole) {
  static constexpr std::array<std::string_view, 6> kPlaces = {"$(cd)", "$(dirname)", "$(pwd)",
                                                              "HOME",  "PWD",        "~"};
  return hole.at == 0 && std::find(kPlaces.begin(), kPlaces.end(), hole.name) != kPlaces.end();
}

bool may_be_a_date(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kMoves = {
      "date", "day", "now", "rand", "stamp", "suffix", "time", "uuid", "version"};
  const std::string text = lower_case(name);
  return std::any_of(kMoves.begin(), kMoves.end(),
                     [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

// `"$1"`, `-U "$DB_USER"` of the dump: which database it is, so that another one has another file.
bool is_told_to_the_dump(const Hole& hole, const Step& dump) {
  if (hole.name.empty() || hole.name.starts_with("$(") || may_be_a_date(hole.name)) return false;
  return std::any_of(dump.argv.begin() + 1, dump.argv.end(), [&](const Argument& word) {
    return std::any_of(word.holes.begin(), word.holes.end(),
                       [&](const Hole& other) { return other.name == hole.name; });
  });
}

}  // namespace

bool has_the_same_name(const Argument& path, const Step& dump) {
  if (path.known()) return !path.text.empty();
  if (path.holes.empty() || path.text.size() < 2 || dump.argv.empty()) return false;
  return path.text.find_first_of("*?[") == std::string::npos &&
         std::all_of(path.holes.begin(), path.holes.end(), [&](const Hole& hole) {
           return is_fixed(hole) || is_told_to_the_dump(hole, dump);
         });
}

bool is_in_a_known_place(const Argument& path, const Step& dump) {
  const bool leads = !path.holes.empty() && path.holes.front().at == 0;
  return leads || path.text.starts_with('/') || dump.directory.has_value();
}

}  // namespace composelint
