#include "analyzer/signs/dumps/over_the_last.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/files/sealed_file.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/packed_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// No date in it: known, or below a directory that is.
bool is_the_same_each_time(const Argument& path) {
  static constexpr std::array<std::string_view, 5> kMoves = {"date", "day", "stamp", "time", "now"};
  if (path.known()) return !path.text.empty();
  if (path.holes.empty()) return false;  // a pattern
  const Hole& hole = path.holes.front();
  const std::string name = lower_case(hole.name);
  const bool place =
      !name.starts_with("$(") || name == "$(cd)" || name == "$(pwd)" || name == "$(dirname)";
  return path.holes.size() == 1 && hole.at == 0 && path.text.starts_with('/') && place &&
         !has_one_of(name, kMoves);
}

// `pg_dump --file app.dump >> backup.log`: what is redirected is what it says, and no dump.
bool has_a_file_of_its_own(const Step& dump) {
  static constexpr std::array<std::string_view, 6> kOptions = {"--file",        "-f", "--out", "-o",
                                                               "--result-file", "-r"};
  return std::any_of(dump.argv.begin(), dump.argv.end(), [](const Argument& word) {
    return std::any_of(kOptions.begin(), kOptions.end(), [&](std::string_view option) {
      const bool whole = word.text == option && word.holes.empty();
      return whole || (option.size() > 2 && word.text.starts_with(option) &&
                       word.text.substr(option.size()).starts_with('='));
    });
  });
}

}  // namespace

std::optional<WrittenPath> goes_over_the_last(const Step& dump, const Step& later) {
  if (dump.effect != Effect::kDumps || dump.out.kind != StreamKind::kFile) return std::nullopt;
  if (!same_place(dump, later) || later.argv.size() < 2 || later.launcher != Launcher::kNone) {
    return std::nullopt;
  }
  if (has_a_file_of_its_own(dump)) return std::nullopt;
  const Argument& from = dump.out.target;
  if (const auto sealed = sealed_by(later)) {
    const bool over = sealed->forced && sealed->from == path_of(from) &&
                      is_the_same_each_time(from) && sealed->to.holes.empty();
    return over ? std::optional(sealed->to) : std::nullopt;
  }
  if (later.argv.size() < 3) return std::nullopt;
  const Argument& to = later.argv.back();
  if (!is_the_same_each_time(to)) return std::nullopt;
  if (program_name(later) == "mv") {
    const std::string_view name = file_name(to.text);
    const bool file = name.find('.') != std::string_view::npos && name != "." && name != "..";
    const bool moved = later.argv.size() - (later.argv[1].text.starts_with('-') ? 1 : 0) == 3 &&
                       path_of(later.argv[later.argv.size() - 2]) == path_of(from);
    return file && moved ? std::optional(path_of(to)) : std::nullopt;
  }
  const std::vector<const Argument*> copied = copied_words(later);
  if (!is_the_same_each_time(from) || copied.size() != 1) return std::nullopt;
  return path_of(*copied.front()) == path_of(from) ? std::optional(path_of(to)) : std::nullopt;
}

}  // namespace composelint
