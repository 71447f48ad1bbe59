#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>
#include <composelint/short_options.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/dumps/dumped_by.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_run.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/named_above.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Brings a file, wherever it is stored and however it is packed.
bool brings_a_file(std::string_view program) {
  static constexpr std::array<std::string_view, 20> kPrograms = {
      "aws",  "bunzip2", "bzcat",  "cat",   "curl", "gpg",  "gsutil", "gunzip", "gzip", "lz4",
      "pigz", "pv",      "unpigz", "unzip", "unxz", "wget", "xz",     "xzcat",  "zcat", "zstdcat"};
  return program == "zstd" || program == "unzstd" ||
         std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

bool is_psql(std::string_view word) {
  return word == "psql" || (word.starts_with('/') && word.ends_with("/psql"));
}

constexpr std::string_view kHalfARestore = "half a restore passes for a whole one";

struct Psql {
  Span program;
  Span place;  // of what it reads
  std::string from;
};

// An option of psql, alone or in a cluster: `-tAc`.
bool has_option(const TextWord& word, char letter) {
  return has_letter(word.text, letter, *value_letters("psql"));
}

bool is_statement(const TextWord& word) {
  return has_option(word, 'c') || word.text.starts_with("--command");
}

// `\i x.sql`, `\ir x.sql`: psql reads the file as it does that of `-f`, whatever stands before it.
std::optional<TextWord> included_file(TextWord statement) {
  std::string& text = statement.text;
  text.erase(0, std::min(text.find_first_not_of(" \t"), text.size()));
  const std::size_t end = text.find_first_of(" \t");
  const std::string command = text.substr(0, end);
  static constexpr std::array<std::string_view, 4> kReads = {"\\i", "\\ir", "\\include",
                                                             "\\include_relative"};
  if (std::find(kReads.begin(), kReads.end(), command) == kReads.end()) return std::nullopt;
  text.erase(0, std::min(text.find_first_not_of(" \t", command.size()), text.size()));
  return statement;
}

// `-f x.sql`, `-Xqf x.sql`, `--file=x.sql`; a statement of `-c` returns its failure.
std::optional<TextWord> file_option(const std::vector<TextWord>& words, std::size_t program) {
  std::optional<TextWord> file;
  for (std::size_t i = program + 1; i < words.size(); ++i) {
    const std::string& text = words[i].text;
    if (is_statement(words[i])) {
      return i + 1 < words.size() ? included_file(words[i + 1]) : std::nullopt;
    }
    const bool apart = text == "--file" || (has_option(words[i], 'f') && text.ends_with('f'));
    if (apart && i + 1 < words.size()) {
      file = words[i + 1];
    } else if (text.starts_with("--file=") || has_option(words[i], 'f')) {
      file = words[i];
    }
  }
  return file;
}

// Statements, or no reading of standard input at all: `-1` without `-f` is refused.
bool has_statement(const std::vector<TextWord>& words) {
  return std::any_of(words.begin(), words.end(), [](const TextWord& word) {
    return has_option(word, '1') || has_option(word, 'l') || is_statement(word) ||
           word.text == "--single-transaction" || word.text == "--list" || word.text == "--version";
  });
}

// `$CAT_CMD "$1" |` in a script that is there to restore: the program is open, what it gives is
// not.
bool is_given_a_dump(const Timeline& timeline, const Step& first) {
  if (first.argv.size() < 2 || first.argv.front().known() || first.launcher != Launcher::kNone) {
    return false;
  }
  const auto says_restore = [](std::string_view text) {
    return text.substr(0, text.find_first_of(" \t\n")).find("restore") != std::string_view::npos;
  };
  const std::string_view path = timeline.file->path();
  return first.argv.front().text.empty() &&
         (says_restore(file_name(path)) || says_restore(timeline.task) ||
          std::any_of(first.called_from.begin(), first.called_from.end(),
                      [&](const Span& call) { return says_restore(call.text()); }));
}

// The first stage of the pipeline brings a stored file, or dumps another database.
bool is_fed_a_file(const Timeline& timeline, const Step& step) {
  if (step.in.kind == StreamKind::kFile) return true;
  if (step.in.kind != StreamKind::kPipe || step.pipeline == 0) return false;
  for (const Step& other : timeline.steps) {
    if (other.pipeline != step.pipeline) continue;
    if (other.effect == Effect::kDumps) return true;
    if (is_given_a_dump(timeline, other)) return true;
    const bool named = other.argv.size() > 1 || other.in.kind == StreamKind::kFile;
    return brings_a_file(program_name(other)) && named && other.in.kind != StreamKind::kHere;
  }
  return false;
}

std::string called(const TextWord& file, std::string_view otherwise) {
  return file.known && !file.text.empty() ? quoted(file.text) : std::string(otherwise);
}

std::optional<Psql> in_words(const Timeline& timeline, const Step& step,
                             const std::vector<Argument>& arguments) {
  std::vector<TextWord> words;
  for (const Argument& word : arguments) words.push_back(text_word(word));
  const auto found = std::find_if(words.begin(), words.end(), [](const TextWord& word) {
    return word.known && is_psql(word.text);
  });
  if (found == words.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(found - words.begin());
  const auto file = file_option(words, at);
  if (file && file->text != "-") {
    return Psql{found->span, file->span, called(*file, "its file")};
  }
  if (has_statement(words) || !is_fed_a_file(timeline, step)) return std::nullopt;
  const bool named =
      step.in.kind == StreamKind::kFile && step.in.target.known() && !step.in.target.text.empty();
  return Psql{found->span, found->span,
              named ? quoted(step.in.target.text) : std::string("what it is fed")};
}

// Reads nothing of what the shell is fed.
bool leaves_input_alone(const TextCommand& command) {
  static constexpr std::array<std::string_view, 5> kPrograms = {"", "cd", "export", "set", "umask"};
  return std::find(kPrograms.begin(), kPrograms.end(), program_name(command)) != kPrograms.end();
}

// `sh -c 'gunzip -c x.gz | psql'`, `… | exec db sh -c 'psql -U "$POSTGRES_USER"'`.
std::optional<Psql> in_text(const Timeline& timeline, const Step& step, const Argument& text) {
  const std::vector<TextCommand> commands = read_script_text(text);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const TextCommand& command = commands[i];
    if (!is_psql(program_name(command))) continue;
    const Span place = command.words.front().span;
    if (const auto file = file_option(command.words, 0)) {
      return Psql{place, place, called(*file, "its file")};
    }
    if (has_statement(command.words)) continue;
    if (command.input) {
      return Psql{place, place, called(*command.input, "its input")};
    }
    if (command.piped_in && i > 0 && brings_a_file(program_name(commands[i - 1]))) {
      return Psql{place, place, "what it is fed"};
    }
    const bool first = std::all_of(
        commands.begin(), commands.begin() + static_cast<std::ptrdiff_t>(i), leaves_input_alone);
    if (first && !command.piped_in && is_fed_a_file(timeline, step)) {
      return Psql{place, place, "what it is fed"};
    }
  }
  return std::nullopt;
}

// `echo "explain …" > query.sql` before it: a query of the script's own, and nobody's dump.
bool is_fed_its_own_words(const Timeline& timeline, const Step& step) {
  std::vector<std::string_view> files;
  if (step.in.kind == StreamKind::kFile) files.push_back(step.in.target.text);
  for (const Step& other : timeline.steps) {
    if (step.pipeline == 0 || other.pipeline != step.pipeline || &other == &step) continue;
    for (std::size_t i = 1; i < other.argv.size(); ++i) files.push_back(other.argv[i].text);
  }
  return last_before(timeline, step, [&](const Step& other) {
           const std::string_view program = program_name(other);
           if (program != "echo" && program != "printf" && program != "cat") return false;
           if (program == "cat" && other.in.kind != StreamKind::kHere) return false;
           return other.out.kind == StreamKind::kFile && !other.out.target.text.empty() &&
                  std::find(files.begin(), files.end(), other.out.target.text) != files.end();
         }) != nullptr;
}

bool is_named_as_a_dump(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kWords = {".bak", ".gz",     "backup",
                                                             "dump", "restore", "snapshot"};
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

// What it reads, as it is written: `< "$LATEST_BACKUP"`, `cat "backups/$FILE" |`.
std::string described(const Timeline& timeline, const Step& step, const Psql& psql) {
  std::string text = psql.from;
  if (step.in.kind == StreamKind::kFile) text += step.in.span.text();
  for (const Step& other : timeline.steps) {
    if (step.pipeline != 0 && other.pipeline == step.pipeline && &other != &step) {
      text += other.span.text();
    }
  }
  return text;
}

// Packed, or straight from another database: nobody stores statements of their own so.
bool comes_from_a_dump(const Timeline& timeline, const Step& step) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
    if (step.pipeline == 0 || other.pipeline != step.pipeline || &other == &step) return false;
    const std::string_view program = program_name(other);
    return other.effect == Effect::kDumps || is_given_a_dump(timeline, other) ||
           (program != "cat" && program != "pv" && brings_a_file(program));
  });
}

// What is read has the name of a dump, or none that is known; or the script is there to restore.
// `schema/tables.sql` holds statements of the project's own, and so does what `dump-rows.sh` reads.
bool is_a_restore(const Timeline& timeline, const Step& step, const Psql& psql) {
  if (is_part_of_a_restore(step, timeline) || comes_from_a_dump(timeline, step)) return true;
  const bool file = step.in.kind == StreamKind::kFile;
  if (file && file_name(step.in.span.text()).find("schema") != std::string_view::npos) return false;
  if (psql.from.find(".sql") == std::string::npos) return true;
  return is_named_as_a_dump(psql.from) &&
         file_name(step.span.file->path()).find("dump") == std::string_view::npos;
}

// `create-roles.sql`, `schema.sql`, `init.sql`: may have run before. Not
// `migrations/004_split.sql`.
bool may_have_run_before(const Step& step, const Psql& psql) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "create", "database", "extension", "grant", "init",
      "role",   "schema",   "seed",      "setup", "user"};
  if (is_of_first_setup(step)) return true;
  const bool file = step.in.kind == StreamKind::kFile;
  const std::string_view path = file ? step.in.span.text() : std::string_view(psql.from);
  const std::string name = lower_case(file_name(path));
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

// Something is done behind it, as if all had gone well.
bool is_built_upon(const Timeline& timeline, const Step& step) {
  return first_after(timeline, step, [&](const Step& other) {
           const bool acts = other.call || other.docker || other.effect != Effect::kUnknown;
           return acts && other.effect != Effect::kReads &&
                  (step.pipeline == 0 || other.pipeline != step.pipeline);
         }) != nullptr;
}

bool says(const Step& step, std::string_view what) {
  const auto has = [&](const Argument& word) { return word.text.find(what) != std::string::npos; };
  return std::any_of(step.argv.begin(), step.argv.end(), has);
}

// In a container of the stack, or by a client in a script about it.
bool may_restore(const Timeline& timeline, const Step& step) {
  if (step.launcher != Launcher::kNone) return true;
  return step.place != Place::kContainer && program_name(step) == "psql" &&
         drives_containers(timeline);
}

// `su - postgres -c "psql -f app.sql"`: the text is a shell's as well.
std::optional<std::size_t> su_script_in(const std::vector<Argument>& words) {
  if (words.size() < 3 || !words.front().is("su")) return std::nullopt;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i].is("-c") || words[i].is("-lc") || words[i].is("--command")) return i + 1;
  }
  return std::nullopt;
}

void on_step(const Step& step, RuleContext& context) {
  // `|| echo "restore failed"` waits for a failure that `psql` does not return.
  const bool dropped = step.status == StatusUse::kDiscarded && !says_that_it_failed(step);
  if (context.timeline() == nullptr || dropped) return;
  const Timeline& timeline = *context.timeline();
  const bool minded = says(step, "ON_ERROR_STOP") || is_named_above(step, "on_error_stop");
  if (!may_restore(timeline, step) || minded) return;
  // What pg_dumpall writes makes roles that are there already: errors are expected.
  if (step.span.file->bytes().find("pg_dumpall") != std::string_view::npos) return;
  // A pipe may hand the setting over in front of the file.
  for (const Step& other : timeline.steps) {
    const bool same = step.pipeline != 0 && other.pipeline == step.pipeline;
    if (same && says(other, "ON_ERROR_STOP")) return;
  }
  // The messages are read.
  if (step.out.kind == StreamKind::kPipe || step.out.kind == StreamKind::kCaptured) return;
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (inner && inner->opaque) return;
  const std::vector<Argument>& words = inner ? *inner->words : step.argv;
  std::optional<std::size_t> text = inner ? su_script_in(words) : std::nullopt;
  if (const auto shell = inner ? shell_script_in(words) : std::nullopt) text = shell->at;
  const std::optional<Psql> psql =
      text ? in_text(timeline, step, words[*text]) : in_words(timeline, step, words);
  if (!psql || is_fed_its_own_words(timeline, step)) return;
  // What has run when the database was made; it says what is there already.
  if (psql->from.find("/docker-entrypoint-initdb.d/") != std::string::npos) return;
  // Rows for a developer's database are loaded again when they are not all there.
  if (context.context() != Context::kOps && !comes_from_a_dump(timeline, step) &&
      !is_named_as_a_dump(described(timeline, step, *psql))) {
    return;
  }
  const std::string misspelt =
      says(step, "ERROR_ON_STOP") ? "; the variable is called ON_ERROR_STOP" : "";
  const bool restores = is_a_restore(timeline, step, *psql);
  // `psql -f schema.sql > /dev/null 2>&1`: what is there already is no surprise.
  const bool muted = step.out.kind == StreamKind::kNull && step.err.kind == StreamKind::kNull;
  if (!restores && muted && may_have_run_before(step, *psql)) return;
  Finding& finding = context.report(
      psql->program.file == step.span.file ? psql->program : step.span,
      "`psql` goes on behind every statement of " + psql->from + " that fails, and returns 0: " +
          std::string(restores ? kHalfARestore : "half of it passes for all of it") + misspelt,
      {inner ? inner->line : std::string("psql"), psql->from});
  if (!restores && !is_built_upon(timeline, step)) finding.severity = Severity::kNote;
  if (psql->program && is_psql(psql->program.text()) && misspelt.empty()) {
    const Span behind{psql->program.file, psql->program.end, psql->program.end};
    finding.fixes.push_back(
        Fix{"Add -v ON_ERROR_STOP=1", FixSafety::kUnsafe, {{behind, " -v ON_ERROR_STOP=1"}}});
  }
}

// How a file restores is one matter, in however many arms and targets it does.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_dumped_by_pg_dumpall(finding->span.file->path(), facts))
      finding->severity = Severity::kOff;
  }
  tell_once_a_file(facts, findings);
  // Schemas, roles, clean-ups: how the scripts of a repository call `psql` for them is one matter.
  std::vector<Finding*> others;
  for (Finding* finding : findings) {
    if (finding->message.find(kHalfARestore) == std::string::npos) others.push_back(finding);
  }
  tell_once_a_run(std::move(others));
}

constexpr Example kExamples[] = {{
    .unsafe = "gunzip -c app.sql.gz | docker compose exec -T db psql -U app appdb\n",
    .safe = "gunzip -c app.sql.gz | docker compose exec -T db psql -v ON_ERROR_STOP=1 -U app "
            "appdb\n",
}};

}  // namespace

COMPOSELINT_RULE(restore_ignores_errors) = {
    .slug = "restore-ignores-errors",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "psql restores a file and goes on after statements that fail",
    .rationale =
        "Reading a file or standard input, `psql` prints an error and takes the next statement; "
        "at the end it returns 0. With `-v ON_ERROR_STOP=1` it stops at the first error and "
        "returns 3 (measured with PostgreSQL 15). A restore into a database that is not empty, or "
        "by a role that lacks a right, is half a restore that no caller hears of. The repair is "
        "offered and not made by itself: dumps that expect errors (a role that exists already) "
        "stop there. The host's own `psql` is meant as well where the script drives containers.",
    .silent_on =
        "Calls that name ON_ERROR_STOP, or whose comment does. Statements of `-c`, which return "
        "their failure (`\\i FILE` does not); here-documents, `echo` and files that the script "
        "itself has written so; what the image runs when the database is made "
        "(`/docker-entrypoint-initdb.d/`). `--single-transaction` without `-f`, which psql "
        "refuses. Output that is piped on or captured, and so may be read; `|| true`. Schemas, "
        "roles and seeds, with all of their output thrown away. Jobs of CI services. Scripts that "
        "name pg_dumpall, whose dumps make roles that exist, and those whose siblings dump by "
        "nothing else. All but the first of a file, which tells how many there are; of the "
        "repository, for files that are no dump by their name, nor by that of the script. Pipes "
        "that begin with a program that is not known, in scripts and functions that are not called "
        "restore. `psql` of the host in scripts that drive no container. `pg_restore` and `mysql`, "
        "which fail of their own.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 252,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
