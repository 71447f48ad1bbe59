#include "analyzer/signs/dumps/same_name.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/destructive_recipe.h"

namespace composelint {

namespace {

// Worked out from the script's own place, the home or the working directory.
bool is_fixed(const Hole& hole) {
  static constexpr std::array<std::string_view, 6> kPlaces = {"$(cd)", "$(dirname)", "$(pwd)",
                                                              "HOME",  "PWD",        "~"};
  return hole.at == 0 && std::find(kPlaces.begin(), kPlaces.end(), hole.name) != kPlaces.end();
}

bool may_be_another_each_time(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kMoves = {
      "date", "day", "now", "rand", "stamp", "suffix", "time", "uuid", "version"};
  static constexpr std::array<std::string_view, 10> kCounts = {
      "build", "commit", "id", "job", "number", "release", "run", "sha", "slot", "tag"};
  const std::string text = lower_case(name);
  return std::any_of(kMoves.begin(), kMoves.end(),
                     [&](std::string_view part) { return text.find(part) != std::string::npos; }) ||
         std::any_of(kCounts.begin(), kCounts.end(),
                     [&](std::string_view part) { return has_part(text, part); });
}

// `"$DB"`, `-U "$DB_USER"`, `--dbname="$DB"`: all of what the word says, and no label for the run.
bool is_said_alone(const std::vector<Argument>& words, std::size_t at, std::string_view name) {
  static constexpr std::array<std::string_view, 5> kLabels = {"-e", "--env", "--label", "--name",
                                                              "-l"};
  const Argument& word = words[at];
  if (word.holes.size() != 1 || word.holes.front().name != name) return false;
  if (word.holes.front().at != word.text.size()) return false;
  const auto is_label = [&](std::string_view option) {
    return std::find(kLabels.begin(), kLabels.end(), option) != kLabels.end();
  };
  if (word.text.empty()) return at == 0 || !is_label(words[at - 1].text);
  const std::size_t equals = word.text.find('=');
  if (!word.text.starts_with("--")) return word.text.size() == 2 && word.text.front() == '-';
  return equals + 1 == word.text.size() && !is_label(word.text.substr(0, equals));
}

// `"$1"`, `-U "$DB_USER"` of the dump: which database it is, so that another one has another file.
bool is_told_to_the_dump(const Hole& hole, const Step& dump) {
  if (hole.name.empty() || hole.name.starts_with("$(") || may_be_another_each_time(hole.name))
    return false;
  for (std::size_t at = 1; at < dump.argv.size(); ++at) {
    if (is_said_alone(dump.argv, at, hole.name)) return true;
  }
  return false;
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
