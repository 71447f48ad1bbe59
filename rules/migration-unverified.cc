#include <composelint/evidence.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>

#include "analyzer/signs/data/database_set_up.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// An installer calls a target of the Makefile, and its operator sees what that says.
bool is_called_by_installer(const Step& step) {
  return !step.called_from.empty() && step.called_from.front().file != step.span.file &&
         is_first_setup(step.called_from.front().file);
}

bool applies(const Step& step) {
  return applies_a_migration(step) && !is_called_by_installer(step) && !sets_a_database_up(step);
}

std::string message(const Step& about) {
  return "nothing looks at what " + quoted(task_text(about)) + " (" + about.effect_name +
         ") has done: no ps, logs, health check or migration status after it";
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose pull\n"
              "docker compose run --rm app python manage.py migrate\n"
              "docker compose up -d\n",
    .safe = "docker compose pull\n"
            "docker compose run --rm app python manage.py migrate\n"
            "docker compose up -d --wait\n"
            "docker compose logs --tail=100 app\n",
}};

}  // namespace

COMPOSELINT_RULE(migration_unverified) = {
    .slug = "migration-unverified",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "Nothing looks at the stack once a migration has run",
    .rationale =
        "A migration that ends with 0 says that its statements were accepted. Whether the "
        "application works on the new schema shows in its logs, its health and its pages, and "
        "`docker compose up -d` ends with 0 also for a service that crashes right away (measured "
        "with Compose 2.40.3). Any look is enough: `ps`, `logs`, `up --wait`, a health request, "
        "the migration tool's status, a smoke test.",
    .silent_on =
        "Developers' and CI scripts. Programs that make what a database lacks (`init_db`). Scripts "
        "that do nothing but migrate: who calls them has the "
        "rest. Scripts that call others whose content is not known, open a console, request a "
        "page or run something unknown in the stack afterwards. Targets as an installer calls "
        "them. Where no backup is taken before it, migration-without-backup, which weighs more, "
        "says it as well, whether this rule is on or not.",
    .examples = kExamples,
    .applies = applies,
    .expects = {.claim = Claim::kOutcomeVerified, .phase = Phase::kAfter, .message = message},
};

}  // namespace composelint::rules
