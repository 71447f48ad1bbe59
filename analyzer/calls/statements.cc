#include "analyzer/calls/statements.h"

#include <composelint/short_options.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/calls/statement_look.h"
#include "analyzer/knowledge/interpreters.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/programs.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::calls {

namespace {

using Words = std::span<const Argument>;

struct Text {
  std::string_view text;
  bool known = true;
};

// The value of a long option of one of these names, whole or as short as getopt takes it.
class Long {
 public:
  explicit Long(std::string_view names) : names_(names) {}

  [[nodiscard]] bool is(std::string_view word) const {
    constexpr std::size_t kShortest = 4;  // "--ex"
    word = word.substr(0, word.find('='));
    if (word.size() < kShortest || !word.starts_with("--")) return false;
    for (std::string_view rest = names_; !rest.empty();) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      if (rest.substr(0, bar).starts_with(word)) return true;
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    return false;
  }

 private:
  std::string_view names_;
};

// The letter of the option whose value is next to come, and where: `-tAc` ends with c.
std::optional<std::size_t> value_at(std::string_view word, std::string_view with_value) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return std::nullopt;
  const std::size_t at = word.find_first_of(with_value, 1);
  return at == std::string_view::npos ? std::nullopt : std::optional(at);
}

// Values of the options, given as letters or by their long names.
std::vector<Text> values(Words words, std::string_view with_value, std::string_view letters,
                         const Long& names) {
  std::vector<Text> out;
  const auto next = [&](std::size_t at) {
    if (at + 1 < words.size()) out.push_back({words[at + 1].text, words[at + 1].known()});
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (names.is(text)) {
      const std::size_t equals = text.find('=');
      if (equals == std::string_view::npos) {
        next(at++);
      } else {
        out.push_back({text.substr(equals + 1), words[at].known()});
      }
      continue;
    }
    const auto letter = value_at(text, with_value);
    if (!letter) continue;
    const bool last = *letter + 1 == text.size();
    if (letters.find(text[*letter]) != std::string_view::npos) {
      if (last) {
        next(at);
      } else {
        out.push_back({text.substr(*letter + 1), words[at].known()});
      }
    }
    if (last) ++at;
  }
  return out;
}

// What sqlite3 is handed behind the name of the file.
std::vector<Text> behind_the_file(Words words) {
  static constexpr std::array<std::string_view, 8> kWithValue = {
      "-separator", "-nullvalue", "-newline", "-vfs", "-maxsize", "-mmap", "-escape", "-heap"};
  std::vector<Text> out;
  bool file = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (text.starts_with('-')) {
      const std::string_view name = text.starts_with("--") ? text.substr(1) : text;
      if (std::find(kWithValue.begin(), kWithValue.end(), name) != kWithValue.end()) ++at;
    } else if (!file) {
      file = true;
    } else {
      out.push_back({text, words[at].known()});
    }
  }
  return out;
}

// `.dump`, `.backup x.db`, `vacuum into 'x.db'`, `BACKUP DATABASE …`: one statement.
bool only_dumps(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kDumps = {".dump", ".backup", "vacuum into ",
                                                             "backup "};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::size_t end = lower.find(';');
  return lower.find_first_of("\n|\\") == std::string::npos &&
         lower.find_first_not_of("; \t", std::min(end, lower.size())) == std::string::npos &&
         std::any_of(kDumps.begin(), kDumps.end(),
                     [&](std::string_view dump) { return lower.starts_with(dump); });
}

Words without_interpreter(Words argv) {
  return argv.subspan(knowledge::skip_interpreter(argv).at);
}

// The statements on a command line.
std::vector<Text> handed(Words argv, Effect effect) {
  std::vector<Text> texts;
  const Words all = without_interpreter(argv);
  if (all.empty()) return texts;
  const std::string_view program = knowledge::base_name(all.front());
  const Words words = all.subspan(1);
  if (knowledge::matches_any(knowledge::kSqlite, program)) {
    texts = behind_the_file(words);
  } else if (knowledge::matches_any(knowledge::kSql, program)) {
    const std::string_view with_value = value_letters(program).value_or("ceqQdhpU");
    const bool postgres = program == "psql" || program == "usql" || program == "pgcli";
    const std::string_view letters = postgres ? "c" : program == "sqlcmd" ? "qQ" : "eq";
    texts = values(words, with_value, letters, Long("--command|--execute|--query"));
  } else if (knowledge::matches_any(knowledge::kDrupal, program) && effect == Effect::kReads) {
    // `sql:query 'select 1'`
    for (const Argument& word : words) {
      if (word.text.find_first_of(" \t\n(") != std::string::npos) {
        texts.push_back({word.text, word.known()});
      }
    }
  }
  return texts;
}

}  // namespace

bool asks_alone(std::span<const Argument> argv, Effect effect) {
  const std::vector<Text> texts = handed(argv, effect);
  return std::all_of(texts.begin(), texts.end(), [&](const Text& each) {
    if (!each.known) return false;
    if (effect == Effect::kDumps && only_dumps(each.text)) return true;
    return effect == Effect::kExports ? only_exports(each.text) : only_asks(each.text);
  });
}

bool told_only_to_ask(std::span<const Argument> argv) {
  return !handed(argv, Effect::kReads).empty() && asks_alone(argv, Effect::kReads);
}

std::string_view written_by(std::span<const Argument> argv) {
  struct Row {
    std::string_view programs;
    std::string_view letters;
    std::string_view names;
  };
  static constexpr std::array<Row, 6> kRows = {{
      {"pg_dump|pg_dumpall", "f", "--file"},
      {knowledge::kDjango, "o", "--output"},
      {"mongoexport|mongodump", "o", "--out"},
      {"mysqldump|mariadb-dump|mysqlpump", "r", "--result-file"},
      {"tar|gtar|bsdtar", "f", "--file"},
      {"redis-cli|valkey-cli|keydb-cli", "", "--rdb"},
  }};
  const Words all = without_interpreter(argv);
  if (all.empty()) return {};
  const std::string_view program = knowledge::base_name(all.front());
  for (const Row& row : kRows) {
    if (!knowledge::matches_any(row.programs, program)) continue;
    const auto found =
        values(all.subspan(1), value_letters(program).value_or(""), row.letters, Long(row.names));
    if (!found.empty()) return found.back().text;
  }
  return {};
}

}  // namespace composelint::calls
