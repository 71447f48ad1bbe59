#include "analyzer/hosts/prompts.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace composelint::hosts {
namespace {

using std::string_view;

constexpr string_view kBlanks = " \t";

std::size_t past_blanks(string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

bool is_mark(char c) {
  return c == '$' || c == '#' || c == '%' || c == '>';
}

// `user@host:~/app$`, `[root@host ~]#`, `bash-5.1$`: past the mark; 0 when it is none of them.
std::size_t past_long_prompt(string_view line) {
  std::size_t end = 0;
  if (line.starts_with('[')) {
    end = line.find(']');
    if (end == string_view::npos || end > 60 || line.find('@') > end) return 0;
    ++end;
    if (end < line.size() && line[end] == ' ') ++end;
  } else {
    const std::size_t word = line.find_first_of(kBlanks);
    if (word == string_view::npos || word < 3) return 0;
    end = word - 1;
    const string_view name = line.substr(0, end);
    // `C:\app>`, `$project>`: what stands behind has to tell.
    if (line[end] == '>' && starts_command(line.substr(word))) return word;
    const bool shell = name.starts_with("bash-") || name.starts_with("sh-");
    if (!shell && name.find('@') == string_view::npos) return 0;
    // user@host ~/app $
    if (!is_mark(line[end])) {
      const std::size_t second = line.find_first_of(kBlanks, past_blanks(line, word));
      if (second == string_view::npos || !is_mark(line[second - 1])) return 0;
      end = second - 1;
    }
  }
  return end < line.size() && is_mark(line[end]) ? end + 1 : 0;
}

}  // namespace

bool starts_command(string_view line) {
  static constexpr std::array<string_view, 79> kCommands = {"ansible-playbook",
                                                            "apk",
                                                            "apt",
                                                            "apt-get",
                                                            "awk",
                                                            "bash",
                                                            "brew",
                                                            "bundle",
                                                            "cargo",
                                                            "cat",
                                                            "cd",
                                                            "chmod",
                                                            "chown",
                                                            "clear",
                                                            "composer",
                                                            "cp",
                                                            "curl",
                                                            "direnv",
                                                            "dnf",
                                                            "docker",
                                                            "docker-compose",
                                                            "echo",
                                                            "exec",
                                                            "export",
                                                            "find",
                                                            "gh",
                                                            "git",
                                                            "grep",
                                                            "gunzip",
                                                            "gzip",
                                                            "head",
                                                            "helm",
                                                            "just",
                                                            "kubectl",
                                                            "ln",
                                                            "ls",
                                                            "make",
                                                            "mkdir",
                                                            "mv",
                                                            "mvn",
                                                            "mysql",
                                                            "nano",
                                                            "npm",
                                                            "npx",
                                                            "openssl",
                                                            "pip",
                                                            "pipenv",
                                                            "pnpm",
                                                            "podman",
                                                            "podman-compose",
                                                            "poetry",
                                                            "psql",
                                                            "pytest",
                                                            "python",
                                                            "python3",
                                                            "rm",
                                                            "rsync",
                                                            "scp",
                                                            "sed",
                                                            "set",
                                                            "sh",
                                                            "sleep",
                                                            "source",
                                                            "ssh",
                                                            "su",
                                                            "sudo",
                                                            "systemctl",
                                                            "tail",
                                                            "tar",
                                                            "task",
                                                            "terraform",
                                                            "time",
                                                            "touch",
                                                            "unzip",
                                                            "uv",
                                                            "vi",
                                                            "vim",
                                                            "wget",
                                                            "yarn"};
  // NAME=value docker …
  while (true) {
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin == string_view::npos) return false;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(" \t;&|"), line.size());
    const string_view word = line.substr(0, end);
    if (word.starts_with("./") || word.starts_with("../")) return true;
    if (word.ends_with(".sh") && word.find('/') != string_view::npos) return true;
    const std::size_t equals = word.find('=');
    const bool assigns =
        equals != string_view::npos && equals > 0 &&
        std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
          return c == '_' || std::isupper(static_cast<unsigned char>(c)) != 0 ||
                 std::isdigit(static_cast<unsigned char>(c)) != 0;
        });
    if (!assigns) {
      return std::find(kCommands.begin(), kCommands.end(), word) != kCommands.end();
    }
    line.remove_prefix(end);
  }
}

std::size_t prompt_size(string_view line, bool root) {
  std::size_t at = 0;
  if (line.starts_with('(')) {  // (venv) $
    const std::size_t close = line.find(") ");
    if (close == string_view::npos || close > 40) return 0;
    at = close + 2;
  }
  const string_view rest = line.substr(at);
  if (rest.starts_with("PS ")) {  // PS C:\app>
    const std::size_t mark = rest.find("> ");
    const bool prompt = mark < 120 && starts_command(rest.substr(mark + 2));
    return prompt ? past_blanks(line, at + mark + 2) : 0;
  }
  for (const string_view mark : {"$ ", "$\t", "\xE2\x9D\xAF ", "\xE2\x9E\x9C "}) {
    if (rest.starts_with(mark)) return past_blanks(line, at + mark.size());
  }
  if (rest.starts_with("$docker") || rest.starts_with("$sudo ")) return at + 1;
  for (const string_view mark : {"# ", "% ", "> "}) {
    if (!rest.starts_with(mark)) continue;
    return root && starts_command(rest.substr(2)) ? past_blanks(line, at + 2) : 0;
  }
  const std::size_t end = past_long_prompt(rest);
  if (end == 0 || end >= rest.size() || kBlanks.find(rest[end]) == string_view::npos) return 0;
  return past_blanks(line, at + end);
}

}  // namespace composelint::hosts
