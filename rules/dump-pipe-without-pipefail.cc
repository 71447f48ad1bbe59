#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/dumps/own_container.h"
#include "analyzer/signs/reports/once_a_shell.h"
#include "analyzer/signs/steps/pipefail.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `mysqldump shop | mysql shop_copy`: what comes is loaded, and kept nowhere.
bool is_loaded_at_once(const Step* next) {
  return next != nullptr && (next->role == Role::kClient || next->effect == Effect::kRestores);
}

// `tail -1 app.sql | grep -q "Dump completed"` behind it: a dump that was cut off has no such end.
bool is_looked_at_its_end(const Timeline& timeline, const Step& step) {
  return first_after(timeline, step, [](const Step& other) {
           return task_words(other).find("dump complete") != std::string::npos;
         }) != nullptr;
}

// `bin/dump | gzip > file`: the call of the script that has the dump, where the pipe is.
const Step* piped_script(const Timeline& timeline, const Step& step) {
  if (!step.out.span || step.out.span.file == step.span.file) return nullptr;
  return last_before(timeline, step, [&](const Step& other) {
    return other.followed && other.pipeline == step.pipeline &&
           other.span.file == step.out.span.file;
  });
}

// The dump in the script that it runs is told instead.
bool runs_what_is_told(const Timeline& timeline, const Step& step) {
  return step.followed && first_after(timeline, step, [&](const Step& other) {
                            return other.effect == Effect::kDumps &&
                                   other.status == StatusUse::kMasked &&
                                   piped_script(timeline, other) == &step;
                          }) != nullptr;
}

void on_step(const Step& step, RuleContext& context) {
  if (step.effect != Effect::kDumps || step.status != StatusUse::kMasked) return;
  if (step.role == Role::kFileBackup || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  if (reads_pipestatus(step) || is_looked_at_its_end(timeline, step)) return;
  if (is_of_own_container(timeline, step) || runs_what_is_told(timeline, step)) return;
  const Step* script = piped_script(timeline, step);
  const Step* next = next_stage(*context.timeline(), step);
  const std::string reader = next == nullptr ? "the last command" : quoted(program_name(*next));
  const Span place = script != nullptr ? script->span : asked_at(step);
  Finding& finding = context.report(
      place,
      "when " + quoted(step.effect_name) +
          " fails or is cut off, the pipeline still exits 0 with the status of " + reader +
          (is_loaded_at_once(next)
               ? ", and what has come of the data until then passes for all of it"
               : ", and a truncated or empty dump passes for a backup"),
      {step.effect_name});
  if (next != nullptr) finding.related.push_back({next->span, "its status is all that counts"});
  if (auto fix = set_pipefail(*context.timeline(), script != nullptr ? *script : step))
    finding.fixes.push_back(*fix);
}

// One `set -o pipefail` mends all pipes of a shell.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  tell_once_a_shell(findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "#!/bin/bash\n"
              "docker compose exec -T db pg_dump -U app appdb | gzip > app.sql.gz\n",
    .safe = "#!/bin/bash\n"
            "set -o pipefail\n"
            "docker compose exec -T db pg_dump -U app appdb | gzip > app.sql.gz\n",
}};

}  // namespace

COMPOSELINT_RULE(dump_pipe_without_pipefail) = {
    .slug = "dump-pipe-without-pipefail",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A dump goes through a pipe whose exit status hides its failure",
    .rationale =
        "A pipeline exits with the status of its last command. With the database killed in the "
        "middle, `exec -T db pg_dump … | gzip > f` exits 0 and leaves a truncated file that `gzip "
        "-t` finds in order; with a wrong database name it leaves a valid gzip file of nothing. "
        "Restored, a truncated plain dump commits the rows it has and exits 0, too. With "
        "`pipefail` the pipeline exits 137 or 1 (measured with PostgreSQL 15).",
    .silent_on =
        "Pipelines under `set -o pipefail`. Scripts that look for the line at the end of the dump "
        "(`Dump completed`). Pipelines inside the container (`sh -c '… | …'`), which the host's "
        "pipefail cannot see. Backups of files and volumes, and dumps of a container that the "
        "script has started itself, without a volume. All but the first pipe of a shell, which "
        "tells how many there are.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 252,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
