#include "analyzer/signs/reports/added_to.h"

#include <composelint/value.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

AddedTo added_to(const ProjectProblem& problem, const Project& project) {
  constexpr std::string_view kBefore = "services.";
  const std::string_view message = problem.message;
  const bool mounted = message.ends_with(" already mounted");
  const std::size_t holds = message.find(" holds ");
  const bool doubled = holds != message.npos && message.find(" twice, at ", holds) != message.npos;
  if (!(mounted || doubled) || !message.starts_with(kBefore) || !problem.span) return {};
  for (const Service& service : project.services) {
    const std::string_view rest = message.substr(kBefore.size());
    if (!rest.starts_with(service.name)) continue;
    const std::string_view fault = rest.substr(service.name.size());
    if (!fault.starts_with(mounted ? ":" : ".")) continue;
    const SourceFile* other = nullptr;
    const auto look = [&](std::string_view attribute) {
      const Value* list = service.attribute(attribute);
      if (list == nullptr) return;
      for (const Value& each : list->items) {
        const bool elsewhere = each.span && each.span.file != problem.span.file;
        const bool same = mounted || each.span.text() == problem.span.text();
        if (elsewhere && same) other = each.span.file;
      }
    };
    if (mounted) {
      look("volumes");
      look("tmpfs");
    } else {
      look(fault.substr(1, fault.find(' ') - 1));
    }
    if (other != nullptr) return {&service, std::string(fault), other};
  }
  return {};
}

}  // namespace composelint
