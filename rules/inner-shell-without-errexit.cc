#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/client_program.h"
#include "analyzer/signs/files/own_entrypoint.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool matters(Effect effect) {
  return effect == Effect::kMigrates || effect == Effect::kDumps || effect == Effect::kImports ||
         effect == Effect::kRestores || effect == Effect::kDeletes;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

// Where `${…}` or `$(…)` that begins at `at` ends; `at` itself where nothing closes it.
std::size_t end_of_expansion(std::string_view script, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at + 1; i < script.size(); ++i) {
    if (script[i] == '(' || script[i] == '{') ++depth;
    if ((script[i] == ')' || script[i] == '}') && --depth == 0) return i;
  }
  return at;
}

// `migrate &&` at the end of a line: the next one belongs to it, blank lines between or not.
bool joins_the_next(std::string_view command) {
  return command.ends_with("&&") || command.ends_with('|');
}

// The commands of a plain list; empty where the script is more than that (a branch, a loop, a
// here-document).
std::vector<std::string_view> plain_list(std::string_view script) {
  std::vector<std::string_view> out;
  char quote = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (c == '\\') {
      ++i;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (script.substr(i, 2) == "${" || script.substr(i, 2) == "$(") {
      i = end_of_expansion(script, i);
    } else if (c == '(' || c == '{' || c == '`' || c == '#' || script.substr(i, 2) == "<<") {
      return {};
    } else if (c == ';' || c == '\n') {
      if (c == '\n' && joins_the_next(trimmed(script.substr(start, i - start)))) continue;
      if (!trimmed(script.substr(start, i - start)).empty()) {
        out.push_back(trimmed(script.substr(start, i - start)));
      }
      start = i + 1;
    }
  }
  if (!trimmed(script.substr(start)).empty()) out.push_back(trimmed(script.substr(start)));
  return out;
}

std::string_view first_word(std::string_view command) {
  return command.substr(0, command.find_first_of(" \t\n"));
}

// The line that it begins on, as far as a message has room.
std::string_view shown(std::string_view command) {
  std::string_view line = command.substr(0, std::min<std::size_t>(command.find('\n'), 50));
  while (line.ends_with('&') || line.ends_with('|'))
    line = trimmed(line.substr(0, line.size() - 1));
  return line;
}

bool is_control(std::string_view command) {
  static constexpr std::array<std::string_view, 9> kWords = {"case", "do",   "exit",  "for",  "if",
                                                             "then", "trap", "until", "while"};
  return std::find(kWords.begin(), kWords.end(), first_word(command)) != kWords.end();
}

// `./manage.py flush; pytest`: what is asked is what the tests say, which find an odd database out.
bool runs_tests(std::string_view command) {
  static constexpr std::array<std::string_view, 7> kRunners = {
      "go test", "jest", "npm test", "phpunit", "pytest", "rspec", "vitest"};
  return std::any_of(kRunners.begin(), kRunners.end(),
                     [&](std::string_view word) { return command.find(word) != command.npos; });
}

// Prepares or says something: its failure is no failure of the task.
bool is_setup(std::string_view command) {
  static constexpr std::array<std::string_view, 15> kWords = {
      ".",   ":",     "alias",  "cd",   "date",   "echo",  "export", "printf",
      "set", "sleep", "source", "true", "ulimit", "umask", "unset"};
  const std::string_view word = first_word(command);
  // `rm -rf out/* out/.*` always fails, and clears the way for what comes next.
  return word == "rm" || word.find('=') != std::string_view::npos ||
         std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// `set -e`, `set -uex`, `set -o errexit`.
bool turns_errexit_on(std::string_view command) {
  if (first_word(command) != "set") return false;
  if (command.find("-o errexit") != std::string_view::npos) return true;
  for (std::size_t at = command.find(" -"); at != std::string_view::npos;
       at = command.find(" -", at + 1)) {
    if (first_word(command.substr(at + 1)).find('e') != std::string_view::npos) return true;
  }
  return false;
}

bool turns_errexit_off(std::string_view command) {
  return first_word(command) == "set" && command.find(" +") != std::string_view::npos;
}

bool is_client(const TextCommand& command) {
  return is_mysql(program_name(command)) || is_postgres(program_name(command));
}

// Makes statements of what it reads: a log, a shape file, another database.
bool writes_statements(const TextCommand& command) {
  static constexpr std::array<std::string_view, 5> kMakers = {
      "mariadb-binlog", "mysqlbinlog", "ogr2ogr", "raster2pgsql", "shp2pgsql"};
  return std::find(kMakers.begin(), kMakers.end(), program_name(command)) != kMakers.end();
}

bool unpacks(const TextCommand& command) {
  static constexpr std::array<std::string_view, 8> kAlways = {
      "bunzip2", "bzcat", "gunzip", "unxz", "unzstd", "xzcat", "zcat", "zstdcat"};
  static constexpr std::array<std::string_view, 5> kWhenTold = {"bzip2", "gzip", "pigz", "xz",
                                                                "zstd"};
  const std::string_view program = program_name(command);
  const bool told = std::find(kWhenTold.begin(), kWhenTold.end(), program) != kWhenTold.end();
  return std::find(kAlways.begin(), kAlways.end(), program) != kAlways.end() ||
         (told && command.words.size() > 1 && command.words[1].text.starts_with('-') &&
          command.words[1].text.find('d') != std::string::npos);
}

// `sh -c 'gunzip < dump.sql.gz | mysql app'`: the client takes what comes for all there is.
void look_at_pipe(const Step& step, const InnerCommand& inner, RuleContext& context) {
  const bool heard = step.status == StatusUse::kStops || step.status == StatusUse::kDecides;
  const std::vector<Argument> words = behind_entrypoint(step, *inner.words);
  const std::optional<ShellScript> shell = shell_script_in(words);
  if (!shell || !heard) return;
  const Argument& text = words[shell->at];
  const bool pipefail = std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return word.text.find("pipefail") != std::string::npos;
  });
  if (pipefail) return;
  const std::vector<TextCommand> commands = read_script_text(text);
  if (commands.size() < 2 || !commands.front().piped_out) return;
  if (!unpacks(commands.front()) && !writes_statements(commands.front())) return;
  const TextCommand& client = commands[1];
  if (!client.piped_in || client.piped_out || !is_client(client) || commands.size() > 2) return;
  const std::string program(program_name(commands.front()));
  context.report(asked_at(step, text.place()),
                 "when " + quoted(program) +
                     (unpacks(commands.front()) ? " fails half-way, as on a file that is cut off, "
                                                : " fails half-way, ") +
                     quoted(inner.line) + " returns the 0 of " + quoted(program_name(client)) +
                     ": part of the data is restored, and passes for all; no pipefail of this "
                     "script counts in there",
                 {inner.line, program, "restore"});
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque) return;
  if (step.effect == Effect::kShell || step.effect == Effect::kImports) {
    look_at_pipe(step, *inner, context);
  }
  if (!matters(step.effect)) return;
  // Any file may be what `rm` removes: a cache, its own script.
  if (step.effect_name.empty() || step.effect_name == "rm") return;
  const std::vector<Argument> words = behind_entrypoint(step, *inner->words);
  const std::optional<ShellScript> shell = shell_script_in(words);
  if (!shell || shell->errexit) return;
  // A value that stands in front may be a whole command.
  const Argument& script = words[shell->at];
  if (script.splits || (!script.holes.empty() && script.holes.front().at == 0)) return;
  const std::string& text = script.text;
  const std::vector<std::string_view> commands = plain_list(text);
  if (commands.size() < 2 || std::any_of(commands.begin(), commands.end(), is_control)) return;
  // From there on the shell itself looks at each.
  const auto on = std::find_if(commands.begin(), commands.end(), turns_errexit_on);
  const bool stays = std::none_of(on, commands.end(), turns_errexit_off);
  const auto end = stays && on != commands.end() ? on : commands.end() - 1;
  // `rm -rf …; true`: as deliberate as `|| true`.
  const bool waved = commands.back() == "true" || commands.back() == ":";
  if (waved && step.effect == Effect::kDeletes) return;
  if (step.effect != Effect::kDumps && runs_tests(commands.back())) return;
  const auto hidden = std::find_if(commands.begin(), end, [](std::string_view command) {
    return !is_setup(command) && command.find("||") == std::string_view::npos;
  });
  if (hidden == end) return;
  const std::string what = step.effect_name.empty() ? "the task" : step.effect_name;
  context.report(script.place(),
                 "when " + quoted(script.holes.empty() ? shown(*hidden) : first_word(*hidden)) +
                     " fails the script in the container goes on, and " + quoted(inner->line) +
                     " returns what " + quoted(first_word(commands.back())) + " returns (" + what +
                     ")",
                 {inner->line, std::string(first_word(*hidden))});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app sh -c 'rails db:migrate; rails assets:precompile'\n",
    .safe = "docker compose exec -T app sh -ec 'rails db:migrate; rails assets:precompile'\n",
}};

}  // namespace

COMPOSELINT_RULE(inner_shell_without_errexit) = {
    .slug = "inner-shell-without-errexit",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "The script of sh -c goes on after a step that failed",
    .rationale =
        "`set -e` of the script does not reach into the container: `exec app sh -c 'false; true'` "
        "ends with 0 (measured with Compose 2.40.3). Of `migrate; collectstatic` only the second "
        "decides, so a failed migration looks like a success from outside. `sh -ec`, `set -e;` or "
        "`&&` tell of it. So it is with a pipe in there: of `gunzip < dump.sql.gz | mysql` the "
        "client decides, which has read what there was.",
    .silent_on =
        "Pipes into a client whose status the script does not look at, or with `pipefail`. Scripts "
        "joined by `&&`, with `-e` or `set -e`, with branches or loops of their own; "
        "commands that only prepare or print; removals with `true` behind them on purpose; work "
        "that is no migration, dump, import or removal "
        "of data, and what is made ready for tests behind it.",
    .examples = kExamples,
    .on_step = on_step,
};

}  // namespace composelint::rules
