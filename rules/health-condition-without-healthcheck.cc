#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint::rules {
namespace {

// Official images that bring no HEALTHCHECK of their own.
bool brings_none(const Service& service) {
  static constexpr std::array<std::string_view, 15> kImages = {
      "busybox",  "elasticsearch", "httpd",    "mariadb", "memcached",
      "mongo",    "mysql",         "nginx",    "node",    "php",
      "postgres", "python",        "rabbitmq", "redis",   "valkey/valkey"};
  if (!service.image || !service.image->known || service.build) return false;
  std::string_view image = service.image->value;
  image = image.substr(0, image.find('@'));
  image = image.substr(0, image.find(':'));
  for (const std::string_view prefix : {"docker.io/", "library/"}) {
    if (image.starts_with(prefix)) image.remove_prefix(prefix.size());
  }
  return std::find(kImages.begin(), kImages.end(), image) != kImages.end();
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  for (const DependsOn& dependency : service.depends_on) {
    if (dependency.condition != "service_healthy") continue;
    const Service* target = project.service(dependency.service);
    const bool checked = target != nullptr && target->healthcheck && !target->healthcheck->disabled;
    if (target == nullptr || checked || !brings_none(*target)) continue;
    Finding& finding = context.report(
        dependency.span,
        quoted(service.name) + " waits for " + quoted(target->name) +
            " to be healthy, and that has no healthcheck: `up` and `run` stop with \"has no "
            "healthcheck configured\"",
        {service.name, target->name});
    finding.related.push_back({target->span, quoted(target->name) + " is declared here"});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1\n"
              "    depends_on:\n"
              "      db: {condition: service_healthy}\n"
              "  db:\n"
              "    image: postgres:16\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1\n"
            "    depends_on:\n"
            "      db: {condition: service_healthy}\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    healthcheck:\n"
            "      test: [CMD, pg_isready, -h, 127.0.0.1]\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(health_condition_without_healthcheck) = {
    .slug = "health-condition-without-healthcheck",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kError},
    .summary = "A service waits for the health of one that has no healthcheck",
    .rationale =
        "`docker compose config` accepts `condition: service_healthy` on a service without a "
        "healthcheck; `up` and `run` then start the dependency and stop: `dependency failed to "
        "start: container … has no healthcheck configured`, exit code 1 (measured with 2.40.3).",
    .silent_on =
        "Images that may bring a healthcheck of their own: all but a list of official ones known "
        "to bring none. Services that are built here.",
    .examples = kExamples,
    .on_service = on_service,
};

}  // namespace composelint::rules
