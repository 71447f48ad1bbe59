// Services that lack something: one finding each, and one for a file where all of them do.
#pragma once

#include <composelint/attributes.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>
#include <composelint/written_services.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

enum class Lack { kNotAsked, kHas, kLacks };

// "`app` has no WHAT: it SO", "`app` and `db` have no WHAT: each SO".
template <typename Look>
void report_missing(const Project& project, RuleContext& context, Look look, std::string_view what,
                    std::string_view so) {
  struct OfFile {
    std::vector<const Service*> lacking;
    bool all = true;
  };
  std::map<const SourceFile*, OfFile> files;
  for (const Service& service : project.services) {
    const bool runs = service.image || service.build;  // others come of a file laid over it
    if (!runs || is_template(service, project) || !service.span) continue;
    const Lack lack = look(service);
    if (lack == Lack::kNotAsked) continue;
    OfFile& file = files[service.span.file];
    if (lack == Lack::kLacks) file.lacking.push_back(&service);
    file.all = file.all && lack == Lack::kLacks;
  }
  for (const auto& [file, services] : files) {
    if (services.lacking.size() > 1 && services.all) {
      std::vector<std::string> names;
      for (const Service* service : services.lacking) names.push_back(service->name);
      Finding& finding = context.report(
          services_key(project, services.lacking.front()->span),
          listed(names) + " have no " + std::string(what) + ": each " + std::string(so),
          {"services", std::string(what)});
      for (const Service* service : services.lacking) {
        finding.related.push_back({service->span, quoted(service->name) + " is declared here"});
      }
      continue;
    }
    for (const Service* service : services.lacking) {
      context.report(
          service->span,
          quoted(service->name) + " has no " + std::string(what) + ": it " + std::string(so),
          {service->name, std::string(what)});
    }
  }
}

// A limit that is written down, or hangs on a variable; zero and less are none.
[[nodiscard]] inline Lack has_limit(const Service& service, std::string_view short_name,
                                    std::string_view limit) {
  for (const std::string& path :
       {std::string(short_name), "deploy.resources.limits." + std::string(limit)}) {
    const Value* value = service.attribute(path);
    if (value == nullptr || value->is_null()) continue;
    if (!value->known) return Lack::kHas;
    const std::string text = plain_text(*value);
    if (!text.starts_with('-') && text.find_first_of("123456789") != std::string::npos) {
      return Lack::kHas;
    }
  }
  return Lack::kLacks;
}

}  // namespace composelint
