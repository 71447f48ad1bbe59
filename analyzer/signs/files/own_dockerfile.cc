#include "analyzer/signs/files/own_dockerfile.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/data/image_data.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

std::string_view base_of(std::string_view text) {
  std::string_view base;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    if (!line.starts_with("FROM ") && !line.starts_with("from ")) continue;
    line.remove_prefix(line.find(' ') + 1);
    base = line.substr(0, line.find_first_of(" \t\r"));
  }
  return base;
}

const SourceFile* dockerfile_of(const Service& service, const WorkspaceFacts& facts) {
  const std::string context = text_at(service, "build.context");
  if (context.empty()) return nullptr;
  const std::string name = text_at(service, "build.dockerfile");
  const std::string path = "/" + context + "/" + (name.empty() ? "Dockerfile" : name);
  const auto ends_with = [&](std::string_view file) {
    const std::string_view whole = path;
    return whole.size() > file.size() && whole.ends_with(file) &&
           whole[whole.size() - file.size() - 1] == '/';
  };
  for (const TaskView& task : facts.tasks) {
    const SourceFile* file = task.timeline->file;
    if (file != nullptr && ends_with(file->path())) return file;
  }
  return nullptr;
}

namespace {

bool is_fixed(const ImageName& base) {
  return !base.name.empty() && (!base.digest.empty() || !is_floating_tag(base.tag));
}

}  // namespace

bool is_of_a_fixed_release(const WorkspaceFacts& facts, std::string_view image) {
  if (image.find('/') == std::string_view::npos) return false;
  std::string own(file_name(image));
  const std::string place = own + "/Dockerfile";
  for (const SourceFile* file : task_files(facts)) {
    const std::string_view path = file->path();
    if (!path.ends_with(place)) continue;
    if (path.size() > place.size() && path[path.size() - place.size() - 1] != '/') continue;
    if (is_fixed(image_name(base_of(file->bytes())))) return true;
  }
  return false;
}

bool is_built_beside(const WorkspaceFacts& facts, std::string_view service,
                     const SourceFile& file) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const Service* same = project->service(service);
    if (same == nullptr || !same->build || same->span.file == &file) return false;
    if (directory_of(*same->span.file) != directory_of(file)) return false;
    const SourceFile* dockerfile = dockerfile_of(*same, facts);
    if (dockerfile == nullptr) return false;
    const ImageName base = image_name(base_of(dockerfile->bytes()));
    return image_data(base.name) != nullptr && is_fixed(base);
  });
}

}  // namespace composelint
