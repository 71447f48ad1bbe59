#include "analyzer/calls/told_more.h"

#include <composelint/short_options.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/calls/awk_look.h"
#include "analyzer/calls/request_look.h"
#include "analyzer/calls/statement_look.h"
#include "analyzer/knowledge/interpreters.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/programs.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::calls {

namespace {

using Words = std::span<const Argument>;

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// "a|b|c"
bool listed(std::string_view list, std::string_view word) {
  return !word.empty() && knowledge::matches_any(list, word);
}

// Programs with options or words of their own that write or run something.
struct Row {
  std::string_view programs;
  std::string_view letters;     // short options that do; those with a value before them end a word
  std::string_view with_value;  // letters that take one
  std::string_view longs;       // long ones, "--output|--exec": also as far as getopt needs them
  int operands = -1;            // with more of them it writes; -1: any number
};

constexpr Row kRows[] = {
    {"sort", "o", "kStT", "--output|--compress-program", -1},
    {"uniq", "", "fsw", "", 1},
    {"date", "s", "drfI", "--set", -1},
    {"hostname", "bF", "", "--boot|--file", 0},
    {"env|printenv", "S", "uC", "--split-string", -1},
    {"less|more", "okO", "bhjnptTxyzPD", "--log-file|--LOG-FILE|--lesskey-file|--lesskey-src", -1},
    {"file", "C", "efFmP", "--compile", -1},
    {"rg", "", "", "--pre|--hostname-bin", -1},
    {"tree", "o", "LPIHT", "--output", -1},
    {"yq", "is", "opIP", "--inplace|--in-place|--split-exp", -1},
    {"xxd", "r", "clsgon", "-revert", 1},
    {"ss", "KD", "fF", "--kill|--diag", -1},
    {"nc|netcat|ncat", "ec", "wpsiqIxXTg", "--exec|--sh-exec|--lua-exec", 2},
    {"dockerize", "", "", "", 0},
    {"nginx|openresty", "g", "cep", "", 0},
    {"find", "", "", "-delete|-exec|-execdir|-ok|-okdir|-fprint|-fprint0|-fprintf|-fls", -1},
    {"pg_checksums", "ed", "Df", "--enable|--disable", -1},
    {"pg_waldump", "", "", "--save-fullpage", -1},
    {"pg_restore", "fd", "FILNPSTUhjnpt", "--file|--dbname", -1},
    {"borg", "", "", "--repair", -1},
    {"psql", "oLfv", "FPRTUcdhp", "--output|--log-file|--file|--variable|--set", -1},
    {"mysql|mariadb|mycli", "G", "#DPSehpu",
     "--init-command|--init-file|--tee|--pager|--defaults-file|--defaults-extra-file|--delimiter|"
     "--named-commands",
     -1},
    {"wp|wp-cli|wp-cli.phar", "", "", "--exec|--require|--ssh|--http", -1},
    {"usql|pgcli", "oLf", "cdhpUvw", "--out|--file|--log-file|--init-command", -1},
    {"sqlcmd", "iov", "HKMPQSUVYZacdfhlmqstwyz", "", -1},
    {"clickhouse-client|clickhouse", "", "dfhqu", "--queries-file|--multiquery", -1},
    {"cockroach", "f", "de", "--file", -1},
    {"sqlite3|sqlite", "", "", "-cmd|-init|-append|-zip|-A*", -1},
    {"mongosh|mongo", "f", "pu", "--file|--shell", -1},
    {"redis-cli|valkey-cli|keydb-cli", "xX", "Dadhinprstu",
     "--eval|--pipe|--functions-rdb|--ldb|--cluster|-x|-X", -1},
    {"cqlsh", "ef", "uptk", "--execute|--file", -1},
    {"mysqldump|mariadb-dump", "T", "#PShpruw",
     "--tab|--delete-master-logs|--delete-source-logs|--init-command", -1},
    {"tar|gtar|bsdtar", "xFU", "CfbTXVg",
     "--extract|--get|--delete|--to-command|--checkpoint-action|--info-script|--new-volume-script|"
     "--rsh-command|--rmt-command|--index-file|--remove-files|--update|--append|--catenate",
     -1},
};

// `--outp` is `--output`, and so is `--output=x`.
bool means_long(std::string_view word, std::string_view longs) {
  word = word.substr(0, word.find('='));
  constexpr std::size_t kShortest = 4;  // "--ex"
  while (!longs.empty()) {
    const std::size_t bar = std::min(longs.find('|'), longs.size());
    const std::string_view one = longs.substr(0, bar);
    longs.remove_prefix(std::min(bar + 1, longs.size()));
    if (knowledge::matches_any(one, word)) return true;
    if (word.size() >= kShortest && word.starts_with("--") && one.starts_with(word)) return true;
  }
  return false;
}

bool takes_the_next(std::string_view word, std::string_view with_value) {
  if (word.size() < 2 || word[0] != '-' || word[1] == '-') return false;
  const std::size_t at = word.find_first_of(with_value, 1);
  return at != std::string_view::npos && at + 1 == word.size();
}

// Words that are neither options nor their values, as far as the program's letters tell.
std::vector<std::string_view> operands(Words words, std::string_view with_value) {
  std::vector<std::string_view> out;
  bool dashes = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (!dashes && text == "--") {
      dashes = true;
    } else if (!dashes && text.size() > 1 && text[0] == '-') {
      if (takes_the_next(text, with_value)) ++at;
    } else {
      out.push_back(text);
    }
  }
  return out;
}

const Row* row_of(std::string_view program) {
  const auto* found = std::find_if(std::begin(kRows), std::end(kRows),
                                   [&](const Row& row) { return listed(row.programs, program); });
  return found == std::end(kRows) ? nullptr : found;
}

// A harmless value of an option that is harmful elsewhere.
bool is_harmless(std::string_view program, Words words, std::size_t at) {
  const std::string& text = words[at].text;
  const auto next_is = [&](std::string_view wanted) {
    return at + 1 < words.size() && words[at + 1].text == wanted;
  };
  if (program == "psql") {
    // Only what psql reads from a file or a pipe sees the variables, apart from its own settings.
    if (text == "-v" || text.starts_with("--set") || text.starts_with("--variable")) {
      const std::size_t equals = text.find('=');
      const std::string_view value = equals != std::string::npos
                                         ? std::string_view(text).substr(equals + 1)
                                     : at + 1 < words.size() ? std::string_view(words[at + 1].text)
                                                             : std::string_view();
      return value.find_first_of(";\\`") == std::string_view::npos;
    }
    return text.starts_with("-v") && text.find_first_of(";\\`") == std::string::npos;
  }
  if (program == "pg_restore") return text == "-f" && next_is("-");
  return program == "sqlcmd" && text.starts_with("-v");
}

bool by_row(const Row& row, std::string_view program, Words words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const Argument& word = words[at];
    // An unquoted value may be any option.
    if (word.splits && !word.holes.empty() && word.holes.front().at == 0 &&
        (at == 0 || !words[at - 1].text.starts_with('-'))) {
      return true;
    }
    if (word.text.size() < 2 || word.text[0] != '-') continue;
    if (word.text == "--") break;
    const bool told = means_long(word.text, row.longs) ||
                      std::any_of(row.letters.begin(), row.letters.end(), [&](char letter) {
                        return has_letter(word.text, letter, std::string(row.with_value));
                      });
    if (told && !is_harmless(program, words, at)) return true;
    if (takes_the_next(word.text, row.with_value)) ++at;
  }
  return row.operands >= 0 &&
         operands(words, row.with_value).size() > static_cast<std::size_t>(row.operands);
}

bool awk_does_more(Words words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const Argument& word = words[at];
    if (word.text.starts_with("-") && word.text.size() > 1 && word.text != "--") {
      const bool value = word.text.starts_with("-F") || word.text.starts_with("-v");
      if (!value) return true;
      if (word.text.size() == 2) ++at;
      continue;
    }
    if (word.text == "--") continue;
    return !word.known() || !awk_only_reads(word.text);
  }
  return true;
}

// `date +%s`, `date -d yesterday`; `date 0101` sets it.
bool date_does_more(Words words) {
  const auto rest = operands(words, "drfI");
  return std::any_of(rest.begin(), rest.end(),
                     [](std::string_view word) { return !word.starts_with('+'); });
}

bool mysqladmin_does_more(Words words) {
  const auto rest = operands(words, "#PSchipuw");
  return std::any_of(rest.begin(), rest.end(), [](std::string_view word) {
    return !listed("ping|status|extended-status|processlist|version|variables", word);
  });
}

// `-I zstd` and `--use-compress-program='pigz -9'` pack; what else it names is run, too.
bool tar_does_more(Words words) {
  constexpr std::string_view kPackers = "gzip|pigz|bzip2|pbzip2|lbzip2|xz|pxz|zstd|zstdmt|lz4|lzop";
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    std::string_view packer;
    if (at == 0 && !text.starts_with('-')) {
      if (text.find_first_of("IFxruA") != std::string_view::npos) return true;
    } else if (text == "-I" || means_long(text, "--use-compress-program")) {
      const std::size_t equals = text.find('=');
      if (equals != std::string_view::npos) {
        packer = text.substr(equals + 1);
      } else if (at + 1 < words.size()) {
        packer = words[at + 1].text;
      }
      packer.remove_prefix(packer.rfind('/') + 1);  // npos + 1 is 0
      if (!listed(kPackers, packer.substr(0, packer.find(' ')))) return true;
    } else if (has_letter(text, 'I', "CfbTXVg")) {
      return true;
    }
  }
  return false;
}

// These do all that they are told: `rails db:version db:drop`, `flyway info migrate`.
bool does_several(std::string_view program, Words words) {
  if (!listed("rails|rake|gitlab-rails|gitlab-rake|flyway|mvn|mvnw|gradle|gradlew", program)) {
    return false;
  }
  const auto told = operands(words, "ePDfp");
  return std::count_if(told.begin(), told.end(), [](std::string_view word) {
           return word.find('=') == std::string_view::npos;  // RAILS_ENV=production
         }) > 1;
}

bool looks_more(std::string_view program, Words words, const knowledge::Recognised& found) {
  if (does_several(program, words)) return true;
  if (listed("awk|gawk|mawk|nawk", program)) return awk_does_more(words);
  if (listed("tar|gtar|bsdtar", program)) return tar_does_more(words);
  if (program == "date" && date_does_more(words)) return true;
  if (listed("curl|wget|http|xh|httpie", program) && found.effect == Effect::kReads) {
    return !request_only_looks(program, words);
  }
  // Which of its commands look, known_look knows, and has said no.
  if (listed(knowledge::kRedis, program)) return found.effect == Effect::kReads;
  if (listed("mysqladmin|mariadb-admin", program)) return mysqladmin_does_more(words);
  if (listed(knowledge::kMongo, program) && found.effect == Effect::kReads) {
    bool asks = true;
    for (std::size_t at = 0; at < words.size(); ++at) {
      const std::string& text = words[at].text;
      if (text == "--eval" && at + 1 < words.size()) {
        asks = asks && words[at + 1].known() && only_asks_mongo(words[at + 1].text);
      } else if (text.starts_with("--eval=")) {
        asks = asks && words[at].known() && only_asks_mongo(std::string_view(text).substr(7));
      }
    }
    return !asks;
  }
  if (listed("less|more", program)) {
    return std::any_of(words.begin(), words.end(),
                       [](const Argument& word) { return word.text.starts_with('+'); });
  }
  return false;
}

// A shell or a console for a person has no task of its own.
bool shell_more(std::string_view program, Words words) {
  struct Console {
    std::string_view programs;
    std::size_t operands;
    std::string_view with_value;
  };
  static constexpr Console kConsoles[] = {
      {"manage.py|django-admin|django-admin.py|django", 1, ""},
      {"rails|rake|gitlab-rake|gitlab-rails", 2, "e"},
      {"artisan|flask", 1, ""},
      {"wp|wp-cli|wp-cli.phar", 2, ""},
      {"drush|drush.phar", 1, ""},
      {"psql", 2, "FPRTUcdhpv"},
      {"mysql|mariadb|mycli|pgcli|usql", 2, "#DPSehuU"},
      {"sqlite3|sqlite", 1, ""},
      {"sqlcmd|cockroach|clickhouse-client|clickhouse", 3, "SUPdhuq"},
      {"redis-cli|valkey-cli|keydb-cli", 0, "Dadhinprstu"},
      {"cqlsh", 2, "uptk"},
      {"bench", 2, ""},
      {"iex|rabbitmqadmin|cypher-shell", 0, "uSpadH"},
  };
  constexpr std::string_view kTells =
      "--command|--execute|--eval|--cmd|--statement|--query|--code|--plain-command|--init-command";
  for (const Argument& word : words) {
    if (means_long(word.text, kTells)) return true;
  }
  if (listed(knowledge::kMongo, program)) {
    return std::any_of(words.begin(), words.end(), [](const Argument& word) {
      return word.text.ends_with(".js") || word.text.ends_with(".mongodb");
    });
  }
  const auto* console =
      std::find_if(std::begin(kConsoles), std::end(kConsoles),
                   [&](const Console& each) { return listed(each.programs, program); });
  if (console == std::end(kConsoles)) return false;
  if (operands(words, console->with_value).size() > console->operands) return true;
  static constexpr std::array<std::string_view, 2> kShort = {"-c", "-e"};
  const bool by_letter = listed("manage.py|django-admin|django|flask|artisan|iex|bench", program);
  return by_letter && std::any_of(words.begin(), words.end(), [](const Argument& word) {
           return one_of(std::string_view(word.text).substr(0, 2), kShort);
         });
}

}  // namespace

bool told_more(std::span<const Argument> argv, const knowledge::Recognised& found) {
  const Words words = argv.subspan(knowledge::skip_interpreter(argv).at);
  if (words.empty()) return false;
  const std::string_view program = knowledge::base_name(words.front());
  const Words rest = words.subspan(1);
  if (const Row* row = row_of(program); row != nullptr && by_row(*row, program, rest)) return true;
  if (found.effect == Effect::kShell) return shell_more(program, rest);
  return looks_more(program, rest, found);
}

}  // namespace composelint::calls
