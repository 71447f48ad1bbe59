#include "analyzer/hosts/task_call.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using Words = std::vector<Argument>;

// How a runner's command line is read.
struct Runner {
  HostKind kind;
  std::vector<std::string> files;
  std::string_view directory_option;  // its short and long form, a space between
  std::string_view file_option;
  std::string_view valued;  // other options that take the next word
};

bool among(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

// `runner [OPTION…] [TASK…] [NAME=VALUE…]`; nothing when a word is not known.
std::optional<TaskReference> read_runner(const Runner& runner, const Words& argv, std::size_t from,
                                         std::string directory, std::size_t most_tasks) {
  TaskReference out;
  out.kind = runner.kind;
  std::vector<std::string> names = runner.files;
  for (std::size_t i = from; i < argv.size() && out.tasks.size() < most_tasks; ++i) {
    // `$(MAKE) x ARGS=$y`: what behind the task is not known is no task.
    const std::size_t equals = argv[i].text.find('=');
    const bool sets = equals != std::string::npos && !argv[i].text.starts_with('-') &&
                      (argv[i].holes.empty() || argv[i].holes.front().at > equals);
    if (sets) continue;
    if (!argv[i].known()) return std::nullopt;
    const std::string& word = argv[i].text;
    if (word == "--") break;
    const bool in_directory = among(runner.directory_option, word);
    if (in_directory || among(runner.file_option, word) || among(runner.valued, word)) {
      if (i + 1 >= argv.size() || !argv[i + 1].known()) return std::nullopt;
      const std::string& value = argv[++i].text;
      if (in_directory) directory = text::join_path(directory, value);
      if (among(runner.file_option, word)) names = {value};
      continue;
    }
    if (word.starts_with("--") && equals != std::string::npos) {
      const std::string_view name = std::string_view(word).substr(0, equals);
      if (among(runner.directory_option, name)) {
        directory = text::join_path(directory, word.substr(equals + 1));
      } else if (among(runner.file_option, name)) {
        names = {word.substr(equals + 1)};
      }
      continue;
    }
    if (runner.kind == HostKind::kMakefile && word.starts_with("-C") && word.size() > 2) {
      directory = text::join_path(directory, word.substr(2));
      continue;
    }
    // Listing, printing and dry runs run nothing.
    if (word == "-n" || word == "--dry-run" || word == "--list" || word == "-l" ||
        word == "--list-all" || word == "--summary" || word == "--help" || word == "--version" ||
        word == "--just-print" || word == "--choose" || word == "--show") {
      return std::nullopt;
    }
    if (!word.starts_with('-')) out.tasks.push_back(word);
  }
  for (const std::string& name : names) out.files.push_back(text::join_path(directory, name));
  return out;
}

Runner make_runner() {
  return {HostKind::kMakefile,
          {"GNUmakefile", "makefile", "Makefile"},
          "-C --directory",
          "-f --file --makefile",
          "-I --include-dir -o --old-file -W --what-if --eval"};
}

Runner just_runner() {
  return {HostKind::kJustfile,
          {"justfile", "Justfile", ".justfile", "JUSTFILE"},
          "-d --working-directory",
          "-f --justfile",
          "--shell --shell-arg --dotenv-path --color"};
}

Runner task_runner() {
  return {HostKind::kTaskfile,
          {"Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml", "Taskfile.dist.yml",
           "taskfile.dist.yml", "Taskfile.dist.yaml", "taskfile.dist.yaml"},
          "-d --dir",
          "-t --taskfile",
          "-C --concurrency -o --output -I --interval"};
}

// npm run x, npm test, yarn x, pnpm x, bun run x
std::optional<TaskReference> read_packages(const Words& argv, std::string directory) {
  constexpr std::array<std::string_view, 14> kNoScripts = {
      "add",  "audit", "ci",      "config", "dlx",    "exec", "i",
      "info", "init",  "install", "link",   "remove", "why",  "workspace"};
  const std::string_view program = text::name_of(argv.front().text);
  bool run = false;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    if (!argv[i].known()) return std::nullopt;
    const std::string& word = argv[i].text;
    if (among("--prefix --cwd --dir -C", word)) {
      if (i + 1 >= argv.size() || !argv[i + 1].known()) return std::nullopt;
      directory = text::join_path(directory, argv[++i].text);
    } else if (among("-w --workspace -F --filter", word)) {
      return std::nullopt;  // the script of another package
    } else if (word.starts_with('-')) {
      continue;
    } else if (!run && (word == "run" || word == "run-script")) {
      run = true;
    } else {
      const bool own = among("test start stop restart", word);
      const bool is_command =
          std::find(kNoScripts.begin(), kNoScripts.end(), word) != kNoScripts.end();
      if (!run && (is_command || (!own && (program == "npm" || program == "bun")))) {
        return std::nullopt;
      }
      TaskReference out;
      out.kind = HostKind::kPackageJson;
      out.files = {text::join_path(directory, "package.json")};
      out.tasks = {word == "t" && program == "npm" ? "test" : word};
      return out;
    }
  }
  return std::nullopt;
}

// mise run x, mise x
std::optional<TaskReference> read_mise(const Words& argv, const std::string& directory) {
  if (argv.size() < 3 || !argv[1].known() || (argv[1].text != "run" && argv[1].text != "r")) {
    return std::nullopt;
  }
  const Runner runner{
      HostKind::kMise, {"mise.toml", ".mise.toml", "mise/config.toml"}, "-C --cd", "", "-j --jobs"};
  return read_runner(runner, argv, 2, directory, 1);
}

}  // namespace

std::optional<TaskReference> read_task_call(const std::vector<Argument>& argv,
                                            const std::string& directory) {
  if (argv.empty() || !argv.front().known()) return std::nullopt;
  const std::string_view program = text::name_of(argv.front().text);
  if (program == "make" || program == "gmake") {
    return read_runner(make_runner(), argv, 1, directory, SIZE_MAX);
  }
  // Words behind the recipe are its arguments.
  if (program == "just") return read_runner(just_runner(), argv, 1, directory, 1);
  if (program == "task" || program == "go-task") {
    return read_runner(task_runner(), argv, 1, directory, SIZE_MAX);
  }
  if (program == "npm" || program == "yarn" || program == "pnpm" || program == "bun") {
    return read_packages(argv, directory);
  }
  if (program == "mise") return read_mise(argv, directory);
  return std::nullopt;
}

}  // namespace composelint::hosts
