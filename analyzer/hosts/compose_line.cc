#include "analyzer/hosts/compose_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

template <std::size_t N>
bool among(const std::array<string_view, N>& words, string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

string_view next_word(string_view& rest) {
  const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
  rest.remove_prefix(begin);
  const string_view word = rest.substr(0, rest.find_first_of(" \t\r\n"));
  rest.remove_prefix(word.size());
  return word;
}

bool is_assignment(string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == string_view::npos || equals == 0) return false;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
}

// Whether `word`, and for docker the next one, are the program.
bool takes_program(string_view word, string_view& rest) {
  static constexpr std::array<string_view, 3> kEngines = {"docker", "podman", "nerdctl"};
  static constexpr std::array<string_view, 3> kPrograms = {"docker-compose", "podman-compose",
                                                           "docker-compose.exe"};
  const string_view name = text::name_of(word);
  if (among(kPrograms, name)) return true;
  return among(kEngines, name) && next_word(rest) == "compose";
}

bool is_verb(string_view word) {
  static constexpr std::array<string_view, 32> kVerbs = {
      "attach",  "build",  "config", "cp",      "create", "down",    "events",  "exec",
      "export",  "images", "kill",   "logs",    "ls",     "pause",   "port",    "ps",
      "publish", "pull",   "push",   "rm",      "run",    "restart", "scale",   "start",
      "stats",   "stop",   "top",    "unpause", "up",     "version", "volumes", "watch"};
  return among(kVerbs, word);
}

bool takes_value(string_view option) {
  static constexpr std::array<string_view, 11> kOptions = {
      "-f",     "--file",     "-p",         "--project-name",      "--profile", "--env-file",
      "--ansi", "--progress", "--parallel", "--project-directory", "--context"};
  return among(kOptions, option);
}

// A column of explanations stands behind: `docker compose up     starts everything`.
bool is_listing(string_view line) {
  const std::size_t gap = line.find("  ", line.find_first_not_of(" \t"));
  if (gap == string_view::npos) return false;
  const std::size_t next = line.find_first_not_of(" \t\r\n", gap);
  return next != string_view::npos && line[next] != '#' && line[next] != '\\';
}

// Words for a reader rather than for a shell: (like this), `so`, or a full stop.
bool is_prose(string_view line) {
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) {
    line.remove_suffix(1);
  }
  if (line.empty() || line.ends_with(':') || line.ends_with(',')) return true;
  if (line.ends_with('.') && !line.ends_with(" .") && !line.ends_with("/.")) return true;
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#' && at > 0 && line[at - 1] == ' ') {
      return false;
    } else if (c == '`' || (c == '(' && line[at - 1] != '$') ||
               line.substr(at).starts_with("\xE2\x86")) {  // an arrow
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_compose_line(string_view line) {
  string_view rest = line;
  string_view word = next_word(rest);
  while (is_assignment(word) || word == "sudo" || word == "exec" || word == "time" ||
         (word.starts_with('-') && rest.size() + word.size() < line.size())) {
    word = next_word(rest);
  }
  if (!takes_program(word, rest)) return false;
  for (word = next_word(rest); word.starts_with('-'); word = next_word(rest)) {
    if (word == "--version" || word == "-v") break;
    if (takes_value(word)) next_word(rest);
  }
  return (is_verb(word) || word == "--version" || word == "-v") && !is_listing(line) &&
         !is_prose(line);
}

HostText compose_lines(const HostText& from) {
  const std::string& text = from.text();
  HostText out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t next = std::min(end + 1, text.size());
    if (is_compose_line(string_view(text).substr(at, end - at))) out.add_part(from, at, next);
    at = next;
  }
  return out;
}

}  // namespace composelint::hosts
