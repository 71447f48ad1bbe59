// A dump that may have failed is put over the copy of the run before.
#pragma once

#include <composelint/carried_dump.h>
#include <composelint/data_task.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/sealed_file.h>
#include <composelint/sequence.h>
#include <composelint/written_path.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace detail {

// No date in it: known, or below a directory that is.
[[nodiscard]] inline bool is_the_same_each_time(const Argument& path) {
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
[[nodiscard]] inline bool has_a_file_of_its_own(const Step& dump) {
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

}  // namespace detail

// `pg_dump > app.sql.new`, `mv app.sql.new app.sql`; `gzip -f app.sql`: over the copy of the run
// before. Where it goes; nothing where it has a name of its own there, or what moves is something
// else.
[[nodiscard]] inline std::optional<WrittenPath> goes_over_the_last(const Step& dump,
                                                                   const Step& later) {
  if (dump.effect != Effect::kDumps || dump.out.kind != StreamKind::kFile) return std::nullopt;
  if (!same_place(dump, later) || later.argv.size() < 2 || later.launcher != Launcher::kNone) {
    return std::nullopt;
  }
  if (detail::has_a_file_of_its_own(dump)) return std::nullopt;
  const Argument& from = dump.out.target;
  if (const auto sealed = sealed_by(later)) {
    const bool over = sealed->forced && sealed->from == path_of(from) &&
                      detail::is_the_same_each_time(from) && sealed->to.holes.empty();
    return over ? std::optional(sealed->to) : std::nullopt;
  }
  if (later.argv.size() < 3) return std::nullopt;
  const Argument& to = later.argv.back();
  if (!detail::is_the_same_each_time(to)) return std::nullopt;
  if (program_name(later) == "mv") {
    const std::string_view name = file_name(to.text);
    const bool file = name.find('.') != std::string_view::npos && name != "." && name != "..";
    const bool moved = later.argv.size() - (later.argv[1].text.starts_with('-') ? 1 : 0) == 3 &&
                       path_of(later.argv[later.argv.size() - 2]) == path_of(from);
    return file && moved ? std::optional(path_of(to)) : std::nullopt;
  }
  const std::vector<const Argument*> copied = detail::copied_words(later);
  if (!detail::is_the_same_each_time(from) || copied.size() != 1) return std::nullopt;
  return path_of(*copied.front()) == path_of(from) ? std::optional(path_of(to)) : std::nullopt;
}

}  // namespace composelint
