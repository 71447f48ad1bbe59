#include "guard/script_behind.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <span>

#include "analyzer/calls/command_line.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/vocabulary_match.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "guard/command.h"
#include "guard/real_program.h"
#include "guard/simple_commands.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

using Words = std::span<const Argument>;

constexpr std::size_t kLongestHead = 256;

constexpr std::string_view kShells = "sh|bash|dash|ash|zsh|ksh";
constexpr std::string_view kMakes = "make|gmake";
// What they run stands in a file of theirs.
constexpr std::string_view kRunners =
    "just|task|rake|invoke|inv|fab|mage|nox|doit|npm|pnpm|yarn|bun|composer|npx|ansible-playbook|"
    "python|python2|python3|python3.*|node|nodejs|ruby|perl|php|tsx|ts-node|deno";
// They run the command with a PATH of their own, or as somebody who may not read the shims.
constexpr std::string_view kOthers = "sudo|doas|su|runuser|chroot|gosu|su-exec|pkexec|setpriv";
constexpr std::string_view kDockers = "docker|docker-compose|docker-compose-v1|podman|nerdctl";

Failure refuse(std::string message) {
  return {FailureCode::kUsage, std::move(message), {}};
}

std::vector<Argument> arguments_of(const std::vector<std::string>& argv) {
  std::vector<Argument> out(argv.size());
  for (std::size_t i = 0; i < argv.size(); ++i) out[i].text = argv[i];
  return out;
}

enum class Kind { kNone, kShellScript, kScript };

class Reader {
 public:
  explicit Reader(const Surroundings& around) : around_(around) {}

  Result<std::optional<ScriptBehind>> read(const std::vector<std::string>& argv) {
    const std::vector<Argument> all = arguments_of(argv);
    Words rest = all;
    if (auto failure = unwrap(rest)) return *failure;
    if (rest.empty() || calls::find_compose(rest)) return std::optional<ScriptBehind>();
    const std::string_view name = text::name_of(rest.front().text);
    if (knowledge::matches_any(kDockers, name)) return std::optional<ScriptBehind>();
    ScriptBehind behind;
    for (const Argument& word : rest) behind.words.push_back(word.text);
    if (knowledge::matches_any(kShells, name)) return shell(rest, std::move(behind));
    behind.make = knowledge::matches_any(kMakes, name);
    if (!behind.make && !knowledge::matches_any(kRunners, name)) {
      const std::string path = find(rest.front().text);
      const Kind kind = kind_of(path);
      if (kind == Kind::kNone) return std::optional<ScriptBehind>();
      if (kind == Kind::kShellScript) behind.script = path;
    }
    if (rest.size() == 1 && behind.script.empty() && !behind.make &&
        name.find('/') == std::string::npos &&
        knowledge::matches_any("python*|node|nodejs|ruby|perl|php|deno", name)) {
      return std::optional<ScriptBehind>();  // a console
    }
    return shims_seen(std::move(behind));
  }

 private:
  // What stands in front, up to the program; nothing is left where that is no word.
  MaybeFailure unwrap(Words& rest) {
    const std::size_t all = rest.size();
    while (const auto wrapper = knowledge::unwrap_once(rest)) {
      if (!wrapper->why_not.empty() || wrapper->place != knowledge::Place::kHere) {
        rest = {};
        return std::nullopt;
      }
      if (wrapper->script != nullptr || wrapper->joins_rest) {
        const bool one = wrapper->script == nullptr && wrapper->rest + 1 == rest.size();
        const Argument* text = one ? &rest[wrapper->rest] : wrapper->script;
        const bool runs = text == nullptr || runs_script(text->text);
        const std::string said = text == nullptr ? std::string() : text->text;
        const bool in_front = rest.size() < all;
        rest = {};
        if (!runs) return std::nullopt;
        return refuse(no_shell_text(wrapper->wrapper, said, in_front));
      }
      const std::string_view name = wrapper->wrapper;
      const Words front = rest.subspan(1, wrapper->rest - 1);
      if (knowledge::matches_any(kOthers, name)) hides_ = std::string(name);
      const bool emptied = name == "env" && std::any_of(front.begin(), front.end(), [](auto& word) {
                             return word.is("-i") || word.is("-") ||
                                    word.is("--ignore-environment") ||
                                    word.text.starts_with("PATH=") || word.is("PATH") ||
                                    word.is("-uPATH") || word.is("--unset=PATH");
                           });
      if (emptied) hides_ = "env";
      rest = rest.subspan(wrapper->rest);
    }
    return std::nullopt;
  }

  // A text that starts scripts or what runs them. `sh -c 'exit 3'` is nobody's business; what it
  // says of compose itself has been looked at elsewhere.
  bool runs_script(const std::string& text) {
    const SourceFile file("", text);
    const auto script = shell::parse_script(shell::whole_file(file));
    if (!script || !script->unparsed.empty()) return true;
    bool runs = false;
    each_command(script->commands, [&](const Command&, const SimpleCommand& simple) {
      std::vector<std::string> argv;
      for (const Argument& word : expanded(simple)) argv.push_back(word.text);
      if (argv.empty() || runs) return;
      const auto behind = read(argv);
      runs = !behind || behind->has_value();
    });
    return runs;
  }

  Result<std::optional<ScriptBehind>> shell(Words argv, ScriptBehind behind) {
    bool login = false;
    std::size_t at = 1;
    for (; at < argv.size(); ++at) {
      const std::string& word = argv[at].text;
      if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) break;
      login = login || word == "--login" || (word[1] != '-' && word.find('l') != std::string::npos);
      if (word == "--") {
        ++at;
        break;
      }
      if (word == "-s") at = argv.size() - 1;
      const bool value = word == "--rcfile" || word == "--init-file" ||
                         (word[1] != '-' && word.back() == 'o') ||
                         (word[1] != '-' && word.back() == 'O');
      if (value) ++at;
    }
    if (at >= argv.size()) {
      const StreamIs in = around_.stream(0).is;
      if (in != StreamIs::kFile && in != StreamIs::kPipe) return std::optional<ScriptBehind>();
      return refuse(argv.front().text +
                    " takes its commands from standard input, where guard does not see them; give "
                    "it a script: composelint guard SCRIPT");
    }
    behind.script = argv[at].text;
    if (login) hides_ = argv.front().text + " as a login shell";
    return shims_seen(std::move(behind));
  }

  Result<std::optional<ScriptBehind>> shims_seen(ScriptBehind behind) {
    if (hides_.empty()) return std::optional<ScriptBehind>(std::move(behind));
    const bool script = !behind.script.empty();
    const std::string given =
        script ? guard::quoted(behind.script) : "-- " + command_text(behind.words).text;
    std::string message = hides_ + " sets a PATH of its own, so that guard would not see what " +
                          behind.words.front() + " runs; start guard behind it: ";
    if (knowledge::matches_any(kOthers, hides_)) message += hides_ + " … ";
    return refuse(message + "composelint guard " + given);
  }

  [[nodiscard]] std::string find(const std::string& program) const {
    if (program.find('/') != std::string::npos) {
      return text::join_path(around_.working_directory(), program);
    }
    std::string found;
    const auto path = around_.variable("PATH");
    each_directory(path ? path->c_str() : nullptr, [&](std::string_view directory) {
      std::string candidate = text::join_path(std::string(directory), program);
      struct stat status {};
      if (::stat(candidate.c_str(), &status) != 0 || !S_ISREG(status.st_mode) ||
          ::access(candidate.c_str(), X_OK) != 0) {
        return false;
      }
      found = std::move(candidate);
      return true;
    });
    return found;
  }

  [[nodiscard]] static Kind kind_of(const std::string& path) {
    if (path.empty()) return Kind::kNone;
    const Result<std::string> head = text::DiskFileSystem().read_head(path, kLongestHead);
    if (!head || head->find('\0') != std::string::npos ||
        head->starts_with("\x7f"
                          "ELF")) {
      return Kind::kNone;
    }
    if (!head->starts_with("#!")) return Kind::kShellScript;
    const std::string_view line = std::string_view(*head).substr(0, head->find('\n'));
    return line.find("sh") != std::string_view::npos ? Kind::kShellScript : Kind::kScript;
  }

  const Surroundings& around_;
  std::string hides_;  // what keeps the shims from being seen
};

}  // namespace

Result<std::optional<ScriptBehind>> script_behind(const std::vector<std::string>& argv,
                                                  const Surroundings& around) {
  return Reader(around).read(argv);
}

}  // namespace composelint::guard
