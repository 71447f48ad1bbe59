#include "guard/secret_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/text/path.h"
#include "guard/mask_words.h"
#include "guard/program_text.h"
#include "guard/secret_input.h"
#include "guard/secret_programs.h"
#include "guard/shell_text.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kDeepest = 4;  // shell texts in shell texts

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

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
  // What stands behind the ':' of `user:secret`, the '%' of `user%secret`; 0: all of it.
  void hide_behind(char mark, std::size_t word, std::size_t from) {
    if (word >= words_.size()) return;
    if (mark == 0) return hide(word, from);
    if (mark == '=') return hide_assigned(word, from);
    const std::string_view value = words_[word].substr(from);
    if (mark == '/') {  // `user/secret@where`, and no path
      if (value.starts_with('/') || value.starts_with('.')) return;
      const std::size_t slash = value.find('/');
      if (slash == std::string_view::npos) return;
      const std::size_t where = value.rfind('@');
      return hide(word, from + slash + 1,
                  where == std::string_view::npos || where < slash ? where : from + where);
    }
    const std::size_t at = value.find(mark);
    if (at != std::string_view::npos && value.substr(at, 3) != "://") hide(word, from + at + 1);
  }
  [[nodiscard]] bool next_is_value() const {
    return at_ + 1 < words_.size() && !words_[at_ + 1].starts_with('-');
  }
  // Where NAME=… has its '='; npos: it is none, or the text of a shell that holds one.
  [[nodiscard]] static std::size_t assignment(std::string_view word) {
    const std::size_t equals = word.find('=');
    // Of a URL the text of which tells more: `https://host/?token=x&a=b`.
    const bool one = equals != std::string_view::npos && equals > 0 &&
                     word.find_first_of(" \t\n;|&'\"?#") >= equals;
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
    known_places(word);
    know_program(word);
    if (known_option(word)) {
      // and nothing else
    } else if (word.starts_with("--")) {
      long_option(word);
    } else if (word.starts_with('-') && word.size() > 1) {
      short_options(word);
    } else if (!is_shell_text()) {
      plain(word);
    }
    for (const TextRange& range : told_ranges(word)) out_[at_].push_back(range);
    for (const TextRange& range : program_ranges(word)) out_[at_].push_back(range);
    if (depth_ < kDeepest && word.find_first_of(" \t\n") != std::string_view::npos) inside(word);
    if (const TextRange dsn = password_of_address(word); dsn.second > 0) out_[at_].push_back(dsn);
  }

  // `sh -c 'PASSWORD=x psql …'`: an assignment is a part of it.
  [[nodiscard]] bool is_shell_text() const {
    static constexpr std::array<std::string_view, 8> kShells = {"sh",  "bash", "dash", "ash",
                                                                "zsh", "ksh",  "su",   "runuser"};
    if (at_ < 2) return false;
    const std::string_view option = words_[at_ - 1];
    if (!option.starts_with('-') || option.starts_with("--") || !option.ends_with('c'))
      return false;
    const auto front = words_.first(at_ - 1);
    return std::any_of(front.begin(), front.end(),
                       [](std::string_view word) { return one_of(text::name_of(word), kShells); });
  }

  void know_program(std::string_view word) {
    const std::string_view name = text::name_of(word);
    if (name.empty()) return;  // as the rows for any program are called
    const auto is_named = [&](const auto& row) { return row.name == name; };
    const auto letters = letter_rows();
    const auto found = std::find_if(letters.begin(), letters.end(), is_named);
    const auto options = option_rows();
    const auto places = place_rows();
    if (found != letters.end() || std::any_of(options.begin(), options.end(), is_named) ||
        std::any_of(places.begin(), places.end(), is_named)) {
      program_ = name;
      letters_ = found == letters.end() ? nullptr : &*found;
    }
    if (asks_for_password(name)) asks_ = true;
    static constexpr std::array<std::string_view, 8> kSettings = {
        "set", "config", "configure", "config:set", "config:system:set", "config:app:set",
        "put", "option"};
    if (one_of(word, kSettings)) sets_ = true;
    static constexpr std::array<std::string_view, 2> kUsers = {"user", "users"};
    if (!users_ && at_ > 0 && one_of(word, kUsers)) users_of_ = text::name_of(words_[at_ - 1]);
    users_ = users_ || one_of(word, kUsers);
    makes_user_ = makes_user_ || (users_ && one_of(word, kMaking));
  }

  bool known_option(std::string_view word) {
    if (!word.starts_with('-')) return false;
    const std::size_t equals = word.find('=');
    for (const OptionRow& row : option_rows()) {
      if (!row.name.empty() && row.name != program_) continue;
      for (std::string_view rest = row.options; !rest.empty();) {
        const std::string_view option = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(option.size() + 1, rest.size()));
        if (word == option) {
          hide_behind(row.behind, at_ + 1, 0);
          return true;
        }
        if (word.substr(0, equals) == option) {
          hide_behind(row.behind, at_, equals + 1);
          return true;
        }
        // `-Uuser%secret`
        if (option.size() == 2 && word.starts_with(option) && row.behind != 0) {
          hide_behind(row.behind, at_, 2);
          return true;
        }
      }
    }
    return false;
  }

  // From the word on from which the places are counted.
  void known_places(std::string_view word) {
    for (const PlaceRow& row : place_rows()) {
      const bool here = row.after.empty() ? row.name == text::name_of(word)
                                          : row.name == program_ && row.after == word;
      if (!here) continue;
      std::vector<std::size_t> places;
      bool flagged = row.flag == 0;
      for (std::size_t i = at_ + 1; i < words_.size(); ++i) {
        if (!words_[i].starts_with('-')) {
          places.push_back(i);
        } else if (!words_[i].starts_with("--") &&
                   words_[i].find(row.flag) != std::string_view::npos) {
          flagged = true;
        }
      }
      if (!flagged || places.empty()) continue;
      for (std::size_t i = row.from == 0 ? places.size() : row.from; i <= places.size(); ++i) {
        hide_behind(row.behind, places[i - 1], 0);
      }
    }
  }

  void long_option(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const bool attached = equals != std::string_view::npos;
    // `occ config:system:set dbpassword --value=x`
    if (!may_name_a_secret(name) && !(named_ && name == "--value")) return;
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
    if (word == "-l") return hide_assigned(at_ + 1, 0);  // labels of `run`
    if (letters_ != nullptr && program_option(word)) return;
    // `users create -p x`, `-u name -p x`
    if (word == "-p" && next_is_value() && (makes_user_ || beside_user())) return hide_next();
    // `-password x`, as Go and Java have them.
    const std::size_t equals = word.find('=');
    if (word.size() > 3 && may_name_a_secret(word.substr(1, std::min(equals, word.size()) - 1))) {
      return equals == std::string_view::npos ? hide_next() : hide(at_, equals + 1);
    }
  }

  // A number is a port.
  [[nodiscard]] bool beside_user() const {
    const auto is_user = [&](std::size_t at) {
      return at < words_.size() && (words_[at] == "-u" || words_[at] == "-U" ||
                                    words_[at] == "--user" || words_[at] == "--username");
    };
    const std::string_view value = words_[at_ + 1];
    return value.find_first_not_of("0123456789") != std::string_view::npos &&
           ((at_ >= 2 && is_user(at_ - 2)) || is_user(at_ + 2));
  }

  // Behind such a task: the name of the user, and then what may be the password.
  void user_task(std::string_view word) {
    const std::size_t open = word.find('[');
    if (open != std::string_view::npos && word.ends_with(']')) {
      if (!makes_a_user(word.substr(0, open))) return;
      const std::size_t comma = word.find(',', open);
      const bool first = upper_name(word.substr(0, open)).find("PASSW") != std::string::npos;
      if (comma != std::string_view::npos || first) {
        hide(at_, (comma == std::string_view::npos ? open : comma) + 1, word.size() - 1);
      }
      return;
    }
    // wp takes it by an option; `login` is a word of SQL as well.
    const bool two = makes_user_ && one_of(word, kMaking) && depth_ == 0 && users_of_ != "wp";
    const bool login = word == "login" && depth_ == 0;
    if (!makes_a_user(word) && !login && !two) return;
    std::size_t operand = 0;
    for (std::size_t i = at_ + 1; i < words_.size() && !words_[i].starts_with('-'); ++i) {
      if (++operand == 1 || words_[i].find('@') != std::string_view::npos) continue;
      if (words_[i].find_first_of("<>|&;") == std::string_view::npos) hide(i, 0);
    }
  }

  bool program_option(std::string_view word) {
    const std::string letters = std::string(letters_->secret) + std::string(letters_->user);
    const std::size_t letter = word.find_first_of(letters, 1);
    if (letter == std::string_view::npos) return false;
    if (word.substr(1, letter - 1).find_first_not_of(letters_->flags) != std::string_view::npos) {
      return false;
    }
    const bool user = letters_->user.find(word[letter]) != std::string_view::npos;
    if (letter + 1 < word.size()) {
      user ? hide_behind(':', at_, letter + 1) : hide(at_, letter + 1);
    } else if (user) {
      hide_behind(':', at_ + 1, 0);
    } else if (next_is_value()) {
      hide_next();
    }
    return true;
  }

  void plain(std::string_view word) {
    const std::size_t equals = assignment(word);
    if (equals != std::string_view::npos && may_name_a_secret(word.substr(0, equals)) &&
        !(word.starts_with("PWD=/") || word.starts_with("OLDPWD=/"))) {
      return hide(at_, equals + 1);
    }
    if (const std::size_t ahead = secret_ahead(word);
        ahead == 1 || (ahead > 1 && next_is_value())) {
      return hide_next(ahead);
    }
    // composer's `config http-basic.host user x`
    if (word.starts_with("http-basic.")) return hide_next(2);
    user_task(word);
    // `set aws_secret_access_key x`, `config set //registry/:_authToken x`
    const std::string_view setting = word.substr(word.find_last_of("/:.") + 1);
    const bool certain = names_a_secret(setting);
    // AUTH_KEY, and not a service called auth.
    const bool likely = setting.find('_') != std::string_view::npos && may_name_a_secret(setting);
    if (sets_ && (certain || likely)) {
      named_ = true;
      if (next_is_value() && (certain || !is_switch(words_[at_ + 1]))) hide_next();
    }
    if (word.starts_with("pass:") && word.find(' ') == std::string_view::npos) return hide(at_, 5);
    if (program_.ends_with("-cli") && upper_name(word) == "AUTH") {
      for (std::size_t ahead = 1; at_ + ahead < words_.size(); ++ahead) hide_next(ahead);
    }
    // ACL SETUSER u on >x ~*
    if (program_.ends_with("-cli") && upper_name(word) == "SETUSER") {
      for (std::size_t i = at_ + 1; i < words_.size(); ++i) {
        if (words_[i].find_first_of("><#!") == 0) hide(i, 1);
      }
    }
    if (program_.ends_with("admin") && word == "password") hide_next();
  }

  // A word with blanks may be the text of a shell.
  void inside(std::string_view text) {
    bool by_input = false;
    const ShellCommands commands = shell_commands(text);
    std::vector<TextRange> hidden;
    const auto add = [&](const std::vector<TextRange>& ranges) {
      hidden.insert(hidden.end(), ranges.begin(), ranges.end());
    };
    for (const std::vector<TextRange>& command : commands) {
      std::vector<std::string_view> words;
      for (const auto& [begin, end] : command) words.push_back(text.substr(begin, end - begin));
      by_input = by_input || takes_by_input(words);
      if (writes_passwords(words)) add(input_ranges(text, {command}));
      const auto found = Words(words, depth_ + 1).read();
      for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto& [begin, end] : found[i]) {
          hidden.emplace_back(command[i].first + begin, command[i].first + end);
        }
      }
    }
    if (by_input) add(input_ranges(text, commands));
    add(assigned_ranges(text, commands, hidden));
    out_[at_].insert(out_[at_].end(), hidden.begin(), hidden.end());
  }

  static constexpr std::array<std::string_view, 3> kMaking = {"create", "add", "change-password"};

  std::span<const std::string_view> words_;
  std::size_t depth_;
  std::vector<std::vector<TextRange>> out_;
  std::size_t at_ = 0;
  std::string_view program_;  // the last one that a table knows
  const LetterRow* letters_ = nullptr;
  bool sets_ = false;
  bool asks_ = false;
  bool named_ = false;  // a setting that is secret
  bool users_ = false;
  std::string_view users_of_;  // the word before
  bool makes_user_ = false;
};

}  // namespace

std::vector<std::vector<TextRange>> secret_ranges(const std::vector<std::string>& argv) {
  const std::vector<std::string_view> words(argv.begin(), argv.end());
  return Words(words, 0).read();
}

}  // namespace composelint::guard
