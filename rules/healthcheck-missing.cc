#include <composelint/rule.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/lacking_services.h"
#include "analyzer/signs/reports/missing_attribute.h"
#include "analyzer/signs/stacks/one_shot.h"

namespace composelint::rules {
namespace {

// Images known to bring a HEALTHCHECK of their own.
bool brings_one(const Service& service) {
  static constexpr std::array<std::string_view, 13> kImages = {
      "authelia/authelia",
      "ghcr.io/authelia/authelia",
      "ghcr.io/immich-app/immich-server",
      "ghcr.io/immich-app/postgres",
      "ghcr.io/paperless-ngx/paperless-ngx",
      "gitlab/gitlab-ce",
      "gitlab/gitlab-ee",
      "itzg/minecraft-server",
      "louislam/uptime-kuma",
      "mysql/mysql-server",
      "pihole/pihole",
      "plexinc/pms-docker",
      "vaultwarden/server"};
  return service.image && service.image->known && !service.build &&
         std::find(kImages.begin(), kImages.end(), image_name(service.image->value).name) !=
             kImages.end();
}

Lack look_at(const Service& service, const Project& project) {
  if (may_be_one_shot(service, project) || brings_one(service)) return Lack::kNotAsked;
  return service.attribute("healthcheck") != nullptr ? Lack::kHas : Lack::kLacks;
}

void on_project(const Project& project, RuleContext& context) {
  report_missing(project, context, look_at, "healthcheck",
                 "counts as up while it hangs, and nothing can wait until it answers");
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    healthcheck:\n"
            "      test: [CMD, curl, -f, \"http://localhost:8080/health\"]\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"CIS-Docker-5.27"};

}  // namespace

COMPOSELINT_RULE(healthcheck_missing) = {
    .slug = "healthcheck-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service has no healthcheck",
    .rationale =
        "Without a healthcheck the engine knows that a process exists and no more. `up --wait` "
        "comes back as soon as it is started, `depends_on` has nothing to wait for, and a service "
        "that hangs stays `Up` in `ps`.",
    .silent_on =
        "Services that end by themselves, by their command, their name or because others wait for "
        "their end. A healthcheck that is switched off (`disable: true`): somebody has thought of "
        "it. A list of images known to bring one of their own; that of an image built here is not "
        "seen.",
    .examples = kExamples,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
