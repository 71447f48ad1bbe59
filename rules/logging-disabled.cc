#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* driver = service.attribute("logging.driver");
  if (driver == nullptr || !driver->known || driver->text != "none") return;
  if (is_template(service, project)) return;
  Finding& finding =
      context.report(place_of(*driver, service),
                     "nothing that " + quoted(service.name) +
                         " writes is kept: `logs` has nothing to show of it when it fails",
                     {service.name, "logging"});
  if (driver->trail != nullptr || !driver->span || driver->span.text() != "none") return;
  finding.fixes.push_back({"Keep what it writes", FixSafety::kUnsafe, {{driver->span, "local"}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    logging:\n"
              "      driver: none\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    logging:\n"
            "      driver: local\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(logging_disabled) = {
    .slug = "logging-disabled",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service's output is thrown away",
    .rationale =
        "With the logging driver `none` the engine keeps nothing of what a container writes, and "
        "`docker compose logs` stays empty: neither a failure nor a break-in leaves a trace. "
        "Where the disk is the worry, `local` keeps at most 100 MB for each container.",
    .silent_on = "Other drivers, and options that bound what is kept.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 778,
    .on_service = on_service,
};

}  // namespace composelint::rules
