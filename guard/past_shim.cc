#include "guard/past_shim.h"

#include <algorithm>
#include <array>
#include <span>

#include "analyzer/calls/command_line.h"
#include "analyzer/calls/task.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/wrapper_table.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/parser.h"
#include "guard/command.h"
#include "guard/lines.h"
#include "guard/other_names.h"
#include "guard/script_path.h"
#include "guard/session_directory.h"
#include "guard/simple_commands.h"

namespace composelint::guard {

namespace {

using Words = std::span<const Argument>;

constexpr int kDeepest = 8;  // texts in texts

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool is_shim_name(std::string_view name) {
  return std::find(std::begin(kShimNames), std::end(kShimNames), name) != std::end(kShimNames);
}

bool is_shell(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kShells = {"sh",  "bash", "dash",
                                                              "ash", "zsh",  "ksh"};
  return one_of(name, kShells);
}

// They give the command a PATH of their own, or run it as somebody who may not read the shims.
bool is_other_user(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kOthers = {
      "chroot", "doas", "gosu", "pkexec", "runuser", "setpriv", "su", "su-exec", "systemd-run"};
  return one_of(name, kOthers);
}

class Finder {
 public:
  Finder(const ShimWorld& world, bool sets_path) : world_(world), sets_path_(sets_path) {}

  void look(const std::vector<Command>& commands, int depth) {
    each_command(commands, [&](const Command& command, const SimpleCommand& simple) {
      span_ = command.span;
      look(simple, depth);
    });
  }

  std::vector<PastShim> take() { return std::move(found_); }

 private:
  void tell(std::string why) {
    for (const PastShim& known : found_) {
      if (known.span == span_) return;
    }
    found_.push_back({span_, std::move(why)});
  }

  [[nodiscard]] std::string trouble(std::string_view assignment) const {
    const std::vector<PathChange> all = path_changes(assignment, world_.home, world_.holds_docker);
    return all.empty() ? "" : all.front().why;
  }

  void look(const SimpleCommand& simple, int depth) {
    const std::vector<Argument> argv = expanded(simple);
    static constexpr std::array<std::string_view, 5> kDeclare = {"declare", "export", "local",
                                                                 "readonly", "typeset"};
    const bool declares = argv.empty() || one_of(knowledge::base_name(argv.front()), kDeclare);
    const bool aliases = !argv.empty() && argv.front().is("alias");
    for (const Assignment& assignment : simple.assignments) {
      if (aliases) look_at_alias(assignment);
      if (assignment.name != "PATH" || assignment.append) continue;
      const std::string why = trouble(assignment.span.text());
      if (!why.empty() && (declares ? sets_path_ : runs_compose(argv, depth))) tell(why);
    }
    if (!argv.empty()) look(Words(argv), depth);
  }

  void look(Words argv, int depth) {
    if (argv.empty() || depth >= kDeepest) return;
    const std::string_view name = knowledge::base_name(argv.front());
    const Words rest = argv.subspan(1);
    if (name == "hash") {
      const bool remembers = !rest.empty() && rest.front().text.starts_with("-p");
      if (remembers && is_shim_name(rest.back().text)) tell("hash -p puts another program there");
    } else if (name == "unset") {
      const bool path = std::any_of(rest.begin(), rest.end(),
                                    [](const Argument& word) { return word.is("PATH"); });
      if (path && sets_path_) tell("PATH is unset");
    } else if (name == "trap" && !rest.empty()) {
      look_at_text(rest.front(), depth);
    } else if ((name == "." || name == "source") && !rest.empty()) {
      look_at_profile(rest.front());
    }
    look_at_path(argv);
    look_at_wrapper(argv, name, depth);
  }

  void look_at_alias(const Assignment& alias) {
    const std::string value = alias.value.literal_text();
    if (world_.is_client(home_in(value.substr(0, value.find(' '))))) {
      tell("an alias calls docker by its path");
    }
  }

  // /etc/profile and its like; what the script's repository holds is looked at as a part of it.
  void look_at_profile(const Argument& word) {
    std::string path = home_in(word.text);
    if (!word.holes.empty() && word.holes.front().name == "HOME" && word.holes.front().at == 0) {
      path = world_.home + word.text;
    } else if (!word.known() && path == word.text) {
      return;
    }
    if (!sets_path_ || !path.starts_with('/')) return;
    const std::string text = world_.text(path);
    if (text.find("PATH=") == std::string::npos) return;
    const SourceFile file(path, text);
    const auto script = shell::parse_script(shell::whole_file(file));
    if (!script) return;
    bool past = false;
    each_command(script->commands, [&](const Command&, const SimpleCommand& simple) {
      for (const Assignment& one : simple.assignments) {
        past = past || (one.name == "PATH" && !one.append && !trouble(one.span.text()).empty());
      }
    });
    if (past) tell(path + " sets PATH without $PATH");
  }

  // `docker() { /usr/bin/docker "$@"; }`; what is wholly known is looked at where it runs.
  void look_at_path(Words argv) {
    const std::string program = program_in(argv.front(), world_.home);
    if (!program.starts_with('/') || !world_.is_client(program)) return;
    std::vector<Argument> known(argv.begin(), argv.end());
    known.front().text = program;
    known.front().holes.clear();
    known.front().splits = false;
    if (may_be_compose(known)) tell(program + " is called by its path");
  }

  void look_at_wrapper(Words argv, std::string_view name, int depth) {
    const auto inner = knowledge::unwrap_once(argv);
    if (name == "systemd-run" || name == "pkexec" || name == "setpriv") {
      for (std::size_t at = 1; at < argv.size(); ++at) {
        if (!calls::find_compose(argv.subspan(at)) || !runs_compose(argv.subspan(at), depth))
          continue;
        tell(std::string(name) + " runs it with a PATH of its own");
        return;
      }
    }
    const bool login = is_shell(name) && std::any_of(argv.begin() + 1, argv.end(), [](auto& word) {
                         return word.is("--login") ||
                                (word.text.size() > 1 && word.text[0] == '-' &&
                                 word.text[1] != '-' && word.text.find('l') != std::string::npos);
                       });
    if (!inner) {
      if (login && runs_compose(argv, depth)) tell("a login shell sets PATH anew");
      return;
    }
    if (!inner->why_not.empty() || inner->place != knowledge::Place::kHere) return;
    const bool text =
        inner->script != nullptr || (inner->joins_rest && inner->rest + 1 == argv.size());
    const bool compose = runs_compose(argv, depth);
    if (compose && (login || (inner->login_shell && name != "sudo"))) {
      tell("a login shell sets PATH anew");
    } else if (compose && is_other_user(name)) {
      tell(std::string(name) + " runs it with a PATH of its own");
    } else if (compose && name == "env") {
      look_at_env(argv, inner->rest);
    } else if (name == "command" && inner->rest < argv.size()) {
      const bool usual = std::any_of(argv.begin() + 1, argv.begin() + offset(inner->rest),
                                     [](const Argument& word) { return word.is("-p"); });
      const Words rest = argv.subspan(inner->rest);
      if (usual && is_shim_name(knowledge::base_name(rest.front())) && may_be_compose(rest)) {
        tell("`command -p` looks for it in the system's own PATH");
      }
    }
    if (text) {
      look_at_text(inner->script != nullptr ? *inner->script : argv[inner->rest], depth);
    } else if (inner->rest < argv.size() && !inner->joins_rest) {
      look(argv.subspan(inner->rest), depth + 1);
    }
  }

  void look_at_text(const Argument& text, int depth) {
    const auto parsed = shell::parse_script(shell::script_in(text));
    if (!parsed) return;
    const Span outer = span_;
    look(parsed->commands, depth + 1);
    span_ = outer;
  }

  static std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

  void look_at_env(Words argv, std::size_t rest) {
    bool gone = false;
    std::string why;
    for (std::size_t at = 1; at < std::min(rest, argv.size()); ++at) {
      const std::string& word = argv[at].text;
      if (word == "-i" || word == "-" || word == "--ignore-environment") gone = true;
      if (word == "--unset=PATH" || word == "-uPATH") gone = true;
      if (word == "PATH" && (argv[at - 1].is("-u") || argv[at - 1].is("--unset"))) gone = true;
      if (!word.starts_with("PATH=")) continue;
      gone = false;
      why = trouble(argv[at].span ? argv[at].span.text() : std::string_view(word));
    }
    if (gone) why = "env takes PATH away";
    if (!why.empty()) tell(why);
  }

  // Docker's own command line, with compose in it or words that are not known.
  [[nodiscard]] static bool may_be_compose(Words argv) {
    const auto start = calls::find_compose(argv);
    if (!start) {
      const bool docker = knowledge::base_name(argv.front()) == "docker";
      return docker && argv.size() > 1 && !argv[1].known();
    }
    ComposeInvocation call = calls::read_command_line(argv, *start, {});
    if (start->opaque || call.opaque_global || call.verb.empty()) return true;
    calls::judge(call);
    return business_of(call) != Business::kNone;
  }

  bool runs_compose(Words argv, int depth) const {
    if (argv.empty() || depth >= kDeepest) return false;
    if (const auto inner = knowledge::unwrap_once(argv)) {
      if (!inner->why_not.empty() || inner->place != knowledge::Place::kHere) return false;
      if (inner->script != nullptr) return text_runs_compose(*inner->script, depth + 1);
      if (inner->joins_rest && inner->rest + 1 == argv.size()) {
        return text_runs_compose(argv[inner->rest], depth + 1);
      }
      if (inner->rest >= argv.size()) return false;
      return runs_compose(argv.subspan(inner->rest), depth + 1);
    }
    const std::string_view name = knowledge::base_name(argv.front());
    if (is_shell(name)) {
      for (const Argument& word : argv.subspan(1)) {
        if (!word.text.starts_with("-")) return script_mentions_compose(word);
      }
      return false;
    }
    if (calls::find_compose(argv) || name == "docker") return may_be_compose(argv);
    return argv.front().text.find('/') != std::string::npos &&
           script_mentions_compose(argv.front());
  }

  bool text_runs_compose(const Argument& text, int depth) const {
    const auto script = shell::parse_script(shell::script_in(text));
    if (!script) return false;
    bool runs = false;
    each_command(script->commands, [&](const Command&, const SimpleCommand& simple) {
      const std::vector<Argument> argv = expanded(simple);
      runs = runs || runs_compose(argv, depth);
    });
    return runs;
  }

  bool script_mentions_compose(const Argument& word) const {
    if (!word.known()) return false;
    const std::string text = world_.text(home_in(word.text));
    return text.starts_with(
               "\x7f"
               "ELF")
               ? false
               : text.find("compose") != std::string::npos;
  }

  [[nodiscard]] std::string home_in(const std::string& path) const {
    return path.starts_with("~/") ? world_.home + path.substr(1) : path;
  }

  const ShimWorld& world_;
  bool sets_path_;
  Span span_;
  std::vector<PastShim> found_;
};

}  // namespace

std::string program_in(const Argument& word, const std::string& home) {
  if (word.holes.empty())
    return word.text.starts_with("~/") ? home + word.text.substr(1) : word.text;
  const Hole& first = word.holes.front();
  const bool of_home =
      word.holes.size() == 1 && first.at == 0 && (first.name == "HOME" || first.name == "~");
  return of_home && word.text.starts_with('/') ? home + word.text : "";
}

std::vector<PastShim> ways_past_shim(const SourceFile& file, const ShimWorld& world,
                                     bool sets_path) {
  const auto script = shell::parse_script(shell::whole_file(file));
  if (!script) return {};
  Finder finder(world, sets_path);
  finder.look(script->commands, 0);
  std::vector<PastShim> found = finder.take();
  for (PastShim& way : ways_by_other_names(script->commands, world, sets_path)) {
    const bool told = std::any_of(found.begin(), found.end(),
                                  [&](const PastShim& known) { return known.span == way.span; });
    if (!told) found.push_back(std::move(way));
  }
  // `#!/bin/bash -l`
  const std::string_view shebang = script->shebang;
  const std::string_view options = shebang.substr(std::min(shebang.find(" -"), shebang.size()));
  const bool login = options == " --login" || (options.size() > 2 && options[2] != '-' &&
                                               options.find('l') != std::string_view::npos);
  if (sets_path && login && shebang.find("env") == std::string_view::npos) {
    found.insert(found.begin(), {Span{&file, 0, 2}, "a login shell sets PATH anew"});
  }
  return found;
}

std::vector<MakefileWay> ways_past_shim_of_make(std::string_view makefile, const ShimWorld& world) {
  std::vector<MakefileWay> ways;
  if (makefile.find("compose") == std::string_view::npos) return ways;
  std::size_t number = 0;
  while (!makefile.empty()) {
    const std::string_view line = take_line(makefile);
    ++number;
    if (line.starts_with('\t')) continue;  // a recipe, whose shell sees what is set above
    std::string_view rest = trimmed(line);
    bool taken = false;
    for (const std::string_view word : {"export ", "override ", "unexport "}) {
      if (!rest.starts_with(word)) continue;
      taken = taken || word == "unexport ";
      rest = trimmed(rest.substr(word.size()));
    }
    if (taken && rest == "PATH") ways.push_back({number, "PATH is taken away"});
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view name = rest.substr(0, equals);
    while (!name.empty() &&
           std::string_view(":?+! \t").find(name.back()) != std::string_view::npos) {
      if (name.back() == '+') name = {};
      if (!name.empty()) name.remove_suffix(1);
    }
    std::string value(trimmed(rest.substr(equals + 1)));
    if (name == "PATH") {
      // As a shell writes it. $(shell …) and its like may hold blanks.
      for (char& c : value) c = c == '(' ? '{' : c == ')' ? '}' : c == ' ' ? '_' : c;
      for (std::size_t at = value.find("$$"); at != std::string::npos; at = value.find("$$")) {
        value.erase(at, 1);
      }
      for (const PathChange& change :
           path_changes("PATH=" + value, world.home, world.holds_docker)) {
        ways.push_back({number, change.why});
      }
    }
    const bool shell = name == "SHELL" || name == ".SHELLFLAGS";
    const bool login = value.find("--login") != std::string::npos ||
                       value.find(" -l") != std::string::npos ||
                       (name == ".SHELLFLAGS" && value.starts_with("-l"));
    if (shell && login) ways.push_back({number, "a login shell sets PATH anew"});
  }
  return ways;
}

}  // namespace composelint::guard
