#include "analyzer/signs/data/other_database.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"

namespace composelint {

namespace {

// As their programs are called; 0 is none of them.
std::size_t family_of(std::string_view words) {
  struct Program {
    std::string_view name;
    std::size_t family;
  };
  static constexpr std::array<Program, 14> kPrograms = {{{"redis-cli", 1},
                                                         {"valkey-cli", 1},
                                                         {"mysql", 2},
                                                         {"mariadb", 2},
                                                         {"mariabackup", 2},
                                                         {"xtrabackup", 2},
                                                         {"pg_dump", 3},
                                                         {"pg_basebackup", 3},
                                                         {"pg_restore", 3},
                                                         {"psql", 3},
                                                         {"mongodump", 4},
                                                         {"mongorestore", 4},
                                                         {"influx", 5},
                                                         {"clickhouse", 6}}};
  std::size_t family = 0;
  for (const Program& program : kPrograms) {
    if (words.find(program.name) == words.npos) continue;
    if (family != 0 && family != program.family) return 0;  // of several at once
    family = program.family;
  }
  return family;
}

// "production.sql" of `wp db export production.sql`.
bool shares_a_dump(std::string_view written, std::string_view read) {
  static constexpr std::array<std::string_view, 5> kEnds = {".dump", ".sql", ".sql.bz2", ".sql.gz",
                                                            ".sql.zst"};
  constexpr std::string_view kBlanks = " \t\n\"';&|()";
  while (!written.empty()) {
    const std::size_t end = std::min(written.find_first_of(kBlanks), written.size());
    std::string_view word = written.substr(0, end);
    written.remove_prefix(std::min(end + 1, written.size()));
    word = word.substr(word.rfind('/') + 1);  // npos + 1 is 0
    const auto is_end = [&](std::string_view each) {
      return word.size() > each.size() && word.ends_with(each);
    };
    if (std::any_of(kEnds.begin(), kEnds.end(), is_end) && read.find(word) != read.npos) {
      return true;
    }
  }
  return false;
}

// `docker exec app tar czf …`: files of a container, whose image brings them again.
bool packs_in_a_container(const Step& dump) {
  if (dump.role != Role::kFileBackup || dump.launcher == Launcher::kNone) return false;
  return dump.call ? dump.call->is("exec") : dump.docker && dump.docker->is("container exec");
}

}  // namespace

bool is_no_backup_for(const Step& dump, const Step& change) {
  // `docker exec -i app tar xz` puts code there, and data is in a volume.
  if (change.effect == Effect::kRestores && packs_in_a_container(dump)) return true;
  const std::string written = task_words(dump);
  const std::string read = task_words(change);
  const std::size_t one = family_of(written);
  const std::size_t other = family_of(read);
  if (one != 0 && other != 0 && one != other) return true;
  return change.effect == Effect::kRestores && shares_a_dump(written, read);
}

}  // namespace composelint
