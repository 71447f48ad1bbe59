#include <composelint/lower_case.h>
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
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/copied_volume.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/packed_volume.h"
#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/dumps/import_twin.h"
#include "analyzer/signs/dumps/same_name.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/on_developers_stack.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/redirected_inside.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view last_part(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return file_name(path);
}

// Not the copy that somebody relies on: scratch, or made to be made again. "latest" is no test.
bool is_scratch(std::string_view path) {
  static constexpr std::array<std::string_view, 13> kParts = {
      ".new", ".part", "demo", "example", "fixture",          "init", "sample", "schema",
      "seed", "temp",  "test", "tmp",     "docker-entrypoint"};
  const auto begins = [&](std::string_view part) {
    for (std::size_t at = path.find(part); at != path.npos; at = path.find(part, at + 1)) {
      if (at == 0 || std::isalpha(static_cast<unsigned char>(path[at - 1])) == 0) return true;
    }
    return false;
  };
  return path.starts_with("/dev/") || std::any_of(kParts.begin(), kParts.end(), begins);
}

// What the script itself says of a path: without the directories that `pwd` would print.
std::string written_part(const Argument& path) {
  std::string out;
  for (const WrittenRun& run : path.runs) out += path.text.substr(run.at, run.size);
  return out.empty() ? path.text : out;
}

// `$DB.sql` of "$DIR/$DB.sql"; what is known of a name that is put together elsewhere.
std::string shown_name(const Argument& path) {
  const std::size_t begin = path.text.size() - file_name(path.text).size();
  const bool open = !path.holes.empty() && path.holes.back().at >= begin;
  std::string written(last_part(open ? path.span.text() : std::string_view(path.text)));
  std::erase(written, '"');
  return written;
}

bool only_looks(const Step& step) {
  static constexpr std::array<std::string_view, 17> kPrograms = {
      "[",  "[[",     "chmod",     "chown", "du",   "echo", "file", "grep", "head",
      "ls", "printf", "sha256sum", "stat",  "tail", "test", "wc",   "zgrep"};
  return one_of(program_name(step), kPrograms);
}

// Changes the new dump, or takes away what it left beside it (`rm "$file.bak"`): the old one is
// gone by then.
bool finishes_the_new(const Step& step, std::string_view name) {
  const std::string_view program = program_name(step);
  if (program == "sed" || program == "perl") {
    return std::any_of(step.argv.begin() + 1, step.argv.end(),
                       [](const Argument& word) { return word.text.starts_with("-i"); });
  }
  return program == "rm" &&
         std::all_of(step.argv.begin() + 1, step.argv.end(), [&](const Argument& word) {
           return word.text.starts_with('-') ||
                  (word.text.size() > name.size() && !word.text.ends_with(name));
         });
}

// Puts files elsewhere: several of them, or whole directories.
bool stores(const Step& step) {
  static constexpr std::array<std::string_view, 24> kPrograms = {
      "aws",   "az",     "b2",      "borg", "cp",   "duplicity", "find",   "gcloud",
      "git",   "gsutil", "kopia",   "lftp", "mc",   "mv",        "rclone", "restic",
      "rsync", "s3cmd",  "savelog", "scp",  "sftp", "tar",       "zip",    "logrotate"};
  return one_of(program_name(step), kPrograms);
}

// `rm -f app.sql` in front of the dump: what is there now is gone before anything new is.
const Step* removed_before(const Timeline& timeline, const Step& dump, const Argument& path) {
  if (path.splits || path.text.empty()) return nullptr;
  // A name with the date in it is another one each time.
  for (const Hole& hole : path.holes) {
    static constexpr std::array<std::string_view, 6> kMoving = {"date", "rand", "stamp",
                                                                "temp", "time", "uuid"};
    const std::string name = lower_case(hole.name);
    // A directory that is worked out once and kept in a variable is the same for both.
    const bool kept = hole.at == 0 && path.text.starts_with('/') &&
                      path.span.text().find("$(") == std::string_view::npos &&
                      path.span.text().find('`') == std::string_view::npos;
    const bool variable = kept || name.find_first_of(" (`$") == std::string::npos;
    const bool moves = name == "now" || name.ends_with("_now") ||
                       std::any_of(kMoving.begin(), kMoving.end(), [&](std::string_view part) {
                         return name.find(part) != std::string::npos;
                       });
    if (!variable || moves) return nullptr;
  }
  return last_before(timeline, dump, [&](const Step& other) {
    if (program_name(other) != "rm" || !same_place(other, dump)) return false;
    return std::any_of(other.argv.begin() + 1, other.argv.end(), [&](const Argument& word) {
      return word.text == path.text && word.holes == path.holes;
    });
  });
}

// `if …; then pg_dump > app.sql; else pg_dump -h replica > app.sql; fi`: the other way empties it
// just so.
bool empties_it_instead(const Timeline& timeline, const Step& other, std::size_t here,
                        std::string_view name) {
  const std::size_t there = index_of(timeline, other);
  const bool apart =
      timeline.reach(there, here) == Reach::kNever && timeline.reach(here, there) == Reach::kNever;
  return apart && other.out.kind == StreamKind::kFile &&
         std::none_of(other.argv.begin(), other.argv.end(), [&](const Argument& word) {
           return word.text.find(name) != std::string::npos;
         });
}

// `[ -f app.sql ] && exit 1`, `if [ ! -f "$FILE" ]; then pg_dump > "$FILE"; fi`: what is there may
// be spared.
bool may_be_spared(const Timeline& timeline, const Step& dump, std::string_view name) {
  static constexpr std::array<std::string_view, 3> kThere = {"-f ", "-e ", "-s "};
  std::string_view written =
      dump.out.kind == StreamKind::kFile ? dump.out.target.span.text() : std::string_view();
  while (written.starts_with('"')) written.remove_prefix(1);
  while (written.ends_with('"')) written.remove_suffix(1);
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const Span test = branch.condition;
    if (!test || test.file != dump.span.file || test.end > dump.span.begin) return false;
    const std::string_view text = test.text();
    return has_one_of(text, kThere) &&
           (text.find(name) != std::string_view::npos ||
            (!written.empty() && text.find(written) != std::string_view::npos));
  });
}

// Another step keeps the old copy, takes the new one away, or asks for the file before.
bool is_looked_after(const Timeline& timeline, const Step& dump, const std::string& path,
                     const Step* removed) {
  const std::string_view name = last_part(path);
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = slash == std::string::npos
                                      ? std::string_view()
                                      : last_part(std::string_view(path).substr(0, slash));
  const std::size_t here = index_of(timeline, dump);
  if (removed == nullptr && may_be_spared(timeline, dump, name)) return true;
  const bool step_packs = volume_archive(dump).has_value();
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (i == here || (dump.pipeline != 0 && other.pipeline == dump.pipeline)) continue;
    if (runs_unseen(other)) return true;
    if (&other == removed) continue;
    // The next volume goes into a directory of its own, by the same name in the container.
    if (step_packs && volume_archive(other)) continue;
    // `ls app.sql || exit` in front of it: the script may spare what is there.
    const bool may_spare =
        i < here && removed == nullptr &&
        (other.status == StatusUse::kDecides || other.status == StatusUse::kStops);
    const bool looks = only_says(other) || (only_looks(other) && !may_spare);
    if (mentions(other, name) && !looks && !(i > here && finishes_the_new(other, name)) &&
        !empties_it_instead(timeline, other, here, name)) {
      return true;
    }
    if (!stores(other)) continue;
    const bool open = std::any_of(other.argv.begin(), other.argv.end(), [&](const Argument& word) {
      return !word.known() || word.is(".") || (!folder.empty() && last_part(word.text) == folder);
    });
    if (open) return true;
  }
  return false;
}

bool begins_its_line(Span span) {
  const SourceFile& file = *span.file;
  const std::uint32_t begin = file.line_begin(file.line_of(span.begin));
  return file.bytes().substr(begin, span.begin - begin).find_first_not_of(" \t") ==
         std::string_view::npos;
}

// `> app.sql` becomes `> app.sql.part` and a `mv`.
std::optional<Fix> write_beside(const Timeline& timeline, const Step& dump, const DumpFile& file) {
  const Step& writer = *file.writer;
  const Span word = file.path->span;
  const Span whole = writer.span;
  const bool inside = word.file == whole.file && whole.begin <= word.begin && word.end <= whole.end;
  if (!inside || dump.status == StatusUse::kMasked || !file.redirected || writer.background)
    return std::nullopt;
  const std::string raw(word.text());
  // Under errexit a failure in front of `&&` would end nothing.
  std::string between = " && ";
  if (writer.errexit) {
    const SourceFile& source = *whole.file;
    const std::uint32_t line = source.line_begin(source.line_of(whole.begin));
    const Span start = dump.span;
    const bool lines = timeline.script->span.begin == 0 && begins_its_line(start) &&
                       source.line_of(start.begin) == source.line_of(whole.end);
    between = lines ? "\n" + std::string(source.bytes().substr(line, start.begin - line)) : "; ";
  }
  const Span behind_name{word.file, word.end, word.end};
  const Span behind{whole.file, whole.end, whole.end};
  Fix fix{"Write to a file beside it and move that", FixSafety::kUnsafe, {}};
  if (behind_name == behind) {
    fix.edits = {{behind, ".part" + between + "mv " + raw + ".part " + raw}};
  } else {
    fix.edits = {{behind_name, ".part"}, {behind, between + "mv " + raw + ".part " + raw}};
  }
  return fix;
}

// `pg_dump -f FILE`, in whichever container that is.
std::optional<InnerFile> file_of_option(const Step& step) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const std::vector<Argument>& words = inner ? *inner->words : step.argv;
  const auto shell = inner ? shell_script_in(words) : std::nullopt;
  // `docker exec $CID sh -c …` begins where the shell stands.
  if (inner && inner->opaque && (inner->fresh || !shell)) return std::nullopt;
  std::vector<TextWord> text;
  if (shell) {
    const std::vector<TextCommand> commands = read_script_text(words[shell->at]);
    if (auto file = redirected_inside(commands)) return file;
    for (const TextCommand& command : commands) {
      if (dump_tool(program_name(command)) != nullptr) text = command.words;
    }
  } else {
    for (const Argument& word : words) text.push_back(text_word(word));
  }
  const std::optional<std::size_t> program = dump_program_in(text);
  if (!program || !text[*program].text.ends_with("pg_dump")) return std::nullopt;
  for (const TextWord& word : text) {
    if (word.text == "-Fd" || word.text == "--format=directory" || word.text == "d") {
      return std::nullopt;  // refuses a directory that is there
    }
  }
  const auto file = dump_file_in(text);
  return file ? std::optional(InnerFile{*file, false}) : std::nullopt;
}

void look_at_option(const Step& step, const Timeline& timeline, RuleContext& context) {
  const std::optional<InnerFile> file = file_of_option(step);
  if (!file || !file->path.known || file->path.text.empty()) return;
  const std::string& path = file->path.text;
  const bool inside = step.launcher != Launcher::kNone;
  if (!path.starts_with('/') && (inside || !step.directory)) return;
  if (is_scratch(path) || is_looked_after(timeline, step, path, nullptr)) return;
  const auto carries = [](const Step& other) {
    return (other.call && other.call->is("cp")) ||
           (other.docker && other.docker->is("container cp"));
  };
  if (inside && std::any_of(timeline.steps.begin(), timeline.steps.end(), carries)) return;
  context.report(
      file->path.span ? file->path.span : step.span,
      quoted(path) +
          (file->redirected ? " is emptied before " + quoted(step.effect_name) + " starts"
                            : " is written over by " + quoted(step.effect_name) + " as it goes") +
          ": when the dump fails, the last good one is gone as well",
      {step.effect_name, path});
}

// `docker run -v shop_data:/data -v /srv/backups:/to … tar czf /to/data.tgz /data`
void look_at_volume(const Step& step, const Timeline& timeline, RuleContext& context) {
  const std::optional<TextWord> file = volume_archive(step);
  if (!file || is_scratch(file->text) || is_looked_after(timeline, step, file->text, nullptr)) {
    return;
  }
  context.report(file->span ? file->span : step.span,
                 quoted(file->text) +
                     " is emptied before `tar` has read anything: when it fails, the last good "
                     "copy of the volume is gone as well",
                 {"tar", file->text});
}

void on_step(const Step& step, RuleContext& context) {
  if (step.effect != Effect::kDumps && step.role != Role::kFileBackup) return;
  if (step.place == Place::kContainer || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  if (is_on_a_developers_stack(step) || enters_what_is_not_there(timeline, step)) return;
  const std::optional<DumpFile> file = dump_file_of(timeline, step);
  const bool of_files = step.role == Role::kFileBackup;
  if (!file) {
    return of_files ? look_at_volume(step, timeline, context)
                    : look_at_option(step, timeline, context);
  }
  if (file->appends || file->keeps || file->path->text.empty()) return;
  const Step* removed = removed_before(timeline, step, *file->path);
  // `tar` of files is told where the last copy is removed first.
  const bool of_volume =
      of_files && step.docker && runs_a_copier(step) && takes_volumes(*step.docker);
  if (((of_files && !of_volume) || !has_the_same_name(*file->path, step)) && removed == nullptr)
    return;
  const std::string& path = file->path->text;
  // The directory may be a new one each time.
  if (removed == nullptr && !is_in_a_known_place(*file->path, step)) return;
  const std::string said = written_part(*file->path);
  if (is_scratch(said) || is_looked_after(timeline, step, path, removed)) return;
  if (removed != nullptr) {
    Finding& finding = context.report(
        file->path->place(),
        quoted(file->path->known() ? std::string_view(path) : file->path->span.text()) +
            " is removed on " + line_of(*removed, file->path->place()) + " before " +
            quoted(step.effect_name) + " starts: when the dump fails, the last good one is gone",
        {step.effect_name, path});
    finding.related.push_back({removed->span, "removed here"});
    return;
  }
  Finding& finding =
      context.report(file->path->place(),
                     quoted(said == path && file->path->known() ? path : shown_name(*file->path)) +
                         " is emptied before " + quoted(step.effect_name) +
                         " starts: when the dump fails, the last good one is gone as well",
                     {step.effect_name, said});
  if (file->writer != &step) finding.related.push_back({step.span, "the dump"});
  if (auto fix = write_beside(timeline, step, *file)) finding.fixes.push_back(std::move(*fix));
}

// How the name is written, as far as that tells whether a fix may come up once others are mended:
// behind `>`, into a variable, or as a word of a command.
char way_of(Span span) {
  const std::string_view before = span.file->bytes().substr(0, span.begin);
  const std::size_t at = before.find_last_not_of(" \"'");
  const char last = at == before.npos ? ' ' : before[at];
  return last == '>' || last == '=' ? last : ' ';
}

// Once a script, for each of these ways.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  weigh_transfers(facts, findings);
  std::map<char, std::vector<Finding*>> ways;
  for (Finding* finding : findings) ways[way_of(finding->span)].push_back(finding);
  for (auto& [way, all] : ways) tell_once_a_file(facts, all);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db pg_dump -U app appdb > backups/app.sql\n",
    .safe = "docker compose exec -T db pg_dump -U app appdb > backups/app.sql.part &&\n"
            "  mv backups/app.sql.part backups/app.sql\n",
}};

}  // namespace

COMPOSELINT_RULE(dump_nonatomic_overwrite) = {
    .slug = "dump-nonatomic-overwrite",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A dump is written straight onto the one before",
    .rationale =
        "The shell opens and empties the file before the dump starts. With the service stopped, or "
        "the project misspelt, `exec -T db pg_dump > backup.sql` ends with 1 and leaves nothing of "
        "yesterday's backup (measured with Compose 2.40.3). A dump that is cut off replaces a good "
        "copy by a half. A file beside it, moved onto the name once the dump has ended well, or a "
        "name with the date keeps the last good one. A copy that is removed first, a `tar` of "
        "files as well, is gone in the same way, and so is one that the shell in the container "
        "redirects to (`sh -c 'pg_dump > /backups/app.sql'`), and the archive of a volume that "
        "`docker run … tar czf /backups/data.tgz` makes. Reported once a script.",
    .silent_on =
        "Names with a date, of mktemp, or otherwise not known, but for the script's own directory "
        "and for what the dump itself is told (`pg_dump \"$DB\" > \"$DB.sql\"`). Files that the "
        "script copies, moves, packs or uploads itself, removes behind the dump, or looks for "
        "before; scripts that call others, which may. Scratch files, seeds and fixtures; dumps "
        "that are appended. `export_x` with an `import_x` beside it: what is carried elsewhere is "
        "exported anew. Dumps of developers' stacks, which can be taken again, and CI.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
