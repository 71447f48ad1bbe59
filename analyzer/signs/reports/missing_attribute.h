// Services without something that each should have: one finding each, and one for a file where all
// of them lack it.
#pragma once

#include <composelint/compose.h>
#include <composelint/finding.h>
#include <composelint/quoted.h>
#include <composelint/rule_context.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/lacking_services.h"
#include "analyzer/signs/reports/written_services.h"

namespace composelint {

// "`app` has no WHAT: it SO", "`app` and `db` have no WHAT: each SO".
template <typename Look>
void report_missing(const Project& project, RuleContext& context, Look look, std::string_view what,
                    std::string_view so) {
  const std::string thing(what);
  for (const LackingServices& group : lacking_services(project, look)) {
    if (group.services.size() > 1 && group.all) {
      Finding& finding = context.report(
          services_key(project, group.services.front()->span),
          group.names() + " have no " + thing + ": each " + std::string(so), {"services", thing});
      for (const Service* service : group.services) {
        finding.related.push_back({service->span, quoted(service->name) + " is declared here"});
      }
      continue;
    }
    for (const Service* service : group.services) {
      context.report(service->span,
                     quoted(service->name) + " has no " + thing + ": it " + std::string(so),
                     {service->name, thing});
    }
  }
}

// A limit of resources at one of these places. One that hangs on a variable counts; zero and less
// are none.
void report_missing_limit(const Project& project, RuleContext& context,
                          std::initializer_list<std::string_view> places, std::string_view what,
                          std::string_view so);

}  // namespace composelint
