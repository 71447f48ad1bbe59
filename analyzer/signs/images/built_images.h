// Images that the tasks of a run make on the machine: `docker build -t app .`, `docker tag`.
#pragma once

#include <composelint/compose.h>
#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "analyzer/signs/files/build_file.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_put_in.h"
#include "analyzer/signs/reports/lacking_services.h"

namespace composelint {

struct MadeImages {
  std::set<std::string> built;
  std::set<std::string> fetched;  // from a registry, to which somebody pushed them

  [[nodiscard]] bool only_here(const Service& service) const {
    const std::string name = image_name(service.image->value).name;
    return built.contains(name) && !fetched.contains(name);
  }
};

// A runner keeps what it builds to itself.
[[nodiscard]] MadeImages images_made(const WorkspaceFacts& facts);

// Built by what includes the file, or lies over it in every call without -f.
[[nodiscard]] bool is_built_with(const WorkspaceFacts& facts, const SourceFile* file,
                                 const Service& service);

// What is told of services whose images are pulled is told again without those that are made here,
// and once a file: what includes it says the same. `leaves(service)` picks out others of which
// nothing is told; of all that remain something is where that is `worth(group)` it in
// one of the projects that read the file.
template <typename Lacks, typename Tell, typename Leaves, typename Worth>
void tell_of_pulled(const WorkspaceFacts& facts, std::span<Finding* const> findings, Lacks lacks,
                    Tell tell, Leaves leaves, Worth worth) {
  const MadeImages made = images_made(facts);
  std::set<const SourceFile*> told;
  for (Finding* finding : findings) {
    bool found = false;
    bool told_of = false;
    // What is laid over the file in one call is worth it, whatever others read beside it.
    for (const Project* project : facts.projects) {
      if (told_of || finding->severity == Severity::kOff) break;
      for (LackingServices& group : lacking_services(*project, lacks)) {
        if (tell(group).span != finding->span) continue;
        found = true;
        // An image of another file than its service is that of files laid over each other.
        std::erase_if(group.services, [&](const Service* service) {
          const bool here = made.only_here(*service) && !is_pushed_by_a_workflow(facts, *service);
          return here || leaves(*service) || is_built_with(facts, finding->span.file, *service) ||
                 is_built_by_a_file(facts, *finding->span.file, *service) ||
                 is_put_in(facts, *finding->span.file, *service);
        });
        if (group.services.empty() || !worth(group)) break;
        told_of = true;
        Finding again = tell(group);
        if (!again.span || !told.insert(again.span.file).second) {
          finding->severity = Severity::kOff;
          break;
        }
        finding->span = again.span;
        finding->message = std::move(again.message);
        finding->key = std::move(again.key);
        finding->severity = std::min(finding->severity, again.severity);
        break;
      }
    }
    if (found && !told_of) finding->severity = Severity::kOff;
  }
}

}  // namespace composelint
