#include <composelint/evidence.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>

#include "analyzer/signs/data/database_set_up.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool applies(const Step& step) {
  return applies_a_migration(step) && !sets_a_database_up(step);
}

std::string message(const Step& about) {
  return quoted(task_text(about)) + " (" + about.effect_name + ")" +
         " starts on a stack that nobody has looked at: no config, ps, logs, health or migration "
         "status before it";
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db pg_dump -U app appdb > before.sql\n"
              "docker compose run --rm app python manage.py migrate\n",
    .safe = "docker compose config -q\n"
            "docker compose ps\n"
            "docker compose exec -T db pg_dump -U app appdb > before.sql\n"
            "docker compose run --rm app python manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(migration_without_preflight) = {
    .slug = "migration-without-preflight",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A migration starts on a stack that nothing has looked at",
    .rationale =
        "The expensive mistakes are made in the wrong context: another project, another env file, "
        "a "
        "stack that is already down. `docker compose config` shows what would be used, `ps` and "
        "`logs` show what is there. Any one of them before the migration is enough, and so are a "
        "health check, `up --wait`, or the migration tool's own status and dry run.",
    .silent_on =
        "Developers' and CI scripts. Programs that make what a database lacks (`init_db`). Stacks "
        "whose data the script itself has thrown away before: "
        "it "
        "sets them up from nothing. Scripts that ask the operator first or call other scripts "
        "whose content is not known. Where no backup is taken either, migration-without-backup, "
        "which "
        "weighs more, says it as well, whether this rule is on or not.",
    .examples = kExamples,
    .applies = applies,
    .expects = {.claim = Claim::kContextInspected, .phase = Phase::kBefore, .message = message},
};

}  // namespace composelint::rules
