#include "analyzer/signs/files/build_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

bool is_built_by_a_file(const WorkspaceFacts& facts, const SourceFile& file,
                        const Service& service) {
  const ImageName own = image_name(service.image->value);
  const auto directory = [](const SourceFile& of) {
    return std::string_view(of.path()).substr(0, of.path().size() - file_name(of.path()).size());
  };
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const auto for_it =
        std::find_if(project->files.begin(), project->files.end(), [](const SourceFile* each) {
          return file_name(each->path()).find("build") != std::string_view::npos;
        });
    if (for_it == project->files.end()) return false;
    const bool beside = directory(**for_it) == directory(file);
    return std::any_of(project->services.begin(), project->services.end(), [&](const auto& other) {
      if (!other.build) return false;
      if (!other.image) return beside && other.name == service.name;
      const ImageName made = image_name(other.image->value);
      return made.name == own.name && made.tag == own.tag;
    });
  });
}

bool is_pushed_by_a_workflow(const WorkspaceFacts& facts, const Service& service) {
  const std::string name = image_name(service.image->value).name;
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    const std::string_view text = file->bytes();
    return file->path().find(".github/") != std::string::npos &&
           text.find("push: true") != text.npos && find_name(text, name) != text.npos;
  });
}

}  // namespace composelint
