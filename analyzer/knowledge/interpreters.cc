#include "analyzer/knowledge/interpreters.h"

#include <string_view>

#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::knowledge {
namespace {

using Words = std::span<const Argument>;

struct Interpreter {
  std::string_view names;        // as matches_any reads them
  std::string_view module;       // option whose value is the program
  std::string_view inline_code;  // options that carry code: no program follows
  std::string_view values;       // options that take the next word
};

constexpr Interpreter kInterpreters[] = {
    {"python|python2|python3|python3.*|pypy*", "-m", "-c", "-W|-X"},
    {"php|php7*|php8*", "-f", "-r|-i|-v|-m|-S", "-d|-c|-t|-z"},
    {"ruby|jruby", "-S", "-e", "-I|-r|-C|-E"},
    {"perl", "", "-e|-E", "-I"},
    {"node|nodejs|tsx|ts-node|deno|babel-node", "", "-e|--eval|-p|--print",
     "-r|--require|--loader|--import|--env-file"},
    {"java", "-jar", "", "-cp|-classpath|--class-path"},
    {"bash|sh|dash|ash|zsh|ksh", "", "-c", "-o"},
    {"source|.", "", "", ""}};

// The first word that is no option; argv.size(): none.
std::size_t skip_own_options(const Interpreter& interpreter, Words argv, bool& is_module) {
  for (std::size_t at = 1; at < argv.size(); ++at) {
    const Argument& word = argv[at];
    if (!looks_like_option(word)) return at;
    if (!word.known()) return argv.size();
    if (!interpreter.module.empty() && word.text == interpreter.module) {
      is_module = interpreter.module == "-m";
      return at + 1;
    }
    if (matches_any(interpreter.inline_code, word.text)) return argv.size();
    if (matches_any(interpreter.values, word.text)) ++at;
  }
  return argv.size();
}

// The first operand from `at` on; argv.size(): none.
std::size_t first_operand(Words argv, std::size_t at) {
  for (; at < argv.size(); ++at) {
    if (argv[at].known() &&
        matches_any("--prefix|-w|--workspace|--filter|-F|--cwd|-C|--dir|-d|--working-dir",
                    argv[at].text)) {
      ++at;
    } else if (!looks_like_option(argv[at]) && !is_assignment(argv[at])) {
      return at;
    }
  }
  return argv.size();
}

// make's and its likes' options that take the next word.
std::size_t first_target(Words argv) {
  for (std::size_t at = 1; at < argv.size(); ++at) {
    if (!argv[at].known()) continue;
    if (matches_any("-C|-f|-j|-I|-o|-W|--directory|--file|--justfile|-d|--dir|-t|--taskfile|-p",
                    argv[at].text)) {
      ++at;
    } else if (!looks_like_option(argv[at]) && !is_assignment(argv[at])) {
      return at;
    }
  }
  return argv.size();
}

// npm run X, yarn X, yarn workspace W X, pnpm --filter W exec X.
std::optional<NamedScript> package_script(Words argv, std::string_view name) {
  NamedScript out;
  out.at = first_operand(argv, 1);
  const auto is = [&](std::string_view wanted) {
    return out.at < argv.size() && argv[out.at].known() && matches_any(wanted, argv[out.at].text);
  };
  if (is("workspace")) out.at = first_operand(argv, first_operand(argv, out.at + 1) + 1);
  const bool said = is("run|run-script|rum");
  const bool program = !said && is("exec|dlx|x");
  if (said || program) out.at = first_operand(argv, out.at + 1);
  if (!said && !program && name == "npm") return std::nullopt;
  out.of_package = said;
  out.may_be_program = program || name == "yarn" || name == "pnpm" || name == "bun";
  if (out.at >= argv.size() || !argv[out.at].known()) return std::nullopt;
  return out;
}

}  // namespace

Interpreted skip_interpreter(std::span<const Argument> argv) {
  Interpreted out;
  if (argv.size() < 2) return out;
  const std::string_view name = base_name(argv.front());
  if (name.empty()) return out;
  for (const Interpreter& interpreter : kInterpreters) {
    if (!matches_any(interpreter.names, name)) continue;
    const std::size_t at = skip_own_options(interpreter, argv, out.is_module);
    if (at < argv.size()) out.at = at;
    return out;
  }
  return out;
}

std::optional<NamedScript> named_script(std::span<const Argument> argv) {
  if (argv.size() < 2) return std::nullopt;
  const std::string_view name = base_name(argv.front());
  NamedScript out;
  if (matches_any("make|gmake|just|task|rake|invoke|inv|fab|mage|nox|doit", name)) {
    out.at = first_target(argv);
  } else if (matches_any("npm|pnpm|yarn|bun|composer", name)) {
    return package_script(argv, name);
  } else {
    return std::nullopt;
  }
  if (out.at >= argv.size() || !argv[out.at].known()) return std::nullopt;
  return out;
}

}  // namespace composelint::knowledge
