#include "guard/told_statements.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "analyzer/text/path.h"
#include "guard/data_places.h"
#include "guard/inner_work.h"
#include "guard/printed_text.h"
#include "guard/sqlite_file.h"
#include "guard/statement_file.h"

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// A value that stands in one word with its option is read as well.
Statements statements_in_word(std::string_view text, Strings strings) {
  const bool long_option = text.starts_with("--") && !text.starts_with("-- ");
  if (text.starts_with("-c") || text.starts_with("-e")) text.remove_prefix(2);
  if (long_option) text.remove_prefix(std::min(text.find('='), text.size() - 1) + 1);
  return text.find_first_of(" \t\n") == std::string_view::npos ? Statements::kNone
                                                               : statements_in(text, strings);
}

// Of a shell text: what stands behind `<<<`, or in a here-document.
Statements fed_within(const std::string& text, Strings strings) {
  const std::size_t at = text.find("<<");
  if (at == std::string::npos) return Statements::kNone;
  const bool document = text.compare(at, 3, "<<<") != 0;
  const std::size_t begin = document ? text.find('\n', at) : text.find_first_not_of("< '\"\\", at);
  return statements_in(std::string_view(text).substr(std::min(begin, text.size())), strings);
}

// `-c`, `-qXc`, `-cselect`
bool gives(std::string_view word, char letter) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
         (word[1] == letter || word.back() == letter);
}

// `\i /x.sql`, `\ir x.sql`, `source /x.sql`: lines by which a client reads another file.
std::vector<std::string> included_by(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kIncludes = {
      ".read", "\\i", "\\include", "\\include_relative", "\\ir", "\\.", "source"};
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    if (!one_of(line.substr(0, blank), kIncludes)) continue;
    line.remove_prefix(std::min(line.find_first_not_of(" \t'\"", blank), line.size()));
    const std::size_t past = line.find_first_of(" \t\r'\";");
    if (!line.empty()) out.emplace_back(line.substr(0, past));
  }
  return out;
}

class Files {
 public:
  Files(const GuardedCommand& command, const std::vector<TextCommand>& commands, Strings strings)
      : command_(command), places_(command), commands_(commands), strings_(strings) {
    const OptionUse* directory = command.call().option("--workdir");
    if (directory != nullptr && directory->value) base_ = directory->value->text;
  }

  ToldFiles read() {
    for (std::size_t i = 0; i < commands_.size(); ++i) {
      const TextCommand& one = commands_[i];
      if (program_name(one) == "cd" && one.words.size() == 2) {
        base_ = one.words[1].known ? inside(one.words[1].text) : "";
      } else if (is_client_of_sql(one)) {
        client(i);
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string inside(const std::string& path) const {
    if (path.starts_with('/')) return text::normalise(path);
    return base_.empty() ? "" : text::normalise(base_ + "/" + path);
  }

  void client(std::size_t at) {
    const TextCommand& one = commands_[at];
    const bool postgres = program_name(one) == "psql";
    bool told = is_client_of_sqlite(program_name(one)) && sqlite_is_told(one);
    for (std::size_t i = 1; i < one.words.size(); ++i) {
      const TextWord& word = one.words[i];
      const std::string& before = one.words[i - 1].text;
      told = told || gives(word.text, postgres ? 'c' : 'e') ||
             word.text.starts_with(postgres ? "--command" : "--execute");
      includes(word.text, "");
      if (before == "-init" && is_client_of_sqlite(program_name(one))) add(word);
      if (!postgres) continue;
      TextWord file = word;
      if (word.text.starts_with("--file=")) {
        file.text.erase(0, 7);
      } else if (before != "--file" && !(gives(before, 'f') && before.ends_with('f'))) {
        continue;
      }
      if (is_standard_input(file.text)) continue;
      add(file);
      told = true;
    }
    if (one.input) return add(*one.input);
    if (told) return;
    std::size_t head = at;
    while (head > 0 && commands_[head].piped_in) --head;
    // `(cat a; cat b) | psql`
    while (head < at && head > 0 && commands_[head - 1].piped_out) --head;
    bool through = head == at;  // what the task is fed
    for (std::size_t i = head; i < at; ++i) {
      const TextCommand& before = commands_[i];
      for (const TextWord& word : before.words) includes(word.text, "");
      const bool passes = passes_on(program_name(before));
      if (!passes && !edits(program_name(before))) continue;
      const bool named = add_all(before);
      through = through || (passes && !named && !before.piped_in);
    }
    if (through) fed();
  }

  // What most of passes through, changed here and there.
  static bool edits(std::string_view program) {
    static constexpr std::array<std::string_view, 8> kPrograms = {
        "awk", "dos2unix", "envsubst", "grep", "iconv", "sed", "tac", "tail"};
    return one_of(program, kPrograms);
  }

  // The files that it reads.
  bool add_all(const TextCommand& command) {
    if (command.input) add(*command.input);
    bool named = command.input.has_value();
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      if (command.words[i].text.starts_with('-')) continue;
      named = true;
      add(command.words[i]);
    }
    return named;
  }

  void fed() {
    const Stream& in = command_.step->in;
    if (in.kind == StreamKind::kFile) read_file(in.target.text);
  }

  void add(const TextWord& word) {
    if (word.known) read_file(places_.on_host(inside(word.text)));
  }

  // `beside`: the directory of the host that the text lies in; empty: it is no file.
  void includes(std::string_view text, const std::string& beside) {
    for (const std::string& path : included_by(text)) {
      std::string file = places_.on_host(inside(path));
      if (file.empty() && !beside.empty()) file = text::normalise(text::join_path(beside, path));
      read_file(file);
    }
  }

  void read_file(const std::string& path) {
    constexpr std::size_t kMostFiles = 64;
    if (path.empty() || !out_.losing.empty() || read_.contains({path, base_})) return;
    if (read_.size() == kMostFiles) {
      out_.unread = path;
      return;
    }
    read_.emplace(path, base_);
    const FileStatements found = statements_in_file(command_.files(), path, strings_);
    if (found.gravest == Statements::kLose) {
      out_.losing = path;
    } else if (!found.whole) {
      out_.unread = path;
    }
    includes(found.head, text::directory_of(path));
  }

  const GuardedCommand& command_;
  Places places_;
  const std::vector<TextCommand>& commands_;
  Strings strings_;
  std::string base_;  // where the container works; empty: not known
  // With where it was read from: files that include each other are read once.
  std::set<std::pair<std::string, std::string>> read_;
  ToldFiles out_;
};

// A string within a program begins as a statement does that deletes or writes.
bool begins_as_statement(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kVerbs = {"alter", "delete", "drop", "truncate",
                                                             "update"};
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
  const std::string word = lower_case(text.substr(0, text.find_first_of(" \t\n")));
  return one_of(word, kVerbs);
}

// `f'…'`, `rb'…'` of Python
std::string_view without_prefix(std::string_view before) {
  constexpr std::size_t kLongest = 2;
  const std::size_t begin = before.find_last_not_of("bfruBFRU") + 1;
  const bool prefix =
      before.size() - begin <= kLongest &&
      (begin == 0 || std::isalnum(static_cast<unsigned char>(before[begin - 1])) == 0);
  return prefix ? before.substr(0, begin) : before;
}

// `print('…')`, `puts "…"`: what stands there is shown.
bool is_shown(std::string_view before) {
  static constexpr std::array<std::string_view, 9> kShow = {
      "debug", "echo", "error", "info", "log", "print", "println", "puts", "warn"};
  before = without_prefix(before);
  const std::size_t end = before.find_last_not_of(" (");
  if (end == std::string_view::npos) return false;
  before = before.substr(0, end + 1);
  const std::size_t begin = before.find_last_not_of("abcdefghijklmnopqrstuvwxyz");
  return one_of(before.substr(begin == std::string_view::npos ? 0 : begin + 1), kShow);
}

// `"…"`, `'…'`, `"""…"""`
bool a_string_loses(std::string_view program) {
  for (std::size_t at = 0; at < program.size(); ++at) {
    const char quote = program[at];
    if (quote != '"' && quote != '\'' && quote != '`') continue;
    const std::string three(3, quote);
    const bool several = program.substr(at).starts_with(three);
    const std::size_t begin = at + (several ? 3 : 1);
    std::size_t end = begin;
    if (several) {
      end = std::min(program.find(three, begin), program.size());
    } else {
      while (end < program.size() && program[end] != quote) end += program[end] == '\\' ? 2U : 1U;
      end = std::min(end, program.size());
    }
    const std::string_view string = program.substr(begin, end - begin);
    // An apostrophe of a comment.
    if (!several && quote != '`' && string.find('\n') != std::string_view::npos) continue;
    if (begins_as_statement(string) && !is_shown(program.substr(0, at)) &&
        statements_in(string) == Statements::kLose) {
      return true;
    }
    at = end + (several ? 2 : 0);
  }
  return false;
}

// `Order.objects.all().delete()`, `User.delete_all`, `db.drop_all()`: all rows, or more. Where a
// condition stands in the same statement it is some of them.
bool a_call_loses(std::string_view program) {
  static constexpr std::array<std::string_view, 16> kCalls = {
      "\")->delete()",      "').del()",          "')->delete()",      ".all().delete(",
      ".deleteMany()",      ".deleteMany({})",   ".delete_all",       ".destroy_all",
      ".dropDatabase(",     ".drop_all(",        ".drop_collection(", ".drop_database(",
      ".sync({force: true", "::query()->delete", "::truncate(",       "->truncate("};
  static constexpr std::array<std::string_view, 6> kSome = {"exclude(", "filter(", "find",
                                                            "first(",   "get(",    "where"};
  for (const std::string_view call : kCalls) {
    for (std::size_t at = program.find(call); at != std::string_view::npos;
         at = program.find(call, at + 1)) {
      const std::size_t before = program.substr(0, at).find_last_of(";\n");
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      const std::string_view statement = program.substr(begin, at - begin);
      const bool some = std::any_of(kSome.begin(), kSome.end(), [&](std::string_view word) {
        return statement.find(word) != std::string_view::npos;
      });
      if (!some) return true;
    }
  }
  return false;
}

}  // namespace

bool is_standard_input(std::string_view file) {
  static constexpr std::array<std::string_view, 5> kNames = {
      "-", "/dev/fd/0", "/dev/stdin", "/proc/self/fd/0", "/proc/thread-self/fd/0"};
  return one_of(file, kNames);
}

bool includes_standard_input(std::string_view text) {
  const std::vector<std::string> files = included_by(text);
  return std::any_of(files.begin(), files.end(),
                     [](const std::string& file) { return is_standard_input(file); });
}

bool passes_on(std::string_view program) {
  static constexpr std::array<std::string_view, 11> kPrograms = {
      "bzcat", "cat", "gunzip", "gzip", "head", "pigz", "pv", "tee", "xzcat", "zcat", "zstdcat"};
  return one_of(program, kPrograms);
}

bool is_client_of_sql(const TextCommand& command) {
  static constexpr std::array<std::string_view, 3> kClients = {"mariadb", "mysql", "psql"};
  const std::string_view program = program_name(command);
  return one_of(program, kClients) || is_client_of_sqlite(program) || is_inner_client(command);
}

bool is_inner_client(const TextCommand& command) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "dbconsole", "dbshell", "sql-cli", "sql-query", "sql:cli", "sql:query", "sqlc", "sqlq"};
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    if (one_of(word, kNames)) return true;
    const bool behind_db = command.words[i - 1].text == "db" && (word == "query" || word == "cli");
    if (behind_db) return true;
  }
  return false;
}

bool writes_losing_statements(const std::vector<TextCommand>& commands) {
  static constexpr std::array<std::string_view, 3> kClients = {"mariadb", "mysql", "psql"};
  bool written = false;  // by a client, whose output goes on
  std::set<std::string, std::less<>> files;
  for (const TextCommand& command : commands) {
    const bool client = one_of(program_name(command), kClients);
    const bool given = (command.input && files.contains(command.input->text)) ||
                       std::any_of(command.words.begin(), command.words.end(),
                                   [&](const TextWord& word) { return files.contains(word.text); });
    if (client && given) return true;
    bool here = written && command.piped_in;
    for (const TextWord& word : command.words) {
      const bool run_at_once = word.text.find("\\gexec") != std::string::npos;
      const bool goes_on = command.piped_out || command.output;
      if ((!run_at_once && !goes_on) || !a_string_loses(word.text)) continue;
      if (run_at_once) return true;
      here = true;
    }
    if (here && client && written && command.piped_in) return true;
    // `>/tmp/x.sql`, `| tee /tmp/x.sql`
    if (here && command.output && command.output->known) files.insert(command.output->text);
    for (const TextWord& word : command.words) {
      if (here && program_name(command) == "tee" && word.known) files.insert(word.text);
    }
    written = here && command.piped_out;
  }
  return false;
}

Statements told_in_words(const ComposeInvocation& call, const std::vector<TextCommand>& commands,
                         Strings strings) {
  Statements gravest = Statements::kNone;
  for (const TextCommand& command : commands) {
    for (const TextWord& word : command.words) {
      gravest = std::max(gravest, statements_in_word(word.text, strings));
    }
    std::vector<std::string> words;
    for (const TextWord& word : command.words) words.push_back(word.text);
    if (const auto printed = printed_text(words)) {
      gravest = std::max(gravest, statements_in_word(*printed, strings));
    }
  }
  for (const Argument& word : call.inner) {
    gravest = std::max(gravest, fed_within(word.text, strings));
  }
  return gravest;
}

ToldFiles told_by_files(const GuardedCommand& command, const std::vector<TextCommand>& commands,
                        Strings strings) {
  return Files(command, commands, strings).read();
}

bool program_loses(const std::vector<TextCommand>& commands) {
  static constexpr std::array<std::string_view, 16> kRun = {
      "artisan", "bun",  "deno", "flask", "ipython", "irb",     "manage.py", "node",
      "nodejs",  "perl", "php",  "rails", "ruby",    "ts-node", "tsx",       "wp"};
  return std::any_of(commands.begin(), commands.end(), [](const TextCommand& command) {
    const std::string_view program = program_name(command);
    if (!one_of(program, kRun) && !program.starts_with("python")) return false;
    return std::any_of(command.words.begin() + 1, command.words.end(), [](const TextWord& word) {
      return a_string_loses(word.text) || a_call_loses(word.text);
    });
  });
}

}  // namespace composelint::guard
