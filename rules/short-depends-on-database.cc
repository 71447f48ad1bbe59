#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_task.h>
#include <composelint/value.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/dependency_condition.h"

namespace composelint::rules {
namespace {

// Compose or the engine tries again until the database answers.
bool is_tried_again(const Service& service) {
  const std::string restart = text_at(service, "restart");
  if (!restart.empty()) return restart != "no";
  const Value* policy = service.attribute("deploy.restart_policy");
  return service.attribute("restart") != nullptr ||
         (policy != nullptr && text_at(service, "deploy.restart_policy.condition") != "none");
}

// A service in between is waited for, and waits for the database itself.
bool is_awaited_on_the_way(const Service& service, const Service& database,
                           const Project& project) {
  return std::any_of(service.depends_on.begin(), service.depends_on.end(), [&](const auto& on) {
    const Service* other =
        on.condition == "service_started" ? nullptr : project.service(on.service);
    return other != nullptr && other != &database && needs(*other, database);
  });
}

// `condition: service_started` is written there.
std::optional<Fix> await_health(const Service& service, const std::string& database) {
  const Value* all = service.attribute("depends_on");
  const Value* entry = all == nullptr ? nullptr : all->find(database);
  const Value* condition = entry == nullptr ? nullptr : entry->find("condition");
  if (condition == nullptr || condition->trail != nullptr) return std::nullopt;
  if (condition->span.text() != "service_started") return std::nullopt;
  return Fix{"Wait for its health", FixSafety::kUnsafe, {{condition->span, "service_healthy"}}};
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project) || is_tried_again(service)) return;
  const ServiceTask task = own_task(service);
  if (task.waits || (task.effect != Effect::kMigrates && task.effect != Effect::kImports)) return;
  for (const DependsOn& on : service.depends_on) {
    const Service* database = project.service(on.service);
    if (on.condition != "service_started" || database == nullptr) continue;
    if (!starts_slowly(*database) || !on.required) continue;
    const bool checked = has_check(*database);
    if (!checked && !task.ends) continue;  // it may come to that later
    if (is_awaited_on_the_way(service, *database, project)) continue;
    const std::string& name = database->name;
    Finding& finding = context.report(on.span ? on.span : service.span,
                                      quoted(service.name) + " begins with its " + task.name +
                                          " as soon as the container of " + quoted(name) +
                                          " is started, and fails where that does not answer yet" +
                                          (checked ? ": its healthcheck is not waited for" : ""),
                                      {service.name, name});
    finding.related.push_back(
        {database->span, checked ? "it has a healthcheck" : "it has no healthcheck to wait for"});
    if (!checked || !is_read_with(project, database->healthcheck->span.file, on.span)) return;
    auto fix =
        await(project, service.name, name, on.span, "service_healthy", "Wait for its health");
    if (!fix) fix = await_health(service, name);
    if (fix) finding.fixes.push_back(std::move(*fix));
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    command: sh -c \"alembic upgrade head && gunicorn app\"\n"
              "    depends_on: [db]\n"
              "  db:\n"
              "    image: postgres:16\n"
              "    healthcheck:\n"
              "      test: pg_isready -h 127.0.0.1\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    command: sh -c \"alembic upgrade head && gunicorn app\"\n"
            "    depends_on: {db: {condition: service_healthy}}\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    healthcheck:\n"
            "      test: pg_isready -h 127.0.0.1\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(short_depends_on_database) = {
    .slug = "short-depends-on-database",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kNote},
    .summary = "A service that migrates does not wait for the database's health",
    .rationale =
        "`depends_on` in its short form, and `condition: service_started`, wait for the container "
        "alone. On a fresh volume a database takes seconds until it answers: the migration got "
        "`Connection refused`, exit code 2; with `condition: service_healthy` it waited six "
        "seconds and succeeded (measured with Compose 2.40.3, PostgreSQL 15). The healthcheck is "
        "there, so that waiting for it is one word.",
    .silent_on =
        "Commands that are not known to migrate or import. Those that wait or try again "
        "themselves, and services with a restart policy, which are started again until it works. "
        "Databases without a healthcheck, unless the service does nothing else. Services that wait "
        "for another one that does.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_service = on_service,
};

}  // namespace composelint::rules
