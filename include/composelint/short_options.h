// Short options as programs read them: `-hdb` is a host and no `-h -d -b`.
#pragma once

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace composelint {

// The letters behind which a value follows, glued on or as the next word; nothing for programs
// whose options are not known. By the last component of the program's path.
[[nodiscard]] inline std::optional<std::string_view> value_letters(std::string_view program) {
  struct Row {
    std::string_view program;
    std::string_view letters;
  };
  static constexpr std::array<Row, 37> kRows = {{
      {"bsdtar", "CITXbfs"},
      {"clickhouse-client", "dfhqu"},
      {"cp", "St"},
      {"createdb", "DEOSTUhlp"},
      {"curl", "ACDEFHKPQTUXYbcdehmortuwxyz"},
      {"dropdb", "Uhp"},
      {"gtar", "CFHIKLNTVXbfg"},
      {"keydb-cli", "DXadhinprstu"},
      {"mariadb", "#DPSehpu"},
      {"mariadb-admin", "#PSchipuw"},
      {"mariadb-check", "#PShpu"},
      {"mariadb-dump", "#PSThpruw"},
      {"mariadb-import", "#PSchpu"},
      {"mongo", "pu"},
      {"mongodump", "cdhjopqu"},
      {"mongoexport", "cdfhjopqu"},
      {"mongoimport", "cdfhjpu"},
      {"mongorestore", "cdhjpu"},
      {"mongosh", "fpu"},
      {"mysql", "#DPSehpu"},
      {"mysqladmin", "#PSchipuw"},
      {"mysqlcheck", "#PShpu"},
      {"mysqldump", "#PSThpruw"},
      {"mysqlimport", "#PSchpu"},
      {"mysqlpump", "#PShpu"},
      {"pg_basebackup", "DFSTUXZcdhilprst"},
      {"pg_dump", "EFNSTUZdefhjnpt"},
      {"pg_dumpall", "ESUdfhlp"},
      {"pg_restore", "FILNPSTUdfhjnpt"},
      {"psql", "FLPRTUcdfhopv"},
      {"redis-cli", "DXadhinprstu"},
      {"rm", ""},
      {"slapcat", "FHabdflnos"},
      {"sqlcmd", "HKMPQSUVYZacdfhilmoqstvwyz"},
      {"tar", "CFHIKLNTVXbfg"},
      {"vacuumdb", "NPUdhjnpt"},
      {"valkey-cli", "DXadhinprstu"},
  }};
  program = file_name(program);
  const auto found = std::find_if(kRows.begin(), kRows.end(),
                                  [&](const Row& row) { return row.program == program; });
  return found == kRows.end() ? std::nullopt : std::optional(found->letters);
}

// `letter` stands in the word as an option of its own: `-czf` has z, `-Fc` of pg_dump no c.
[[nodiscard]] inline bool has_letter(std::string_view word, char letter,
                                     std::string_view with_value) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return false;
  for (const char c : word.substr(1)) {
    if (c == letter) return true;
    if (with_value.find(c) != std::string_view::npos) return false;
  }
  return false;
}

}  // namespace composelint
