#include <composelint/contains.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/program_origin.h"
#include "analyzer/signs/files/second_line.h"
#include "analyzer/signs/images/compared_release.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_run.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Programs that keep what they read. Filters for the eye (grep, less) do not mind a carriage
// return.
bool stores(std::string_view program) {
  static constexpr std::array<std::string_view, 18> kStoring = {
      "7z",   "age",     "aws",  "borg",  "bzip2",  "dd",    "gpg", "gzip", "lz4",
      "lzop", "openssl", "pigz", "pzstd", "restic", "split", "tee", "xz",   "zstd"};
  return std::find(kStoring.begin(), kStoring.end(), program) != kStoring.end();
}

struct Store {
  Span span;
  std::string name;
};

// Where the output is kept, if it is.
std::optional<Store> store_of(const Step& step, const RuleContext& context) {
  if (is_a_compared_release(step.out)) return std::nullopt;
  if (step.out.kind == StreamKind::kFile) {
    const Argument& file = step.out.target;
    const bool named = file.known() && !file.text.empty();
    return Store{step.out.span, named ? quoted(file.text) : "the file"};
  }
  if (step.out.kind != StreamKind::kPipe || context.timeline() == nullptr) return std::nullopt;
  const Step* next = next_stage(*context.timeline(), step);
  // `$(… | tee /dev/tty)` keeps nothing.
  if (next != nullptr && next->argv.size() == 2 && next->argv[1].text.starts_with("/dev/")) {
    return std::nullopt;
  }
  if (next == nullptr || !stores(program_name(*next))) return std::nullopt;
  return Store{next->span, "what " + quoted(program_name(*next)) + " stores"};
}

bool edits_in_place(const Step& step) {
  const std::string_view program = program_name(step);
  if (program != "sed" && program != "perl") return false;
  // `sed -i '/^mysqldump: /d'` takes what it finds, and no more.
  const bool by_line =
      program == "perl" ||
      std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
        return !word.text.empty() && word.text[0] >= '1' && word.text[0] <= '9';
      });
  return by_line && std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
           const std::string_view text = word.text;
           if (text == "--in-place" || text.starts_with("--in-place=")) return true;
           return text.size() > 1 && text[0] == '-' && text[1] != '-' &&
                  text.substr(0, text.find('.')).find('i') != std::string_view::npos;
         });
}

// `sed -i 1d dump.sql` behind it: cuts off the warning that the terminal brought, and would cut off
// what the file begins with.
bool is_edited_later(const Step& step, const RuleContext& context) {
  if (step.out.kind != StreamKind::kFile || context.timeline() == nullptr) return false;
  const Argument& file = step.out.target;
  return first_after(*context.timeline(), step, [&](const Step& other) {
           return edits_in_place(other) &&
                  std::any_of(other.argv.begin(), other.argv.end(), [&](const Argument& word) {
                    return !word.text.empty() && word.text == file.text;
                  });
         }) != nullptr;
}

// `docker-compose` somewhere in the files, a variable that may hold it, and no docker-compose.yml:
// on some machine the call may be one of v1.
bool may_be_v1(const Step& step, const RuleContext& context) {
  // The line says `docker compose` itself.
  if (contains(step.span, step.call->program_span)) return false;
  std::vector<const SourceFile*> files = {step.span.file};
  if (context.timeline() != nullptr) files.push_back(context.timeline()->file);
  return std::any_of(files.begin(), files.end(), [](const SourceFile* file) {
    return file != nullptr && mentions_of_program(file->bytes()) > 0;
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!(call.is("exec") || call.is("run")) || call.opaque_options || call.inner.empty()) return;
  if (call.has("--no-tty") || call.has("--tty") || call.has("--detach")) return;
  // A carriage return spoils what a program reads back: of a dump that is known.
  if (call.effect != Effect::kDumps && call.effect != Effect::kExports) return;
  const std::optional<Store> store = store_of(step, context);
  if (!store) return;
  // `run` of 1.x asks standard input, and leaves the terminal out where that is none.
  if (call.is("run") && step.in.kind != StreamKind::kInherited) return;
  const bool v1 = call.program == ComposeProgram::kStandalone;
  // With v2 the file is clean.
  const bool edited = is_edited_later(step, context);
  if (!v1 && !edited && !may_be_v1(step, context)) return;
  std::string message = v1 ? "docker-compose 1.x gives " + quoted(short_form(call)) +
                                 " a terminal: " + store->name +
                                 " gets CRLF line ends and the error messages"
                           : "without -T " + store->name +
                                 " is clean with Compose v2 only: docker-compose 1.x puts "
                                 "CRLF line ends and the error messages into it";
  Finding& finding = context.report(call.verb_span, std::move(message), key_of(call));
  finding.related.push_back({store->span, "the output is kept here"});
  auto fix = add_option(call, "-T");
  if (!fix) return;
  if (edited) fix->safety = FixSafety::kUnsafe;
  finding.fixes.push_back(std::move(*fix));
}

// How the scripts of a repository call `exec` is one matter.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  const bool clean = calls_second_line(facts);
  std::map<int, std::vector<Finding*>> groups;
  for (Finding* finding : findings) {
    if (clean) finding->severity = Severity::kOff;
  }
  tell_once_a_file(facts, findings);
  for (Finding* finding : findings) groups[together(*finding).second].push_back(finding);
  for (auto& [mended, all] : groups) tell_once_a_run(std::move(all));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker-compose exec db pg_dump -U app appdb > before.sql",
    .safe = "docker-compose exec -T db pg_dump -U app appdb > before.sql",
}};

}  // namespace

COMPOSELINT_RULE(exec_redirect_without_t) = {
    .slug = "exec-redirect-without-t",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kWarning},
    .summary = "Output of exec or run is stored, and no -T says that it is no terminal",
    .rationale =
        "docker-compose 1.29 always gives the command a terminal. A terminal turns every line end "
        "into CRLF and carries standard error in the same stream: a dump made that way cannot be "
        "restored. Compose v2 looks at standard output and leaves the terminal out when it is a "
        "file or a pipe, so there the file is clean. `-T` makes both behave. Reported where "
        "docker-compose is called, once a repository, and in files that speak of it (measured with "
        "1.29.2, 2.26.1 and 2.40.3).",
    .silent_on =
        "Output that is no dump or export, or goes to /dev/null, into `$(…)`, to `tee /dev/tty`, "
        "or through a filter such as grep; `run` whose input is a pipe or a file. Files that call "
        "`docker compose` alone, and lines that do. Repositories that ask of `docker-compose` what "
        "only the second line does (`exec -it`). An explicit `-t`, which is another mistake.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
