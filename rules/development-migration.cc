#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Slip {
  const char* what = nullptr;     // completes "`…` "
  const char* instead = nullptr;  // what belongs there
};

// Only looks at what there is.
bool only_looks(std::string_view words) {
  static constexpr std::array<std::string_view, 8> kLooks = {
      "--check", "--dry-run", "drizzle-kit check", "introspect", " pull", "list", "status", "show"};
  return has_one_of(words, kLooks);
}

Slip slip_of(const Step& step) {
  const std::string words = task_words(step);
  if (only_looks(words)) return {};
  if (step.role == Role::kMakesMigration) {
    return {"writes a migration that only this machine has: the next release does not know it",
            "migrations are written where the source is, and only applied here"};
  }
  if (step.effect != Effect::kMigrates) return {};
  if (words.find("prisma migrate dev") != std::string::npos) {
    return {
        "is for a developer's database: where the schema has drifted it asks to reset the "
        "database, and writes new migrations",
        "`prisma migrate deploy` applies what is there, and no more"};
  }
  static constexpr std::array<std::string_view, 4> kPushes = {
      "prisma db push", "drizzle-kit push", "schema:sync", "doctrine:schema:update"};
  // `node node_modules/drizzle-kit/bin.cjs push`
  const bool by_file = step.effect_name.starts_with("Drizzle") && words.ends_with(" push");
  if (by_file || has_one_of(words, kPushes)) {
    return {
        "brings the schema to what the models say, past all migrations: columns that are gone "
        "from the models are dropped with their data, and no file says what was changed",
        "a migration in the repository does"};
  }
  return {};
}

void on_step(const Step& step, RuleContext& context) {
  if (step.launcher == Launcher::kNone || step.effect == Effect::kReads) return;
  const Slip slip = slip_of(step);
  if (slip.what == nullptr) return;
  context.report(asked_at(step), quoted(task_text(step)) + " " + slip.what + "; " + slip.instead,
                 {"development migration", step.effect_name});
}

// Each arm of a deploy does the same.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string, std::vector<Finding*>> same;
  for (Finding* finding : findings) same[finding->message].push_back(finding);
  for (const auto& [message, all] : same) tell_once_a_file(facts, all);
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose run --rm app python manage.py makemigrations\n"
                  "docker compose run --rm app python manage.py migrate\n",
        .safe = "docker compose run --rm app python manage.py makemigrations --check\n"
                "docker compose run --rm app python manage.py migrate\n",
    },
    {
        .unsafe = "docker compose run --rm app npx prisma migrate dev\n",
        .safe = "docker compose run --rm app npx prisma migrate deploy\n",
    },
};

}  // namespace

COMPOSELINT_RULE(development_migration) = {
    .slug = "development-migration",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A deploy makes migrations, or changes the schema without any",
    .rationale =
        "`makemigrations`, `prisma migrate dev`, `alembic revision` write files. On a server these "
        "stay in a container that goes away (`run --rm` removes it, the next recreate empties the "
        "layer of the other: measured with Compose 2.40.3), the database remembers them as "
        "applied, and the next release brings another migration of the same number. `db push`, "
        "`schema:sync` and `schema:update --force` need no files at all and drop what the models "
        "do not have.",
    .silent_on =
        "Developers' and CI scripts, where these commands belong. `--check` and `--dry-run`. The "
        "same in another arm of the script, which the first finding names.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
