#include "guard/fed_call.h"

#include <composelint/lower_case.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/knowledge/wrappers.h"
#include "analyzer/text/path.h"
#include "guard/inner_work.h"
#include "guard/sqlite_file.h"
#include "guard/text_reader.h"
#include "guard/told_statements.h"

namespace composelint::guard {

namespace {

using Words = std::span<const Argument>;

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool is_store_of_keys(std::string_view program) {
  static constexpr std::array<std::string_view, 3> kClients = {"keydb-cli", "redis-cli",
                                                               "valkey-cli"};
  return one_of(program, kClients);
}

// `python manage.py shell`, `rails console`, `php artisan tinker`
bool is_console(Words words) {
  static constexpr std::array<std::string_view, 9> kNames = {
      "c", "console", "dbconsole", "dbshell", "runner", "shell", "shell_plus", "sql:cli", "tinker"};
  return words.size() > 1 && std::any_of(words.begin() + 1, words.end(), [](const Argument& word) {
           return one_of(word.text, kNames);
         });
}

bool is_client(std::string_view program) {
  static constexpr std::array<std::string_view, 6> kClients = {"mariadb", "mongo", "mongosh",
                                                               "mysql",   "psql",  "sqlite3"};
  return one_of(program, kClients);
}

// It has been given something to do: a file, a text.
bool is_told(std::string_view program, Words words) {
  static constexpr std::array<std::string_view, 9> kText = {
      "--command", "--eval", "--execute", "--file", "-c", "-e", "-f", "-m", "-r"};
  const auto reads = [&](const Argument& word) {
    return is_standard_input(word.text) || includes_standard_input(word.text) ||
           (word.text.starts_with("--file=") && is_standard_input(word.text.substr(7)));
  };
  if (std::any_of(words.begin() + 1, words.end(), reads)) return false;
  int operands = 0;
  for (const Argument& word : words.subspan(1)) {
    const std::string_view text = word.text;
    if (is_shell(program) && text == "-s") return false;
    const std::string_view name = text.substr(0, text.find('='));
    // `sh -e`, `mysql -f`, `redis-cli -e` are other things.
    const bool other = (is_shell(program) && name != "-c") ||
                       (program != "psql" && is_client(program) && name == "-f") ||
                       (program == "psql" && name == "-e") || is_store_of_keys(program);
    if (!other && one_of(name, kText)) return true;
    if (!text.starts_with('-') && !text.empty()) ++operands;
  }
  // The file, and statements behind it.
  if (is_client_of_sqlite(program)) return operands > 1;
  return operands > 0 && !is_client(program) && !is_store_of_keys(program);
}

struct Place {
  std::size_t program = 0;           // index into the words of the task
  const Argument* script = nullptr;  // a shell text around it
  bool takes_words = false;          // behind xargs
};

Place place_of(Words words) {
  Place out;
  while (const auto wrapper = knowledge::unwrap_once(words.subspan(out.program))) {
    if (!wrapper->why_not.empty()) break;
    out.script = wrapper->script;
    out.takes_words = out.takes_words || wrapper->wrapper == "xargs";
    if (out.script != nullptr || wrapper->rest == 0) break;
    out.program = std::min(out.program + wrapper->rest, words.size());
    if (out.program == words.size()) break;
  }
  return out;
}

bool obeys(Words words) {
  if (words.empty()) return false;
  const std::string_view program = text::name_of(words.front().text);
  if (is_console(words)) return true;
  const bool reads = is_shell(program) || is_store_of_keys(program) || !option_of(program).empty();
  return reads && !is_told(program, words);
}

// A word of which all is written at one place.
Argument as_word(const SourceFile& file, std::size_t begin, std::size_t end) {
  Argument out;
  out.text = std::string(file.bytes().substr(begin, end - begin));
  out.span =
      out.written = {&file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  out.runs.push_back({0, static_cast<std::uint32_t>(out.text.size()), out.span});
  out.quoted = true;
  return out;
}

Argument plain_word(std::string_view text, const Argument& like) {
  Argument out;
  out.span = out.written = like.place();
  out.text = text;
  return out;
}

// The paths or names that a list holds, one behind the other.
std::vector<std::pair<std::size_t, std::size_t>> words_of(std::string_view list) {
  constexpr std::string_view kBetween(" \t\r\n\0'\"", 7);
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t at = list.find_first_not_of(kBetween); at < list.size();) {
    const std::size_t past = std::min(list.find_first_of(kBetween, at), list.size());
    out.emplace_back(at, past);
    at = list.find_first_not_of(kBetween, past);
  }
  return out;
}

// `xargs`, `while read -r f`: what they are fed are words.
bool takes_words(const TextCommand& command) {
  const std::string_view program = program_name(command);
  return program == "xargs" || program == "read" || program == "mapfile";
}

// Of each line the command, and of a script what it runs: what stands behind others are keys.
void add_commands_of_keys(const SourceFile& fed, std::vector<Argument>& out) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::string_view all = fed.bytes();
  for (std::size_t line = 0; line < all.size();) {
    const std::string_view read = all.substr(0, all.find('\n', line));
    bool command = true;
    bool script = false;
    for (std::size_t at = read.find_first_not_of(kBlanks, line); at < read.size();) {
      const std::size_t past = std::min(read.find_first_of(kBlanks, at), read.size());
      const std::string word = lower_case(read.substr(at, past - at));
      if (command && word.starts_with('#')) break;
      if (command || script) out.push_back(as_word(fed, at, past));
      script = script || (command && word.starts_with("eval"));
      // `3 flushall`: three times.
      command = command && word.find_first_not_of("0123456789") == std::string::npos;
      at = read.find_first_not_of(kBlanks, past);
    }
    line = read.size() + 1;
  }
}

}  // namespace

bool obeys_input(const ComposeInvocation& call) {
  const std::vector<Argument> all = words_of_task(call);
  const Words words = all;
  const Place place = place_of(words);
  if (place.script == nullptr) return place.takes_words || obeys(words.subspan(place.program));
  const std::vector<TextCommand> commands = read_script_text(*place.script);
  return std::any_of(commands.begin(), commands.end(), [](const TextCommand& command) {
    const std::string_view program = program_name(command);
    return is_inner_client(command) || is_shell(program) || is_store_of_keys(program) ||
           !option_of(program).empty() || takes_words(command) || passes_on(program);
  });
}

bool obeys_as_shell(const ComposeInvocation& call) {
  const std::vector<Argument> words = words_of_task(call);
  const Place place = place_of(words);
  return place.script == nullptr && place.program < words.size() &&
         is_shell(text::name_of(words[place.program].text));
}

std::vector<Argument> told_instead(const ComposeInvocation& call, const SourceFile& fed) {
  std::vector<Argument> out = words_of_task(call);
  const auto entrypoint = static_cast<std::ptrdiff_t>(out.size() - call.inner.size());
  const Place place = place_of(out);
  const Argument text = as_word(fed, 0, fed.size());
  if (place.script != nullptr) {
    // What the shell text is fed comes to who reads in it.
    const auto at = static_cast<std::size_t>(place.script - out.data());
    const std::vector<TextCommand> commands = read_script_text(*place.script);
    std::string list;
    if (std::any_of(commands.begin(), commands.end(), takes_words)) {
      for (const auto& [begin, end] : words_of(text.text)) {
        list += " '" + text.text.substr(begin, end - begin) + "'";
      }
    }
    if (!list.empty()) list = "printf '%s\\n'" + list + " | ";
    out[at].text =
        list + "{ " + out[at].text + "\n} <<'COMPOSELINT'\n" + text.text + "\nCOMPOSELINT\n";
    out[at].runs.clear();
    out.erase(out.begin(), out.begin() + entrypoint);
    return out;
  }
  const Argument program = out[place.program];
  const std::string_view name = text::name_of(program.text);
  if (place.takes_words) {
    for (const auto& [begin, end] : words_of(text.text)) out.push_back(as_word(fed, begin, end));
  } else if (is_shell(name)) {
    out.resize(place.program + 1);
    out.push_back(plain_word("-c", program));
    out.push_back(text);
  } else if (is_store_of_keys(name)) {
    add_commands_of_keys(fed, out);
  } else {
    const std::string_view option = option_of(name);
    if (!option.empty() && !is_console(std::span(out).subspan(place.program))) {
      out.push_back(plain_word(option, program));
    }
    out.push_back(text);
  }
  // Compose puts it there again.
  out.erase(out.begin(), out.begin() + entrypoint);
  return out;
}

}  // namespace composelint::guard
