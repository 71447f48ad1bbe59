#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "analyzer/signs/images/built_images.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/reports/lacking_services.h"

namespace composelint::rules {
namespace {

bool lacks(const Service& service, const Project& project) {
  return is_pulled(service, project) && image_name(service.image->value).digest.empty();
}

Finding tell(const LackingServices& group) {
  const Service& first = *group.services.front();
  Finding out;
  out.span = first.image->from.span ? first.image->from.span : first.span;
  out.message = "the image of " + group.names() +
                " may be another one tomorrow under the same name: it has no digest";
  out.key = {first.name};
  out.severity = Severity::kError;  // at most
  return out;
}

void on_project(const Project& project, RuleContext& context) {
  for (const LackingServices& group : lacking_services(project, lacks)) {
    Finding about = tell(group);
    context.report(about.span, std::move(about.message), std::move(about.key));
  }
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  tell_of_pulled(
      facts, findings, lacks, tell, [](const Service&) { return false; },
      [](const LackingServices&) { return true; });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe =
        "services:\n"
        "  app:\n"
        "    image: "
        "example/app:1.4@sha256:0d17b565c37bcbd895e9d92315a05c1c3c9a29f762b011a10c54a66cd53c9b31\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-13"};

}  // namespace

COMPOSELINT_RULE(image_without_digest) = {
    .slug = "image-without-digest",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "An image is named by a tag and no digest",
    .rationale =
        "Who publishes an image may move any tag, `1.4.2` too, and so may who takes over the "
        "account: what was tested is then not what runs. A digest (`app:1.4@sha256:…`) names the "
        "content; `docker compose config --lock-image-digests` writes them, and update bots keep "
        "them fresh. Reported once a file.",
    .silent_on =
        "Images that are built here, or never pulled. Names from a variable nobody set. Services "
        "that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 494,
    .tags = kTags,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
