#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/client_program.h"
#include "analyzer/signs/files/own_entrypoint.h"
#include "analyzer/signs/secrets/client_password.h"
#include "analyzer/signs/secrets/formatted_secret.h"
#include "analyzer/signs/secrets/given_secret.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/secrets/named_secret.h"
#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/signs/secrets/secret_value.h"
#include "analyzer/signs/secrets/shown_literal.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/callers_words.h"
#include "analyzer/signs/words/text_arguments.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Secret {
  const Argument* word = nullptr;
  std::string what;  // "--password", "MYSQL_PWD"
};

// `host=db password=$PW` and `postgres://app:$PW@db/app`, handed to a client.
std::optional<Secret> in_connection(std::string_view program, const Argument& word) {
  static constexpr std::array<std::string_view, 13> kClients = {
      "createdb",    "dropdb",       "mongo",        "mongodump", "mongoexport",
      "mongoimport", "mongorestore", "mongosh",      "pg_dump",   "pg_dumpall",
      "pg_restore",  "psql",         "pg_basebackup"};
  if (std::find(kClients.begin(), kClients.end(), program) == kClients.end()) return std::nullopt;
  const std::string& text = word.text;
  constexpr std::string_view kKey = "password=";
  const std::size_t key = text.find(kKey);
  const bool begins =
      key == 0 || (key != std::string::npos &&
                   std::string_view(" ?&=").find(text[key - 1]) != std::string_view::npos);
  if (begins && !is_throwaway(word, key + kKey.size()) &&
      has_value(word, key + kKey.size(), " &'")) {
    return Secret{&word, "password"};
  }
  const std::size_t scheme = text.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  const std::size_t at = text.find('@', scheme + 3), colon = text.find(':', scheme + 3);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return std::nullopt;
  // `postgres://app:app@db`: nothing that anybody keeps.
  const std::string_view user = std::string_view(text).substr(scheme + 3, colon - scheme - 3);
  const std::string_view value = std::string_view(text).substr(colon + 1, at - colon - 1);
  const bool example = !value.empty() && (value == user || value == "password");
  // Code that puts an address together: `"://" + user + ":" + encode(process.env.PW) + "@db"`.
  const bool code = value.find_first_of(" \t\n\"'+(") != value.npos;
  if (example || code || !has_value(word, colon + 1, "@")) return std::nullopt;
  return Secret{&word, "password"};
}

// `-d "user=a&password=$PW"`, `-H "Authorization: Bearer $TOKEN"`, `-c "ALTER USER a PASSWORD
// '$PW'"`: the shell puts the value into a text of several.
std::optional<Secret> in_text(std::string_view program, const Argument& word) {
  const bool request = program == "curl" || program == "wget" || program == "http";
  for (const Hole& hole : word.holes) {
    if (!is_plain_hole(hole) || hole.at == 0) continue;
    if (auto found = in_program_text(word, hole)) return Secret{&word, std::move(*found)};
    const std::string_view name = name_before(word.text, hole.at);
    const char joint = word.text[hole.at - 1];
    const auto behind = std::size_t(name.data() + name.size() - word.text.data());  // of the name
    if (name.empty()) continue;
    const bool header = request && (name == "Bearer" || name == "Basic");
    const bool form = request && names_a_secret(name);
    const bool assigned = joint == '=' && behind + 1 == hole.at && names_a_secret(name);
    const bool statement = joint == '\'' && word.text.find(' ') != std::string::npos &&
                           (name == "PASSWORD" || name == "password" || name == "BY");
    if (header || form || assigned || statement) {
      return Secret{&word, std::string(name == "BY" ? "IDENTIFIED BY" : name)};
    }
  }
  if (auto key = empty_in_statement(word)) return Secret{&word, std::move(*key)};
  return std::nullopt;
}

// `curl -u admin:$PW`.
std::optional<Secret> in_login_of_request(const Argument& option, const Argument& value) {
  const bool user = option.is("-u") || option.is("--user");
  const std::size_t colon = value.text.find(':');
  if (!user || colon == std::string::npos) return std::nullopt;
  const bool secret = std::any_of(value.holes.begin(), value.holes.end(), [&](const Hole& hole) {
    return hole.at > colon && is_plain_hole(hole);
  });
  return secret ? std::optional(Secret{&value, option.text}) : std::nullopt;
}

// NAME=VALUE, where NAME tells of a secret.
std::optional<Secret> in_assignment(const Argument& word) {
  const std::size_t equals = word.text.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  if (!word.holes.empty() && word.holes.front().at <= equals) return std::nullopt;
  const std::string name = word.text.substr(0, equals);
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](unsigned char c) { return c == '_' || std::isalnum(c) != 0; });
  if (!plain || !is_secret_assignment(name) || !is_secret(word, equals + 1)) return std::nullopt;
  return Secret{&word, name};
}

std::optional<Secret> in_words(const std::vector<Argument>& words) {
  if (words.empty() || !words.front().known()) return std::nullopt;
  const std::string& first = words.front().text;
  std::string_view program = file_name(first);
  if (has_no_other_way(program)) return std::nullopt;
  const bool only_says = program == "echo" || program == "printf" || program == "test";
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Argument& word = words[i];
    const std::string_view text = word.text;
    if (i == 0 || program == "env") {
      if (auto found = in_assignment(word)) return found;
      if (program == "env" && i > 0 && text.find('=') == std::string_view::npos) program = text;
      continue;
    }
    if (is_mysql(program) && text.starts_with("-p") && !text.starts_with("--") &&
        is_secret(word, 2) && !is_throwaway(word, 2)) {
      return Secret{&word, "-p"};
    }
    if (i > 0 && program == words.front().text.substr(first.rfind('/') + 1)) {
      if (auto found = in_connection(program, word)) return found;
    }
    if (auto found = in_text(program, word)) return found;
    if (auto name = named_by_format(words, i)) return Secret{&word, std::move(*name)};
    if (program == "curl") {
      if (auto found = in_login_of_request(words[i - 1], word)) return found;
    }
    if (const auto password = password_at(program, words, i)) {
      const Argument& value = words[password->at];
      const auto said = std::string_view(value.text).substr(password->from);
      const bool poor = value.known() && is_guessable(said);
      if (!poor && is_secret(value, password->from) && !is_given_twice(words, password->at))
        return Secret{&value, std::string(password->what)};
    }
    const std::size_t dashes = text.starts_with("--") ? 2 : 1;
    const bool assigned = dashes == 1 && text.starts_with('-') && text.find('=') != text.npos;
    const std::string_view name = assigned ? text.substr(1) : option_name(text);
    const bool long_option = is_secret_option(name.substr(0, name.find('=')));
    if (long_option && text.find('=') != std::string_view::npos) {
      const std::size_t equals = text.find('=');
      if (is_secret(word, equals + 1)) return Secret{&word, std::string(text.substr(0, equals))};
    } else if (long_option && !is_postgres(program) && i + 1 < words.size() &&
               is_secret(words[i + 1], 0) && !words[i + 1].text.starts_with('-') &&
               !is_given_twice(words, i + 1)) {
      return Secret{&words[i + 1], std::string(text)};
    }
    const std::string_view variable = only_says ? std::string_view() : secret_variable_of(word);
    if (!variable.empty()) return Secret{&word, "$" + std::string(variable)};
  }
  return std::nullopt;
}

// `sh -c "mongodump --password $PW"`: in double quotes the host puts the value in.
std::optional<Secret> in_script(const Argument& script) {
  for (const Hole& hole : script.holes) {
    if (auto found = in_program_text(script, hole)) return Secret{&script, std::move(*found)};
    const std::string_view before = std::string_view(script.text).substr(0, hole.at);
    if (has_no_other_way(before)) continue;
    std::string_view word = last_word(before);
    if (word.ends_with('=')) {
      word.remove_suffix(1);
      const std::size_t name = word.find_first_not_of('-');
      if (name != std::string_view::npos && is_secret_option(word.substr(name))) {
        return Secret{&script, std::string(word)};
      }
      continue;
    }
    std::string_view rest = before;
    rest = rest.substr(0, rest.find_last_not_of("\"'\\") + 1);  // npos + 1 is 0
    if (!word.empty() || rest.empty() || rest.back() != ' ') continue;
    while (rest.ends_with(' ')) rest.remove_suffix(1);
    word = last_word(rest);
    if (is_secret_option(option_name(word))) {
      return Secret{&script, std::string(word)};
    }
  }
  return std::nullopt;
}

// The inner command, or the text that its shell is given.
std::optional<Secret> in_command(const std::vector<Argument>& words) {
  const auto shell = shell_script_in(words);
  if (!shell) return in_words(words);
  const Argument& script = words[shell->at];
  if (auto found = in_script(script)) return found;
  for (const TextCommand& command : read_script_text(script)) {
    if (auto found = in_words(arguments_of(command.words))) return Secret{&script, found->what};
    for (const Argument& assignment : arguments_of(command.assignments)) {
      if (auto found = in_assignment(assignment)) return Secret{&script, found->what};
    }
  }
  return std::nullopt;
}

// The same behind `--entrypoint sh`; the word is one of `inner`.
std::optional<Secret> in_command(const std::vector<OptionUse>& options,
                                 const std::vector<Argument>& inner) {
  const std::vector<Argument> words = behind_entrypoint(options, inner);
  const std::size_t before = words.size() - inner.size();
  std::optional<Secret> found = in_command(words);
  if (!found) return found;
  const auto at = static_cast<std::size_t>(found->word - words.data());
  if (at < before) return std::nullopt;
  found->word = &inner[at - before];
  return found;
}

// NAME=VALUE of `-e`, or of `--build-arg`.
std::optional<Secret> in_option(std::string_view name, const std::vector<OptionUse>& options) {
  for (const OptionUse& use : options) {
    if (use.name != name || !use.value) continue;
    const Argument& word = *use.value;
    // `--build-arg SECRET_KEY_BASE=dummy`: there has to be one, and nobody keeps it.
    const std::size_t value = word.text.find('=') + 1;  // npos + 1 is 0
    if (name == "--build-arg" && word.known() && is_guessable(word.text.substr(value))) continue;
    if (auto found = in_assignment(word)) return found;
  }
  return std::nullopt;
}

bool is_login(const Step& step) {
  return program_name(step) == "docker" && step.argv.size() > 2 && step.argv[1].is("login");
}

// docker login -u NAME -p PASSWORD
std::optional<Secret> in_login(const Step& step) {
  for (std::size_t i = 2; i + 1 < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    if ((word.is("-p") || word.is("--password")) && is_secret(step.argv[i + 1], 0)) {
      return Secret{&step.argv[i + 1], word.text};
    }
    if (word.text.starts_with("--password=") && is_secret(word, 11))
      return Secret{&word, "--password"};
  }
  return std::nullopt;
}

std::optional<Secret> secret_in(const Step& step) {
  if (step.place == Place::kContainer) return std::nullopt;
  if (is_login(step)) return in_login(step);
  if (step.call) {
    if (auto found = in_option("--env", step.call->options)) return found;
    if (step.call->is("build")) return in_option("--build-arg", step.call->options);
    return in_command(step.call->options, step.call->inner);
  }
  if (!step.docker) return std::nullopt;
  if (step.docker->verb.ends_with("build")) return in_option("--build-arg", step.docker->options);
  // `docker run -e` keeps the value where every user of the engine reads it, whatever the way.
  if (step.docker->is("container exec")) {
    if (auto found = in_option("--env", step.docker->options)) return found;
  }
  // Where the command begins is a guess then.
  if (step.docker->opaque_options && !step.docker->is("container exec")) return std::nullopt;
  return in_command(step.docker->options, step.docker->inner);
}

// Where it is written in the task's file: a function of one that is sourced may hand it on.
Span place_in(const Timeline& task, const Step& step, const Argument& word) {
  if (inner_with(step, &word) == nullptr && is_argument_of_the_script(step, word)) return {};
  const SourceFile* file = task.file;
  if (word.span.file == file) return written_by_caller(step, word);
  const auto& sourced = task.sourced;
  if (std::find(sourced.begin(), sourced.end(), step.span.file) == sourced.end()) return {};
  const auto run = std::find_if(word.runs.begin(), word.runs.end(),
                                [&](const WrittenRun& each) { return each.span.file == file; });
  if (run != word.runs.end()) return whole_word(run->span);
  // The caller hands a variable in, and the function writes the option.
  return word.span.file == step.span.file && !is_handed_on(word) ? word.span : Span{};
}

struct Place {
  const Step* step = nullptr;
  Secret secret;
  Span span;
};

void report(const Place& place, RuleContext& context) {
  const Step& step = *place.step;
  const Argument* word = place.secret.word;
  const bool builds =
      step.call ? step.call->is("build") : step.docker && step.docker->verb.ends_with("build");
  const std::string_view text = place.span.text();
  const bool literal = word->holes.empty() && is_as_it_stands(text);
  context.report(
      place.span,
      "the value of " + quoted(place.secret.what) +
          (literal ? std::string(kWrittenOut) + ", and" : variable_in(text)) +
          " stands on the command line: every user of " +
          (step.place == composelint::Place::kRemote ? "that" : "this") +
          " machine reads it in `ps` while the command runs" +
          (inner_with(step, word) != nullptr ? ", and so does every process in the container"
           : builds                          ? ", and the history of the image keeps it for good"
                                             : ""),
      {place.secret.what});
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  std::set<std::pair<const SourceFile*, std::uint32_t>> seen;
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (context.severity_at(step) == Severity::kOff) continue;
      if (is_login(step) && is_of_a_runner(*task)) continue;
      const auto secret = secret_in(step);
      const Span span = secret ? place_in(*task, step, *secret->word) : Span{};
      if (!span || !seen.insert({span.file, span.begin}).second) continue;
      report({&step, *secret, span}, context);
    }
  }
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose exec -T db mysqldump -u root -p\"$DB_PASSWORD\" shop > s.sql\n",
        .safe =
            "docker compose exec -T db sh -c 'mysqldump -u root -p\"$MYSQL_ROOT_PASSWORD\" shop' "
            "> s.sql\n",
    },
    {
        .unsafe =
            "docker compose exec -T -e PGPASSWORD=\"$DB_PASSWORD\" db pg_dump -U app > app.sql\n",
        .safe = "export PGPASSWORD\n"
                "docker compose exec -T -e PGPASSWORD db pg_dump -U app > app.sql\n",
    },
    {
        .unsafe = "docker compose exec -T db sh -c \"PGPASSWORD=$PW pg_dump -U app\" > app.sql\n",
        .safe = "docker compose exec -T db sh -c 'PGPASSWORD=$PW pg_dump -U app' > app.sql\n",
    },
};

}  // namespace

COMPOSELINT_RULE(secret_on_command_line) = {
    .slug = "secret-on-command-line",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A password or token is handed over as an argument",
    .rationale =
        "Arguments are no secret: `ps` shows them to every user of the machine, with the values "
        "that the shell has put in, and audit logs keep them. `docker compose exec db mysqldump "
        "-p…` shows them on the host and in the container. `-e NAME` without a value passes a "
        "variable of the environment on; `sh -c '… \"$NAME\"'` in single quotes reads the "
        "container's own; most clients have a file or a variable for it (`--password-stdin`, "
        "`PGPASSFILE`, `--defaults-extra-file`). Passwords inside of connection strings "
        "(`password=…`, `postgres://app:…@db`), of requests (`curl -u`, `-d`, `-H`), of "
        "statements (`ALTER USER … PASSWORD '…'`) and of programs (`set_password('$PW')`) are "
        "seen as well, and those in the text for `sh -c` (`PGPASSWORD=… pg_dump`), in the "
        "arguments of a build (`--build-arg`, where `--secret` leaves no trace) and in what "
        "`ssh` runs elsewhere. Told where a machine does it again and again or for long, so that "
        "whoever waits sees it: of dumps and restores, of scripts called a backup, a start or by "
        "their hour (`nightly.sh`), of those that cron or a unit starts, also by a line of a "
        "page, and of values that are written out. Reported once a file; a literal of scripts, "
        "what the clients of MySQL or PostgreSQL get, and a variable that is handed to the same "
        "option, once a repository.",
    .silent_on =
        "What a person does once: `setup.sh`, a query by hand, a login, a step of a release. A "
        "value that is the user's name as well (`-u $APP --password $APP`). Programs of the host "
        "itself, and those that take a password as an argument alone (`zip`). Variables set in "
        "front of a command, `-e NAME`, words in single quotes that the container's shell "
        "replaces. Blanks like `<password>` and `[PASSWORD]`; values of `--build-arg` that "
        "nobody keeps (`dummy`). `docker run -e`, whose value the engine shows anyway, and the "
        "same variable elsewhere in such a script. What anybody would try first (`wordpress`, a "
        "service's name), also as the default of a variable (`${DB_PASSWORD:-guest}`), and what "
        "a compose file shows in clear. Variables that a service has on the line of its command "
        "or of its health check. What the script gets as an argument itself (`token=\"$3\"`) and "
        "gives no process in a container. Developers' machines and CI jobs, which have no other "
        "users and whose databases are thrown away; `docker login` of a pipeline, wherever it "
        "goes to.",
    .examples = kExamples,
    .cwe = 214,
    .on_file = on_file,
    .on_findings = tell_shown_literals_once,
};

}  // namespace composelint::rules
