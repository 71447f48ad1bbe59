#include "analyzer/signs/dumps/restore_name.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"

namespace composelint {

bool names_dump(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "backup", "dump", "restore", ".sql.gz", ".bak", "snapshot", ".dump", "bkp"};
  return has_one_of(lower_case(text), kWords);
}

namespace {

constexpr std::array<std::string_view, 7> kNoDumps = {"demo",   "example", "fixture", "init",
                                                      "sample", "seed",    "schema"};

std::string name_in_lower_case(std::string_view text) {
  return lower_case(file_name(text.substr(0, text.find_first_of(" \t\n"))));
}

// load_db_backup.sh, `load-dump`; not download_backup.sh.
bool loads_a_database(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kWhat = {"backup", "database", "db", "dump"};
  static constexpr std::array<std::string_view, 3> kOthers = {"up", "down", "re"};
  const std::size_t at = name.find("load");
  if (at == std::string_view::npos || !has_one_of(name, kWhat)) return false;
  const std::string_view before = name.substr(0, at);
  return std::none_of(kOthers.begin(), kOthers.end(),
                      [&](std::string_view part) { return before.ends_with(part); });
}

}  // namespace

bool is_called_a_restore(std::string_view text) {
  static constexpr std::array<std::string_view, 2> kDoes = {"restore", "import"};
  const std::string name = name_in_lower_case(text);
  return (has_one_of(name, kDoes) || loads_a_database(name)) && !has_one_of(name, kNoDumps);
}

bool is_part_of_a_restore(const Step& step, const Timeline& timeline) {
  const auto& sourced = timeline.sourced;
  if (timeline.file != nullptr && is_called_a_restore(timeline.file->path()) &&
      std::find(sourced.begin(), sourced.end(), step.span.file) != sourced.end()) {
    return true;
  }
  return (step.span.file != nullptr && is_called_a_restore(step.span.file->path())) ||
         is_called_a_restore(timeline.task) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [](const Span& call) { return is_called_a_restore(call.text()); });
}

bool is_a_cleaning_restore(const Step& step, const Timeline& timeline) {
  return step.effect == Effect::kRestores && is_part_of_a_restore(step, timeline);
}

namespace {

// `restore.sh`, `import-db`, `pg_restore_all`: all of a database; not `restore-hosts`.
bool restores_all(std::string_view called) {
  static constexpr std::array<std::string_view, 18> kWords = {
      "restore", "load", "database", "postgresql", "postgres", "mariadb",
      "mysql",   "sql",  "backup",   "dump",       "docker",   "compose",
      "import",  "data", "full",     "all",        "pg",       "db"};
  std::string name = name_in_lower_case(called);
  name.erase(std::min(name.rfind('.'), name.size()));
  if (!has_one_of(name, std::array<std::string_view, 4>{"restore", "database", "db", "sql"})) {
    return false;
  }
  for (const std::string_view word : kWords) {
    const std::size_t at = name.find(word);
    if (at != std::string::npos) name.erase(at, word.size());
  }
  return is_called_a_restore(called) && name.find_first_not_of("-_") == std::string::npos;
}

}  // namespace

bool is_file_of_a_restore(std::string_view file, const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 5> kEnds = {".bz2", ".gz", ".sql", ".xz", ".zst"};
  const std::string name = lower_case(file_name(file));
  if (step.span.file == nullptr || has_one_of(name, kNoDumps)) return false;
  if (std::none_of(kEnds.begin(), kEnds.end(),
                   [&](std::string_view end) { return name.ends_with(end); })) {
    return false;
  }
  return restores_all(step.span.file->path()) || restores_all(timeline.task) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [](const Span& call) { return restores_all(call.text()); });
}

}  // namespace composelint
