#include "guard/words.h"

#include <algorithm>
#include <array>

#include "analyzer/shell/command_words.h"
#include "guard/command.h"

namespace composelint::guard {

namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("@%+=:,./_-").find(c) != std::string_view::npos;
}

std::string in_quotes(std::string_view word) {
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// As the first word it would be something else than a program.
bool is_special_first(std::string_view word) {
  static constexpr std::array<std::string_view, 18> kReserved = {
      "case",     "coproc", "do", "done",   "elif", "else", "esac",  "fi",    "for",
      "function", "if",     "in", "select", "then", "time", "until", "while", "["};
  return word.find('=') != std::string_view::npos ||
         std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end();
}

}  // namespace

std::string quoted(std::string_view word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), is_plain);
  return plain ? std::string(word) : in_quotes(word);
}

CommandText command_text(const std::vector<std::string>& argv) {
  CommandText out;
  for (std::size_t i = 0; i < argv.size(); ++i) {
    if (i > 0) out.text += ' ';
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.text += i == 0 && is_special_first(argv[0]) ? in_quotes(argv[0]) : guard::quoted(argv[i]);
    out.words.emplace_back(begin, static_cast<std::uint32_t>(out.text.size()));
  }
  return out;
}

std::string typed_for(const GuardedCommand& command, std::string_view verb) {
  return "`" + command_text(command.compose).text + " " + std::string(verb) + "`";
}

std::string no_shell_text(std::string_view shell, const std::string& text,
                          bool something_in_front) {
  // su and its like change more than that.
  static constexpr std::array<std::string_view, 6> kShells = {"sh",  "bash", "dash",
                                                              "ash", "ksh",  "zsh"};
  const bool plain = std::find(kShells.begin(), kShells.end(), shell) != kShells.end();
  const auto words = plain ? shell::command_words(text) : std::nullopt;
  if (!words || words->empty()) {
    return "guard takes a command and no shell text; put it into a script: composelint guard "
           "SCRIPT";
  }
  const bool plugin = words->size() > 1 && (*words)[1] == "compose";
  return "guard takes a command and no shell text; this one needs no shell, give its words: "
         "composelint guard -- " +
         std::string(something_in_front ? "… " : "") + command_text({words->front()}).text +
         (plugin ? " compose …" : " …");
}

}  // namespace composelint::guard
