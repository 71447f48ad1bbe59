#include "analyzer/calls/doubt.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/calls/inner_words.h"
#include "analyzer/calls/known_look.h"
#include "analyzer/calls/statements.h"
#include "analyzer/calls/told_more.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"

namespace composelint::calls {

namespace {

using Words = std::span<const Argument>;

constexpr int kDeepest = 12;  // texts in wrappers in texts

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

std::string shown(std::string_view words) {
  constexpr std::size_t kLongest = 40;
  return "`" + std::string(words.substr(0, kLongest)) + "`";
}

// Shell's own words that touch no data; `exec` with redirects alone is among them.
bool is_harmless_builtin(std::string_view name) {
  static constexpr std::array<std::string_view, 27> kNames = {
      ":",      "((",     "[[",      "break", "cd",      "command", "continue", "declare", "exec",
      "exit",   "export", "getopts", "hash",  "let",     "local",   "popd",     "pushd",   "read",
      "return", "set",    "shift",   "shopt", "typeset", "ulimit",  "umask",    "unset",   "wait"};
  return one_of(name, kNames);
}

// A place that holds nobody's data.
bool is_scratch(const Argument& target) {
  static constexpr std::array<std::string_view, 3> kBelow = {"/tmp/", "/dev/", "/proc/"};
  return target.known() && target.text.find("..") == std::string::npos &&
         std::any_of(kBelow.begin(), kBelow.end(), [&](std::string_view directory) {
           return target.text.starts_with(directory);
         });
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
}

// A variable by which another program runs than the one that is named.
bool decides_what_runs(std::string_view name) {
  static constexpr std::array<std::string_view, 23> kNames = {
      "BASH_ENV",         "BUNDLE_GEMFILE", "CURL_HOME",  "ENV",          "GEM_HOME",
      "GEM_PATH",         "LESSOPEN",       "MYSQL_HOME", "NODE_OPTIONS", "NODE_PATH",
      "OPENSSL_CONF",     "PAGER",          "PATH",       "PERL5LIB",     "PERL5OPT",
      "PHP_INI_SCAN_DIR", "PSQLRC",         "PSQL_PAGER", "PYTHONPATH",   "PYTHONSTARTUP",
      "RUBYLIB",          "RUBYOPT",        "WGETRC"};
  return one_of(name, kNames) || name.starts_with("GIT_") || name.starts_with("LD_");
}

// `gzip -9`, `zstd -T0`: it names no file, so it packs what it is fed.
bool only_packs(std::string_view name, std::span<const Argument> argv) {
  static constexpr std::array<std::string_view, 12> kPackers = {
      "bzip2", "cat", "gunzip", "gzip", "lz4",  "lzop",
      "pigz",  "pv",  "xz",     "zcat", "zstd", "zstdmt"};
  return one_of(name, kPackers) &&
         std::all_of(argv.begin() + 1, argv.end(), [](const Argument& word) {
           const std::string_view text = word.text;
           const bool option = text.size() > 1 && text[0] == '-' && !text.starts_with("-o") &&
                               !text.starts_with("--output");
           return word.known() && (option || text == "-" || is_number(text));
         });
}

// NAME=value, or NAME alone, which is handed on.
std::string_view assigned(std::string_view word) {
  return word.substr(0, word.find('='));
}

// Where a dump would overwrite what something lives on.
bool is_place_of_data(std::string_view path) {
  static constexpr std::array<std::string_view, 8> kBelow = {
      "/var/lib/", "/data/db/", "/bitnami/", "/etc/", "/usr/", "/bin/", "/lib/", "/proc/"};
  static constexpr std::array<std::string_view, 7> kOfADump = {"dump", "backup", "bak", ".sql",
                                                               ".gz",  ".tar",   ".zst"};
  const auto holds = [&](std::string_view part) { return path.find(part) != path.npos; };
  return holds("..") ||
         (std::any_of(kBelow.begin(), kBelow.end(),
                      [&](std::string_view directory) { return path.starts_with(directory); }) &&
          std::none_of(kOfADump.begin(), kOfADump.end(), holds));
}

class Sceptic {
 public:
  explicit Sceptic(const knowledge::Vocabulary* own) : own_(own) {}

  // A program that is known to look stood there, and not only words of the shell.
  [[nodiscard]] bool looked() const { return looked_; }

  std::string words(Words argv, bool fed, int depth) {
    if (argv.empty()) return "";
    const Argument& program = argv.front();
    if (depth >= kDeepest) return "what runs in the end is too deep to be seen";
    if (!program.known()) return "what runs is not known";
    if (functions_.contains(program.text)) return "";  // its body has been looked at
    if (const auto inner = knowledge::unwrap_once(argv)) return wrapped(argv, *inner, fed, depth);
    const std::string_view name = knowledge::base_name(program);
    if (is_harmless_builtin(name)) return "";
    return plain(argv, fed);
  }

 private:
  std::string wrapped(Words argv, const knowledge::Unwrapped& inner, bool fed, int depth) {
    const std::string name = shown(inner.wrapper);
    if (!inner.why_not.empty()) return "what " + name + " runs is not known";
    for (std::size_t at = 1; at < std::min(inner.rest, argv.size()); ++at) {
      const std::string_view variable = assigned(argv[at].text);
      if (variable.size() < argv[at].text.size() && decides_what_runs(variable)) {
        return "it sets " + std::string(variable);
      }
    }
    if (inner.script != nullptr) return text(*inner.script, fed, depth + 1);
    if (inner.joins_rest && inner.rest + 1 == argv.size()) {
      return text(argv[inner.rest], fed, depth + 1);
    }
    if (inner.joins_rest || inner.place != knowledge::Place::kHere) {
      return "what " + name + " runs is not known";
    }
    const bool before = gets_words_;
    gets_words_ = before || inner.feeds_words;
    std::string why = words(argv.subspan(std::min(inner.rest, argv.size())),
                            fed && !inner.feeds_words, depth + 1);
    gets_words_ = before;
    return why;
  }

  std::string plain(Words argv, bool fed) {
    const knowledge::Recognised found = knowledge::recognise(argv, {}, own_);
    const std::string name = shown(knowledge::base_name(argv.front()));
    const bool of_the_user = own_ != nullptr && found.fact != knowledge::recognise(argv).fact;
    if (!of_the_user && !gets_words_ && surely_looks(argv, fed)) {
      looked_ = true;
      return "";
    }
    switch (found.effect) {
      case Effect::kReads:
      case Effect::kExports:
      case Effect::kDumps:
      case Effect::kShell:
        if (!asks_alone(argv, found.effect)) {
          return "not every statement that " + name + " is given only asks";
        }
        if (told_more(argv, found)) return name + " is told more than to look";
        if (const std::string_view file = written_by(argv); is_place_of_data(file)) {
          return name + " writes to " + shown(file);
        }
        return fed && found.effect == Effect::kShell
                   ? "what " + name + " is told on its standard input is not known"
                   : "";
      case Effect::kUnknown:
        if (only_packs(knowledge::base_name(argv.front()), argv)) return "";
        return name + " is not known to leave data alone";
      default: break;
    }
    return name + " is " + (found.name.empty() ? "no look" : std::string(found.name));
  }

  std::string text(const Argument& script, bool fed, int depth) {
    if (!script.span) return "the shell text cannot be read";
    if (!script.holes.empty()) return "a part of the shell text is not known";
    const auto parsed = shell::parse_script(shell::script_in(script));
    if (!parsed || !parsed->unparsed.empty()) return "the shell text cannot be read";
    return commands(parsed->commands, fed, depth);
  }

  std::string commands(const std::vector<Command>& all, bool fed, int depth) {
    for (const Command& command : all) {
      if (std::string why = one(command, fed, depth); !why.empty()) return why;
    }
    return "";
  }

  std::string one(const Command& command, bool fed, int depth) {
    const Argument* written = nullptr;
    std::vector<Argument> targets;
    targets.reserve(command.redirects.size());
    for (const IoRedirect& redirect : command.redirects) {
      if (std::string why = word(redirect.target, depth); !why.empty()) return why;
      targets.push_back(argument(redirect.target));
      const Argument& target = targets.back();
      if (redirect.op.starts_with("<")) {
        if (redirect.fd <= 0) fed = !target.is("/dev/null");
        if (redirect.op == "<>" && !is_scratch(target)) written = &target;
      } else if (redirect.op != ">&" || !is_number(target.text)) {
        if (!is_scratch(target)) written = &target;
      }
    }
    if (const auto* simple = command.as<SimpleCommand>()) {
      return simple_one(*simple, written, fed, depth);
    }
    if (written != nullptr) return "it writes to " + shown(written->text);
    return compound(command, fed, depth);
  }

  std::string simple_one(const SimpleCommand& simple, const Argument* written, bool fed,
                         int depth) {
    for (const Assignment& assignment : simple.assignments) {
      if (decides_what_runs(assignment.name)) return "it sets " + assignment.name;
      if (std::string why = word(assignment.value, depth); !why.empty()) return why;
      for (const Word& element : assignment.elements) {
        if (std::string why = word(element, depth); !why.empty()) return why;
      }
    }
    for (const Word& each : simple.words) {
      if (std::string why = word(each, depth); !why.empty()) return why;
    }
    if (simple.words.empty()) return written == nullptr ? "" : "it empties " + shown(written->text);
    const shell::Scope nothing;
    const std::vector<Argument> argv = shell::expand(simple.words, nothing).front().arguments;
    std::string why = words(argv, fed, depth);
    if (!why.empty() || written == nullptr) return why;
    const Effect effect = knowledge::recognise(argv, {}, own_).effect;
    const bool dumps = (effect == Effect::kDumps || effect == Effect::kExports) &&
                       !is_place_of_data(written->text);
    return dumps ? "" : "it writes to " + shown(written->text);
  }

  std::string compound(const Command& command, bool fed, int depth) {
    if (const auto* pipeline = command.as<Pipeline>()) {
      bool first = true;
      for (const Command& stage : pipeline->commands) {
        if (std::string why = one(stage, fed || !first, depth); !why.empty()) return why;
        first = false;
      }
      return "";
    }
    if (const auto* list = command.as<AndOrList>()) return commands(list->commands, fed, depth);
    if (const auto* group = command.as<Group>()) return commands(group->body, fed, depth);
    if (const auto* clause = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : clause->branches) {
        std::string why = commands(branch.condition, fed, depth);
        if (why.empty()) why = commands(branch.body, fed, depth);
        if (!why.empty()) return why;
      }
      return "";
    }
    if (const auto* loop = command.as<LoopClause>()) {
      std::string why = commands(loop->condition, fed, depth);
      return why.empty() ? commands(loop->body, fed, depth) : why;
    }
    if (const auto* each = command.as<ForClause>()) {
      for (const Word& value : each->words) {
        if (std::string why = word(value, depth); !why.empty()) return why;
      }
      return commands(each->body, fed, depth);
    }
    if (const auto* choice = command.as<CaseClause>()) {
      std::string why = word(choice->subject, depth);
      for (const CaseClause::Item& item : choice->items) {
        if (why.empty()) why = commands(item.body, fed, depth);
      }
      return why;
    }
    if (const auto* function = command.as<FunctionDefinition>()) {
      functions_.insert(function->name);
      // Who calls it may feed it.
      return function->body ? commands(*function->body, true, depth) : "";
    }
    return "the shell text cannot be read";
  }

  // Commands substituted in a word.
  std::string word(const Word& each, int depth) {
    for (const WordPart& part : each.parts) {
      if (std::string why = commands(part.commands, false, depth); !why.empty()) return why;
      if (part.parameter.argument) {
        if (std::string why = word(*part.parameter.argument, depth); !why.empty()) return why;
      }
    }
    return "";
  }

  static Argument argument(const Word& each) {
    const shell::Scope nothing;
    const std::vector<Argument> all = shell::expand_argument(each, nothing);
    return all.empty() ? Argument{} : all.front();
  }

  const knowledge::Vocabulary* own_;
  bool looked_ = false;
  std::set<std::string, std::less<>> functions_;
  bool gets_words_ = false;  // behind xargs: others than those that are written
};

}  // namespace

namespace {

std::string doubt_by(Sceptic& sceptic, const ComposeInvocation& call, bool fed,
                     const knowledge::Vocabulary* own) {
  for (const OptionUse& use : call.options) {
    if (use.name != "--env" || !use.value) continue;
    const std::string_view variable = assigned(use.value->text);
    if (decides_what_runs(variable)) return "it sets " + std::string(variable);
  }
  const auto behind = [&](std::vector<Argument> front, const std::vector<Argument>& rest) {
    front.insert(front.end(), rest.begin(), rest.end());
    return sceptic.words(front, fed, 0);
  };
  if (const auto other = own_entrypoint(call)) return behind(*other, call.inner);
  const Argument* name = call.service();
  const Service* service = name != nullptr && call.target.project != nullptr
                               ? call.target.project->service(name->text)
                               : nullptr;
  if (!call.is("run") || name == nullptr) return behind({}, call.inner);
  std::vector<Argument> inner = call.inner;
  if (inner.empty() && service != nullptr && service->command) {
    inner = as_arguments(*service->command, *service);
  }
  std::vector<Argument> entrypoint;
  if (service != nullptr && service->entrypoint) {
    entrypoint = as_arguments(*service->entrypoint, *service);
    const Effect effect = knowledge::recognise(entrypoint, {}, own).effect;
    // It does so whatever it is handed.
    if (effect == Effect::kMigrates || effect == Effect::kDeletes) {
      return "the entrypoint of " + shown(name->text) + " changes data";
    }
  }
  const std::string why = behind({}, inner);
  // `run artisan migrate:status`: the entrypoint, or the service's name, is the program.
  if (why.empty() || (!entrypoint.empty() && behind(entrypoint, inner).empty())) return "";
  return behind({*name}, inner).empty() ? "" : why;
}

}  // namespace

std::string doubt_of(const ComposeInvocation& call, bool fed, const knowledge::Vocabulary* own) {
  Sceptic sceptic(own);
  return doubt_by(sceptic, call, fed, own);
}

bool surely_looks(const ComposeInvocation& call, bool fed, const knowledge::Vocabulary* own) {
  Sceptic sceptic(own);
  return doubt_by(sceptic, call, fed, own).empty() && sceptic.looked();
}

}  // namespace composelint::calls
