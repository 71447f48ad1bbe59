#include "guard/other_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/text/path.h"
#include "guard/session_directory.h"
#include "guard/simple_commands.h"

namespace composelint::guard {

namespace {

using Argv = std::vector<Argument>;

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool is_shim_name(std::string_view name) {
  return std::find(std::begin(kShimNames), std::end(kShimNames), name) != std::end(kShimNames);
}

bool has_word(const Argv& argv, const char* wanted) {
  return std::any_of(argv.begin(), argv.end(),
                     [&](const Argument& word) { return word.is(wanted); });
}

// Programs that run a text in a language of their own, or the command in their arguments.
bool runs_texts(std::string_view name) {
  static constexpr std::array<std::string_view, 19> kRunners = {
      "awk", "gawk", "mawk",   "nawk",  "perl",  "python", "python3", "ruby",     "node", "php",
      "lua", "sg",   "script", "watch", "tclsh", "expect", "find",    "parallel", "xargs"};
  return one_of(name, kRunners);
}

class OtherNames {
 public:
  OtherNames(const ShimWorld& world, bool sets_path) : world_(world), sets_path_(sets_path) {}

  void operator()(const Command& command, const ForClause& loop) {
    span_ = command.span;
    if (loop.name == "PATH" && sets_path_) tell("a loop sets PATH");
    for (const Word& word : loop.words) {
      for (const WordPart& part : word.parts) {
        if (part.kind == WordPartKind::kParameter && part.parameter.name == "PATH") {
          variables_.insert(loop.name);
        }
      }
    }
  }

  void operator()(const Command& command, const SimpleCommand& simple) {
    span_ = command.span;
    for (const Assignment& assignment : simple.assignments) look(assignment);
    const Argv argv = expanded(simple);
    if (argv.empty()) return;
    const std::string_view name = text::name_of(argv.front().text);
    if (name == "cd" || name == "pushd") {
      const bool known = argv.size() == 2 && argv[1].known() && argv[1].text.starts_with('/');
      directory_ = known ? argv[1].text : std::string();
    } else if (name == "read" || name == "printf") {
      const bool set = name == "read" ? has_word(argv, "PATH")
                                      : argv.size() > 2 && argv[1].is("-v") && argv[2].is("PATH");
      if (set && sets_path_) tell(std::string(name) + " sets PATH");
    } else if (name == "ln" || name == "cp" || name == "install" || name == "mv") {
      look_at_copy(argv);
    } else if (runs_texts(name)) {
      look_at_texts(command, argv, name);
    }
    look_at_program(argv);
  }

  std::vector<PastShim> take() { return std::move(found_); }

 private:
  void tell(std::string why) { found_.push_back({span_, std::move(why)}); }

  void look(const Assignment& assignment) {
    const std::string_view value = assignment.span.text();
    if (assignment.name == "PATH") {
      for (const std::string& link : directories_) {
        const std::size_t at = value.find(link);
        const std::size_t kept = std::min(value.find("$PATH"), value.find("${PATH"));
        if (at != std::string_view::npos && at < kept && sets_path_) {
          return tell("docker is found in " + link + " before $PATH");
        }
      }
      return;
    }
    each_in_word(assignment.value, [&](const Command&, const SimpleCommand& inner) {
      const Argv argv = expanded(inner);
      if (argv.empty() || !(has_word(argv, "docker") || has_word(argv, "docker-compose"))) return;
      const std::string_view name = text::name_of(argv.front().text);
      const bool all = (name == "which" || name == "type") && argv.size() > 1 &&
                       argv[1].text.starts_with('-') && argv[1].text.find('a') != std::string::npos;
      if (all || name == "whereis") variables_.insert(assignment.name);
    });
  }

  // `ln -s /usr/bin/docker ./dk`, `cp /usr/bin/docker dk`, `ln -s /usr/bin ./tools`.
  void look_at_copy(const Argv& argv) {
    std::vector<const Argument*> places;
    for (std::size_t i = 1; i < argv.size(); ++i) {
      if (!argv[i].text.starts_with('-')) places.push_back(&argv[i]);
    }
    if (places.size() < 2) return;
    const std::string source = text::normalise(places[0]->text);
    const std::string_view name = text::name_of(places.back()->text);
    if (!places[0]->known() || !source.starts_with('/') || name.empty()) return;
    if (world_.is_client(source)) {
      if (!is_shim_name(name)) programs_.insert(std::string(name));
    } else if (text::name_of(argv.front().text) == "ln" && world_.holds_docker(source)) {
      directories_.insert(std::string(name));
    }
  }

  void look_at_program(const Argv& argv) {
    const Argument& program = exec_of(argv);
    const bool compose = has_word(argv, "compose");
    const std::string_view name = text::name_of(program.text);
    if (program.known() && programs_.contains(name)) {
      const bool itself = name.find("compose") != std::string_view::npos;
      if (compose || itself) tell(std::string(name) + " is docker by another name");
      return;
    }
    if (!program.holes.empty() && program.holes.front().at == 0 &&
        variables_.contains(program.holes.front().name)) {
      const bool itself = program.text.ends_with("/docker-compose");
      if (compose || itself) {
        tell("$" + program.holes.front().name + " may be docker itself, past the shims");
      }
      return;
    }
    const bool relative = program.known() && !program.text.starts_with('/') &&
                          program.text.find('/') != std::string::npos && is_shim_name(name);
    if (!relative || directory_.empty() || !(compose || name == "docker-compose")) return;
    const std::string whole = text::join_path(directory_, program.text);
    if (world_.is_client(whole)) tell(whole + " is called by its path");
  }

  static const Argument& exec_of(const Argv& argv) {
    const bool through = argv.front().is("exec") || argv.front().is("command");
    return through && argv.size() > 1 ? argv[1] : argv.front();
  }

  // `awk 'BEGIN { system("/usr/bin/docker compose …") }'`, `sg group -c '/usr/bin/docker …'`, and
  // what stands in a here-document: `python3 - <<X`.
  void look_at_texts(const Command& command, const Argv& argv, std::string_view name) {
    bool client = false;
    bool found = false;
    for (std::size_t i = 1; i < argv.size(); ++i) {
      found = found || (client && argv[i].text.find("compose") != std::string::npos);
      found = found || calls_client(argv[i].text, client);
    }
    for (const IoRedirect& redirect : command.redirects) {
      if (redirect.here) found = found || calls_client(redirect.here->body.span.text(), client);
    }
    if (found) tell(std::string(name) + " calls docker by its path");
  }

  // `client`: it is named, compose is not.
  [[nodiscard]] bool calls_client(std::string_view text, bool& client) const {
    for (std::size_t at = text.find('/'); at != std::string_view::npos;
         at = text.find('/', at + 1)) {
      if (at > 0 && is_part(text[at - 1])) continue;
      std::size_t end = at;
      while (end < text.size() && is_part(text[end])) ++end;
      const std::string path(text.substr(at, end - at));
      if (!is_shim_name(text::name_of(path)) || !world_.is_client(path)) continue;
      client = true;
      if (path.ends_with("compose") || text.find("compose", end) != std::string_view::npos) {
        return true;
      }
    }
    return false;
  }

  static bool is_part(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("/._-+").find(c) != std::string_view::npos;
  }

  const ShimWorld& world_;
  bool sets_path_;
  Span span_;
  std::string directory_;                           // of the last `cd`; empty: not known
  std::set<std::string, std::less<>> variables_;    // that may hold docker's own path
  std::set<std::string, std::less<>> programs_;     // other names of docker
  std::set<std::string, std::less<>> directories_;  // other names of its directory
  std::vector<PastShim> found_;
};

}  // namespace

std::vector<PastShim> ways_by_other_names(const std::vector<Command>& commands,
                                          const ShimWorld& world, bool sets_path) {
  OtherNames names(world, sets_path);
  const auto take = [&names](const Command& command, const auto& part) { names(command, part); };
  each_command(commands, take);
  return names.take();
}

}  // namespace composelint::guard
