#include "guard/partial_dump.h"

#include <composelint/short_options.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "analyzer/text/path.h"

namespace composelint::guard {

namespace {

using Command = std::vector<std::string>;

struct Row {
  std::string_view programs;  // between blanks
  std::string_view letters;   // options that leave something out
  std::string_view longs;     // between blanks; also as short as getopt takes them
};

constexpr Row kRows[] = {
    {" pg_dump ", "asteTnN",
     " --data-only --schema-only --section --table --table-and-children --exclude-table "
     "--exclude-table-and-children --exclude-table-data --exclude-table-data-and-children --schema "
     "--exclude-schema --extension --exclude-extension --filter --no-data --no-schema "
     "--statistics-only "},
    {" pg_dumpall ", "agrst",
     " --data-only --globals-only --roles-only --schema-only --tablespaces-only --exclude-database "
     "--filter --no-data --no-schema --statistics-only "},
    {" mysqldump mariadb-dump ", "dtw",
     " --no-data --no-create-info --where --ignore-table --ignore-table-data --ignore-database "
     "--tables --system "},
    {" mongodump ", "cq",
     " --collection --query --queryFile --excludeCollection --excludeCollectionsWithPrefix "},
};

bool listed(std::string_view list, std::string_view word) {
  return list.find(" " + std::string(word) + " ") != std::string_view::npos;
}

// `--exclude-d=x` is `--exclude-database=x`; one of several that begin so leaves something out,
// too.
bool is_long(std::string_view list, std::string_view word) {
  constexpr std::size_t kShortest = 6;  // "--wher"
  word = word.substr(0, word.find('='));
  if (listed(list, word)) return true;
  return word.size() >= kShortest && list.find(" " + std::string(word)) != std::string_view::npos;
}

struct Dump {
  const Row* row = nullptr;
  std::string_view program;
  std::span<const std::string> words;  // behind it
};

std::optional<Dump> dump_in(const Command& command) {
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string_view name = text::name_of(command[i]);
    for (const Row& row : kRows) {
      if (!name.empty() && listed(row.programs, name)) {
        return Dump{&row, name, std::span(command).subspan(i + 1)};
      }
    }
  }
  return std::nullopt;
}

bool is_mysql(const Dump& dump) {
  return dump.row->programs.find("mysqldump") != std::string_view::npos;
}

bool takes_the_next(std::string_view word, std::string_view letters) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return false;
  const std::size_t at = word.find_first_of(letters, 1);
  // Its password stands in the word or nowhere.
  return at != std::string_view::npos && at + 1 == word.size() && word[at] != 'p';
}

// What mysqldump is told beside its options.
struct Names {
  std::vector<std::string> operands;
  bool databases = false;  // -B
  bool all = false;        // -A
};

Names names_of(const Dump& dump) {
  constexpr std::string_view kTaking =
      " --host --port --user --socket --result-file --where --defaults-file --ignore-table --tab "
      "--default-character-set --protocol --max-allowed-packet --net-buffer-length "
      "--defaults-extra-file --defaults-group-suffix --init-command --compression-algorithms ";
  const std::string_view letters = value_letters(dump.program).value_or("");
  Names out;
  for (std::size_t i = 0; i < dump.words.size(); ++i) {
    const std::string& word = dump.words[i];
    if (word.find_first_of("<>") != std::string::npos) {
      if (word.find_first_not_of("<>&0123456789") == std::string::npos) ++i;
    } else if (word.starts_with("--")) {
      out.databases = out.databases || word == "--databases";
      out.all = out.all || word == "--all-databases";
      if (listed(kTaking, word)) ++i;
    } else if (word.starts_with('-') && word.size() > 1) {
      out.databases = out.databases || has_letter(word, 'B', letters);
      out.all = out.all || has_letter(word, 'A', letters);
      if (takes_the_next(word, letters)) ++i;
    } else {
      out.operands.push_back(word);
    }
  }
  return out;
}

}  // namespace

std::string left_out_by(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    const auto dump = dump_in(command);
    if (!dump) continue;
    const std::string letters(value_letters(dump->program).value_or(""));
    for (std::size_t i = 0; i < dump->words.size(); ++i) {
      const std::string& word = dump->words[i];
      if (word.starts_with("--")
              ? is_long(dump->row->longs, word)
              : std::any_of(dump->row->letters.begin(), dump->row->letters.end(),
                            [&](char c) { return has_letter(word, c, letters); })) {
        return word;
      }
      if (takes_the_next(word, letters)) ++i;
    }
    if (!is_mysql(*dump)) continue;
    const Names names = names_of(*dump);
    if (!names.databases && !names.all && names.operands.size() > 1) return names.operands[1];
  }
  return {};
}

std::vector<std::string> databases_named(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    const auto dump = dump_in(command);
    if (!dump || !is_mysql(*dump)) continue;
    Names names = names_of(*dump);
    if (names.databases && !names.all) return std::move(names.operands);
  }
  return {};
}

}  // namespace composelint::guard
