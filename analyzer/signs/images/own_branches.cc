#include "analyzer/signs/images/own_branches.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_one_of_several_own(const WorkspaceFacts& facts, const Service& service) {
  const std::string name = image_name(service.image->value).name;
  const std::string owner = name.substr(0, name.rfind('/') + 1);  // npos + 1 is 0
  if (owner.empty() || owner == "bitnami/" || owner == "library/") return false;
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::any_of(project->services.begin(), project->services.end(),
                       [&](const Service& each) {
                         if (!each.image) return false;
                         const std::string other = image_name(each.image->value).name;
                         return other != name && other.substr(0, other.rfind('/') + 1) == owner;
                       });
  });
}

bool is_what_staging_is_for(const WorkspaceFacts& facts, const Service& service) {
  const ImageName own = image_name(service.image->value);
  if (!has_name_word(own.tag, {"dev", "develop", "staging"})) return false;
  if (!has_name_word(file_name(service.span.file->path()), {"stage", "staging"})) return false;
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::any_of(
        project->services.begin(), project->services.end(), [&](const Service& each) {
          if (!each.image || each.span.file == nullptr) return false;
          if (!has_name_word(file_name(each.span.file->path()), {"prod", "production"}))
            return false;
          const ImageName other = image_name(each.image->value);
          return other.name == own.name && !is_floating_tag(other.tag) &&
                 directory_of(*each.span.file) == directory_of(*service.span.file);
        });
  });
}

}  // namespace composelint
