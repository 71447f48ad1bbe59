#include "guard/client_commands.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace composelint::guard {

namespace {

constexpr std::string_view kBlanks = " \t";

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

// Without the quotes around it; what is doubled within them stands once.
std::string unquoted(std::string_view text) {
  const char quote = text.empty() ? '\0' : text.front();
  if (quote != '\'' && quote != '"') return std::string(text);
  std::string out;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == quote && (at + 1 == text.size() || text[at + 1] != quote)) break;
    if (text[at] == quote) ++at;
    out += text[at];
  }
  return out;
}

std::string_view first_word(std::string_view text) {
  const char quote = text.empty() ? '\0' : text.front();
  const bool quoted = quote == '\'' || quote == '"';
  const std::size_t end = quoted ? text.find(quote, 1) : text.find_first_of(" \t;)");
  return text.substr(0, quoted && end != std::string_view::npos ? end + 1 : end);
}

// The name of what begins with a backslash; SQLite's begin with a dot, MySQL knows plain words,
// both in front of a line.
void add_line(std::string_view line, ClientCommands& out) {
  static constexpr std::array<std::string_view, 4> kRun = {".shell", ".system", "pager", "system"};
  static constexpr std::array<std::string_view, 3> kOutput = {".once", ".output", ".read"};
  line = trimmed(line);
  const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
  const std::string_view name = line.substr(0, end);
  const std::string_view rest = trimmed(line.substr(end));
  if (rest.empty()) return;
  if (one_of(name, kRun)) return out.run.push_back(std::string(rest));
  if (!one_of(name, kOutput)) return;
  const std::string target = unquoted(rest.front() == '|' ? rest : first_word(rest));
  if (name != ".read" || target.starts_with('|')) add_output(target, out);
}

// `\! rm -rf /x`, `\set x \`rm -rf /x\``, `select 1 \g |rm -rf /x`
void add_meta(std::string_view line, std::size_t at, ClientCommands& out) {
  static constexpr std::array<std::string_view, 7> kOutput = {"g",     "gx", "o",    "out",
                                                              "qecho", "w",  "write"};
  const std::string_view text = line.substr(at + 1);
  if (text.starts_with('!')) return out.run.push_back(std::string(text.substr(1)));
  std::size_t end = 0;
  while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) ++end;
  const std::string_view name = text.substr(0, end);
  const std::string_view rest = trimmed(text.substr(end));
  if (name == "P" && !rest.empty()) return out.run.push_back(std::string(rest));
  if (one_of(name, kOutput) && !rest.empty()) {
    add_output(rest.front() == '|' ? std::string(rest) : unquoted(first_word(rest)), out);
  }
  const std::size_t open = text.find('`');
  const std::size_t close = open == std::string_view::npos ? open : text.find('`', open + 1);
  if (close != std::string_view::npos) {
    out.run.emplace_back(text.substr(open + 1, close - open - 1));
  }
}

// `copy items to program 'gzip >/x'`, `copy items to '/x'`
void add_copies(std::string_view text, ClientCommands& out) {
  const std::string low = lower_case(text);
  constexpr std::string_view kProgram = "program";
  constexpr std::string_view kTo = " to ";
  const auto quoted_at = [&](std::size_t at) {
    const std::size_t next = low.find_first_not_of(" \t\n", at);
    const bool is = next != std::string::npos && (text[next] == '\'' || text[next] == '"');
    return is ? unquoted(text.substr(next)) : std::string();
  };
  for (std::size_t at = low.find(kProgram); at != std::string::npos;
       at = low.find(kProgram, at + 1)) {
    std::string program = quoted_at(at + kProgram.size());
    if (!program.empty()) out.run.push_back(std::move(program));
  }
  for (std::size_t at = low.find("copy "); at != std::string::npos;
       at = low.find("copy ", at + 1)) {
    const std::size_t end = std::min(low.find(';', at), low.size());
    const std::size_t to = low.find(kTo, at);
    if (to >= end) continue;
    std::string file = quoted_at(to + kTo.size());
    if (file.empty())
      file = first_word(trimmed(text.substr(to + kTo.size(), end - to - kTo.size())));
    if (file.starts_with('/')) out.written.push_back(std::move(file));
  }
}

}  // namespace

void add_output(std::string_view target, ClientCommands& out) {
  if (target.starts_with('|')) {
    out.run.emplace_back(target.substr(1));
  } else if (!target.empty()) {
    out.written.emplace_back(target);
  }
}

ClientCommands commands_of_client(std::string_view text) {
  ClientCommands out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    add_line(line, out);
    for (std::size_t at = line.find('\\'); at != std::string_view::npos;
         at = line.find('\\', at + 1)) {
      add_meta(line, at, out);
    }
    begin = end + 1;
  }
  add_copies(text, out);
  return out;
}

}  // namespace composelint::guard
