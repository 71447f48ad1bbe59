#include "guard/secret_words.h"

#include <composelint/secret_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "analyzer/text/path.h"
#include "guard/mask_words.h"
#include "guard/shell_text.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kDeepest = 4;  // shell texts in shell texts

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(c == '-' ? '_' : std::toupper(c));
  });
  return out;
}

// Letters of options by which a program takes a secret, in the same word or the next.
struct Program {
  std::string_view name;
  std::string_view secret;  // the whole value
  std::string_view user;    // `user:secret`
  std::string_view flags;   // what may stand in front of them in one word
};

constexpr std::string_view kMysqlFlags = "ABCEHNTXbfnqrstvw";
constexpr std::array<Program, 33> kPrograms = {{
    {"mysql", "p", "", kMysqlFlags},
    {"mysqldump", "p", "", kMysqlFlags},
    {"mysqladmin", "p", "", kMysqlFlags},
    {"mysqlimport", "p", "", kMysqlFlags},
    {"mysqlcheck", "p", "", kMysqlFlags},
    {"mysqlshow", "p", "", kMysqlFlags},
    {"mysqlsh", "p", "", ""},
    {"mariadb", "p", "", kMysqlFlags},
    {"mariadb-dump", "p", "", kMysqlFlags},
    {"mariadb-admin", "p", "", kMysqlFlags},
    {"mariadb-check", "p", "", kMysqlFlags},
    {"mariadb-import", "p", "", kMysqlFlags},
    {"sshpass", "p", "", "ve"},
    {"mongo", "p", "", ""},
    {"mongosh", "p", "", ""},
    {"mongodump", "p", "", "v"},
    {"mongorestore", "p", "", "v"},
    {"mongoexport", "p", "", "v"},
    {"mongoimport", "p", "", "v"},
    {"redis-cli", "a", "", ""},
    {"valkey-cli", "a", "", ""},
    {"keydb-cli", "a", "", ""},
    {"curl", "b", "uU", "#0123456BGIJLMNOSafgijklnpqsv"},
    {"http", "", "a", ""},
    {"sqlcmd", "P", "", "CIE"},
    {"bcp", "P", "", ""},
    {"ldapsearch", "w", "", "xvnZLA"},
    {"ldapmodify", "w", "", "xvnZac"},
    {"ldapadd", "w", "", "xvnZc"},
    {"cqlsh", "p", "", ""},
    {"login", "p", "", ""},
    {"unzip", "P", "", "oqntlvjp"},
    {"7z", "p", "", ""},
}};
// Their --password asks for one and takes no word.
constexpr std::array<std::string_view, 9> kAskingPrograms = {
    "psql",       "pg_dump", "pg_dumpall", "pg_restore",   "createdb",
    "createuser", "dropdb",  "vacuumdb",   "pg_basebackup"};
constexpr std::array<std::string_view, 3> kUserOptions = {"--user", "--proxy-user", "--auth"};

class Words {
 public:
  Words(std::span<const std::string_view> words, std::size_t depth)
      : words_(words), depth_(depth), out_(words.size()) {}

  std::vector<std::vector<TextRange>> read() {
    for (at_ = 0; at_ < words_.size(); ++at_) take();
    for (std::vector<TextRange>& ranges : out_) ranges = merged(std::move(ranges));
    return std::move(out_);
  }

 private:
  void hide(std::size_t word, std::size_t from, std::size_t to = std::string_view::npos) {
    if (word >= words_.size()) return;
    to = std::min(to, words_[word].size());
    if (from < to) out_[word].emplace_back(from, to);
  }
  void hide_next(std::size_t ahead = 1) { hide(at_ + ahead, 0); }
  // What stands behind the ':' of `user:secret`.
  void hide_user(std::size_t word, std::size_t from) {
    if (word >= words_.size()) return;
    const std::size_t colon = words_[word].find(':', from);
    if (colon != std::string_view::npos) hide(word, colon + 1);
  }
  [[nodiscard]] bool next_is_value() const {
    return at_ + 1 < words_.size() && !words_[at_ + 1].starts_with('-');
  }
  // Where NAME=… has its '='; npos: it is none, or the text of a shell that holds one.
  [[nodiscard]] static std::size_t assignment(std::string_view word) {
    const std::size_t equals = word.find('=');
    const bool one = equals != std::string_view::npos && equals > 0 &&
                     word.find_first_of(" \t\n;|&'\"") >= equals;
    return one ? equals : std::string_view::npos;
  }
  void hide_assigned(std::size_t word, std::size_t from) {
    if (word >= words_.size()) return;
    const std::string_view rest = words_[word].substr(from);
    const std::size_t equals = assignment(rest);
    if (equals == std::string_view::npos) return;
    const std::string_view value = rest.substr(equals + 1);
    if (is_switch(value) && !may_name_a_secret(rest.substr(0, equals))) return;
    hide(word, from + equals + 1);
  }
  // "1", "true", …: what a reader misses, and nobody hides.
  [[nodiscard]] static bool is_switch(std::string_view value) {
    static constexpr std::array<std::string_view, 8> kSwitches = {"0",  "1",   "true", "false",
                                                                  "on", "off", "yes",  "no"};
    return one_of(value, kSwitches);
  }

  void take() {
    const std::string_view word = words_[at_];
    know_program(word);
    if (word.starts_with("--")) {
      long_option(word);
    } else if (word.starts_with('-') && word.size() > 1) {
      short_options(word);
    } else {
      plain(word);
    }
    for (const TextRange& range : told_ranges(word)) out_[at_].push_back(range);
    if (depth_ < kDeepest && word.find_first_of(" \t\n") != std::string_view::npos) inside(word);
    if (const TextRange dsn = password_of_address(word); dsn.second > 0) out_[at_].push_back(dsn);
  }

  void know_program(std::string_view word) {
    const std::string_view name = text::name_of(word);
    for (const Program& each : kPrograms) {
      if (each.name == name) program_ = &each;
    }
    if (one_of(name, kAskingPrograms)) asks_ = true;
  }

  void long_option(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const bool attached = equals != std::string_view::npos;
    if (name == "--env" || name == "--build-arg") {
      return attached ? hide_assigned(at_, equals + 1) : hide_assigned(at_ + 1, 0);
    }
    if (program_ != nullptr && !program_->user.empty() && one_of(name, kUserOptions)) {
      return attached ? hide_user(at_, equals + 1) : hide_user(at_ + 1, 0);
    }
    if (!may_name_a_secret(name)) return;
    if (attached) return hide(at_, equals + 1);
    if (asks_ && name == "--password") return;
    hide_next();
  }

  void short_options(std::string_view word) {
    // `-e NAME=…`, with what else exec and run have in one letter in front of it.
    const std::size_t e = word.find('e');
    if (e != std::string_view::npos &&
        word.substr(1, e - 1).find_first_not_of("dDiItTPqQ") == std::string_view::npos) {
      if (e + 1 == word.size()) {
        hide_assigned(at_ + 1, 0);
      } else {
        hide_assigned(at_, e + (word[e + 1] == '=' ? 2U : 1U));
      }
    }
    if (program_ != nullptr && program_option(word)) return;
    // `-password x`, as Go and Java have them.
    const std::size_t equals = word.find('=');
    if (word.size() > 3 && may_name_a_secret(word.substr(1, std::min(equals, word.size()) - 1))) {
      return equals == std::string_view::npos ? hide_next() : hide(at_, equals + 1);
    }
  }

  bool program_option(std::string_view word) {
    const std::string letters = std::string(program_->secret) + std::string(program_->user);
    const std::size_t letter = word.find_first_of(letters, 1);
    if (letter == std::string_view::npos) return false;
    if (word.substr(1, letter - 1).find_first_not_of(program_->flags) != std::string_view::npos) {
      return false;
    }
    const bool user = program_->user.find(word[letter]) != std::string_view::npos;
    if (letter + 1 < word.size()) {
      user ? hide_user(at_, letter + 1) : hide(at_, letter + 1);
    } else if (user) {
      hide_user(at_ + 1, 0);
    } else if (next_is_value()) {
      hide_next();
    }
    return true;
  }

  void plain(std::string_view word) {
    static constexpr std::array<std::string_view, 3> kUserThenPassword = {
        "add_user", "change_password", "authenticate_user"};
    static constexpr std::array<std::string_view, 3> kRedis = {"requirepass", "masterauth",
                                                               "primaryauth"};
    const std::size_t equals = assignment(word);
    if (equals != std::string_view::npos && may_name_a_secret(word.substr(0, equals)) &&
        !(word.starts_with("PWD=/") || word.starts_with("OLDPWD=/"))) {
      return hide(at_, equals + 1);
    }
    if (one_of(word, kUserThenPassword)) return hide_next(2);
    if (one_of(word, kRedis)) return hide_next();
    if (word.starts_with("pass:") && word.find(' ') == std::string_view::npos) return hide(at_, 5);
    const std::string_view program = program_ == nullptr ? std::string_view() : program_->name;
    if (program.ends_with("-cli") && upper(word) == "AUTH") {
      for (std::size_t ahead = 1; at_ + ahead < words_.size(); ++ahead) hide_next(ahead);
    }
    if (program.ends_with("admin") && word == "password") hide_next();
  }

  // A word with blanks may be the text of a shell.
  void inside(std::string_view word) {
    for (const std::vector<TextRange>& command : shell_commands(word)) {
      std::vector<std::string_view> words;
      for (const auto& [begin, end] : command) words.push_back(word.substr(begin, end - begin));
      const auto found = Words(words, depth_ + 1).read();
      for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto& [begin, end] : found[i]) {
          out_[at_].emplace_back(command[i].first + begin, command[i].first + end);
        }
      }
    }
  }

  std::span<const std::string_view> words_;
  std::size_t depth_;
  std::vector<std::vector<TextRange>> out_;
  std::size_t at_ = 0;
  const Program* program_ = nullptr;
  bool asks_ = false;
};

}  // namespace

bool may_name_a_secret(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kLast = {
      "PASS", "PWD", "PW",    "PSWD",        "AUTH",       "COOKIE",
      "JWT",  "PSK", "CREDS", "REQUIREPASS", "MASTERAUTH", "PASSCODE"};
  static constexpr std::array<std::string_view, 5> kKeys = {"APP_KEY", "AUTH_KEY", "MASTER_KEY",
                                                            "SIGNING_KEY", "ENCRYPTION_KEY"};
  const bool option = name.starts_with('-');
  while (name.starts_with('-')) name.remove_prefix(1);
  // `--no-password`, `--skip-password`: they take nothing.
  if (option) {
    for (const std::string_view no : {"no-", "skip-", "without-", "has-"}) {
      if (name.starts_with(no)) return false;
    }
  }
  if (names_a_secret(name)) return true;
  const std::string whole = upper(name);
  for (const std::string_view key : kKeys) {
    if (whole.ends_with(key)) return true;
  }
  // "userPass" as well as "USER_PASS".
  for (const std::string_view tail : {"Pass", "Pwd"}) {
    if (name.size() > tail.size() && name.ends_with(tail)) return true;
  }
  return one_of(std::string_view(whole).substr(whole.rfind('_') + 1), kLast);
}

std::vector<std::vector<TextRange>> secret_ranges(const std::vector<std::string>& argv) {
  const std::vector<std::string_view> words(argv.begin(), argv.end());
  return Words(words, 0).read();
}

}  // namespace composelint::guard
