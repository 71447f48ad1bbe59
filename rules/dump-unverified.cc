#include <composelint/evidence.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/reports/left_to.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Goes wrong for good unless the dump is whole.
bool relies_on_it(const Step& step) {
  if (step.call && step.call->is("down") && step.call->has("--volumes")) return true;
  if (step.docker && step.docker->is("volume rm")) return true;
  return step.effect == Effect::kMigrates || step.effect == Effect::kRestores;
}

// `[ -s dump ]`, `tail dump | grep`: some line behind the dump looks at what it wrote.
bool is_tested(const Step& dump, std::string_view path) {
  while (!path.empty() && (path.front() == '"' || path.front() == '\'')) path.remove_prefix(1);
  while (!path.empty() && (path.back() == '"' || path.back() == '\'')) path.remove_suffix(1);
  const SourceFile& file = *dump.span.file;
  const std::string_view bytes = file.bytes();
  for (std::size_t at = path.empty() ? std::string_view::npos : bytes.find(path, dump.span.end);
       at != std::string_view::npos; at = bytes.find(path, at + 1)) {
    const std::string_view line = file.line_text(file.line_of(static_cast<std::uint32_t>(at)));
    for (const std::string_view look :
         {"[ ", "test ", "tail ", "head ", "grep ", "gzip -t", "zcat ", "wc ", "stat ", "ls "}) {
      if (line.find(look) != std::string_view::npos) return true;
    }
  }
  return false;
}

void on_step(const Step& step, RuleContext& context) {
  if (step.effect != Effect::kDumps || step.role == Role::kFileBackup) return;
  // A failure that ends the script, or decides, is seen; of pipes another rule tells.
  if (step.status != StatusUse::kUnchecked || step.detached) return;
  if (step.place == Place::kContainer || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  const std::optional<DumpFile> file = dump_file_of(timeline, step);
  if (!file || step.pipeline != 0) return;
  const Step* use = first_after(timeline, step, [&](const Step& other) {
    return same_place(other, step) && relies_on_it(other);
  });
  if (use == nullptr) return;
  const Evidence looked = context.ask({Claim::kOutputChecked, Phase::kAfter, step});
  if (looked.truth != Truth::kRefuted || is_tested(step, file->path->span.text())) return;
  const std::string path =
      file->path->known() ? quoted(file->path->text) : std::string("the file it writes");
  Finding& finding =
      context.report(asked_at(step),
                     "nothing looks at " + path + ", nor at the exit status of " +
                         quoted(step.effect_name) + ": " + line_of(*use, asked_at(step)) +
                         " goes on with an empty backup as with a whole one",
                     {step.effect_name, use->effect_name});
  finding.related.push_back({use->span, "relies on it"});
  leave_to("missing-errexit", asked_at(step, step.span), finding);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db pg_dump -U app appdb > before.sql\n"
              "docker compose run --rm app ./manage.py migrate\n",
    .safe = "docker compose exec -T db pg_dump -U app appdb > before.sql\n"
            "tail -n 10 before.sql | grep -q 'dump complete' || exit 1\n"
            "docker compose run --rm app ./manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(dump_unverified) = {
    .slug = "dump-unverified",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "What is irreversible follows a dump that nobody looks at",
    .rationale =
        "A dump that is killed in the middle leaves a file without an end; one of a service that "
        "is not running leaves an empty one (measured with PostgreSQL 15 and Compose 2.40.3). The "
        "exit status tells, or the trailer: `-- PostgreSQL database dump complete` stands in the "
        "last ten lines, not always in the last. A dump in the custom format is read by "
        "`pg_restore -f /dev/null`; its listing is fine even where the data is cut off.",
    .silent_on =
        "Dumps whose failure ends the script (`set -e`, `|| exit`) or is asked for. Scripts that "
        "look at the file afterwards, whatever they ask, or call others. Dumps behind which "
        "neither a migration, a restore nor a removal of volumes comes. A dump of which "
        "missing-errexit "
        "says that its failure is not seen.",
    .examples = kExamples,
    .cwe = 252,
    .on_step = on_step,
};

}  // namespace composelint::rules
