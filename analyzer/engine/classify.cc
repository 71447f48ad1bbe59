#include "analyzer/engine/classify.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "analyzer/hosts/host.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

using std::string_view;

template <std::size_t N>
bool among(const std::array<string_view, N>& names, string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<string_view, 4> kShellExtensions = {".sh", ".bash", ".ksh", ".dash"};
constexpr std::array<string_view, 7> kShells = {"sh",  "bash", "dash", "ash",
                                                "ksh", "mksh", "ksh93"};

// Extensions of executables that are surely no shell: files of these are not even opened. Templates
// of scripts belong here: what stands between their braces is no shell.
constexpr std::array<string_view, 50> kOtherExtensions = {
    ".7z",  ".a",   ".bat",  ".bin", ".bz2", ".c",        ".cc",  ".class", ".cmd",    ".cpp",
    ".css", ".deb", ".dll",  ".ejs", ".epp", ".erb",      ".exe", ".gif",   ".go",     ".gz",
    ".h",   ".hbs", ".html", ".ico", ".in",  ".j2",       ".jar", ".jinja", ".jinja2", ".jpeg",
    ".jpg", ".js",  ".json", ".md",  ".mjs", ".mustache", ".o",   ".pdf",   ".php",    ".pl",
    ".png", ".ps1", ".py",   ".rb",  ".rs",  ".so",       ".sql", ".tmpl",  ".ts",     ".zip"};

bool is_yaml(string_view path) {
  const string_view extension = text::extension_of(path);
  return extension == ".yml" || extension == ".yaml";
}

bool starts_word(string_view name, string_view word) {
  if (!name.starts_with(word) || name.size() == word.size()) return false;
  const char next = name[word.size()];
  return next == '.' || next == '-' || next == '_';
}

// The names Compose itself looks for and those people derive from them.
bool is_compose_name(string_view path) {
  if (!is_yaml(path) || path.find(".github/") != string_view::npos) return false;
  const string_view name = text::name_of(path);
  return starts_word(name, "compose") || starts_word(name, "docker-compose");
}

// Files of others that have services like Compose's, and keys of their own: Tugboat, Codeship,
// Uffizzi, which read no address of a host and no .env either; Docker Cloud, which is no more.
bool is_of_another_tool(string_view path) {
  const string_view name = text::name_of(path);
  return path.starts_with(".tugboat/") || path.find("/.tugboat/") != string_view::npos ||
         name == "codeship-services.yml" || name == "codeship-services.yaml" ||
         name.starts_with("docker-cloud.y") || name.find("uffizzi") != string_view::npos;
}

// roles/docker/tasks/compose.yml: a list of Ansible's tasks, whatever its name.
bool is_among_tasks(string_view path) {
  return path.find("/tasks/") != string_view::npos || path.find("/handlers/") != string_view::npos;
}

// `{% if … %}` at the start of a line: YAML once something has filled it in.
bool is_template(string_view head) {
  return head.starts_with("{%") || head.find("\n{%") != string_view::npos;
}

bool is_list(string_view head) {
  while (!head.empty()) {
    const string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    if (line.starts_with("- ")) return true;
    if (!line.empty() && line.front() != '#' && !line.starts_with("---")) return false;
  }
  return false;
}

// Read by direnv with bash.
bool is_shell_name(string_view path) {
  return text::name_of(path) == ".envrc";
}

string_view first_line(string_view head) {
  const string_view line = head.substr(0, head.find('\n'));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// Takes the next word off `rest`.
string_view next_word(string_view& rest) {
  const std::size_t begin = rest.find_first_not_of(" \t");
  if (begin == string_view::npos) return rest = {};
  rest.remove_prefix(begin);
  const string_view word = rest.substr(0, rest.find_first_of(" \t"));
  rest.remove_prefix(word.size());
  return word;
}

// env [-i] [-u NAME] [-S] [NAME=value…] program
string_view program_of_env(string_view rest) {
  for (string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    if (word == "-u" || word == "-C") {
      next_word(rest);
    } else if (word.starts_with("-S") && word.size() > 2) {
      return word.substr(2);
    } else if (!word.starts_with('-') && word.find('=') == string_view::npos) {
      return word;
    }
  }
  return {};
}

}  // namespace

string_view interpreter(string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (!head.starts_with("#!")) return {};
  string_view rest = first_line(head).substr(2);
  string_view program = text::name_of(next_word(rest));
  // `#!/usr/bin bash`: a slip that nobody sees where the script is run as `bash deploy.sh`.
  if (program == "bin") program = text::name_of(next_word(rest));
  if (program == "env") program = text::name_of(program_of_env(rest));
  if (program == "busybox") program = next_word(rest);
  return program;
}

Look look_for(string_view path, bool executable) {
  if (is_yaml(path) && is_of_another_tool(path)) return Look::kName;
  if (is_compose_name(path)) return is_among_tasks(path) ? Look::kHead : Look::kName;
  if (hosts::needs_head(path)) return Look::kHead;
  if (hosts::find_host(path, {}) != nullptr) return Look::kName;
  if (is_yaml(path)) return Look::kHead;
  const string_view extension = text::extension_of(path);
  if (among(kShellExtensions, extension)) return Look::kShebang;
  // A script that something else installs has its shebang, and not yet the right to be executed.
  if (extension.empty()) return Look::kShebang;
  return executable && !among(kOtherExtensions, extension) ? Look::kShebang : Look::kName;
}

FileRole classify(string_view path, string_view head) {
  if (is_yaml(path) && is_of_another_tool(path)) return FileRole::kOther;
  if (is_compose_name(path) && !(is_among_tasks(path) && is_list(head))) return FileRole::kCompose;
  if (is_yaml(path) && is_template(head)) return FileRole::kOther;
  if (hosts::find_host(path, head) != nullptr) return FileRole::kHost;
  if (is_yaml(path)) return looks_like_compose(head) ? FileRole::kCompose : FileRole::kOther;
  if (is_shell_name(path)) return FileRole::kShell;
  const string_view extension = text::extension_of(path);
  if (among(kOtherExtensions, extension)) return FileRole::kOther;
  const string_view program = interpreter(head);
  if (!program.empty()) return among(kShells, program) ? FileRole::kShell : FileRole::kOther;
  return among(kShellExtensions, extension) ? FileRole::kShell : FileRole::kOther;
}

}  // namespace composelint::engine
