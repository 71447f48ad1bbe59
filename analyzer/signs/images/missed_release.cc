#include "analyzer/signs/images/missed_release.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/images/any_release.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// Their images have a volume, which Compose hands on to the next container.
bool has_a_volume_of_its_image(std::string_view image) {
  static constexpr std::array<std::string_view, 9> kImages = {
      "alertmanager", "ghost",      "minio",    "nextcloud", "portainer",
      "portainer-ce", "prometheus", "registry", "wordpress"};
  return std::find(kImages.begin(), kImages.end(), file_name(image)) != kImages.end();
}

bool is_a_server_in_front(std::string_view image) {
  static constexpr std::array<std::string_view, 4> kServers = {"caddy", "haproxy", "https-portal",
                                                               "nginx"};
  return std::find(kServers.begin(), kServers.end(), file_name(image)) != kServers.end();
}

bool is_in_front(const Service& service) {
  return is_a_server_in_front(image_name(service.image->value).name);
}

bool keeps_something(const Service& service) {
  return keeps_files(service) || has_a_volume_of_its_image(image_name(service.image->value).name);
}

// The images of other services in the same directory that say, or leave to a variable, which
// release they are. A file that is called with others is a part of their stack.
std::set<std::string> released_beside(const WorkspaceFacts& facts, const SourceFile& file) {
  std::set<std::string> out;
  const std::string_view directory = directory_of(file);
  for (const Project* project : facts.projects) {
    for (const Service& each : project->services) {
      if (!each.image || each.build || !each.span) continue;
      if (directory_of(*each.span.file) != directory) continue;
      const ImageName image = image_name(each.image->value);
      const bool told = !each.image->known || !image.digest.empty() ||
                        comes_by_default(each.image->from) || !is_floating_tag(image.tag);
      if (told) out.insert(image.name);
    }
  }
  return out;
}

// `docker push "$REGISTRY/web:latest"`, `tags: ghcr.io/${{ github.repository_owner }}/web`: the
// registry may be a variable's.
bool is_pushed_by_a_pipeline(const SourceFile& file, const Service& service) {
  const std::string_view text = file.bytes();
  const bool pushes = text.find("push: true") != text.npos || text.find("docker push") != text.npos;
  const std::string image = image_name(service.image->value).name;
  const std::string_view last = file_name(image);
  if (!is_of_a_pipeline(file) || !pushes || last == image) return false;
  for (std::size_t at = find_name(text, last); at != text.npos;
       at = find_name(text, last, at + 1)) {
    if (at > 0 && text[at - 1] == '/') return true;
  }
  return false;
}

// What comes of the repository's own pipeline, and where it goes is known.
bool is_deployed_here(const WorkspaceFacts& facts, const LackingServices& group) {
  const bool used =
      std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
        return reads(*project, group.file) && is_in_use(facts, *project);
      });
  const std::set<const SourceFile*> files = task_files(facts);
  return used && std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
           return std::any_of(group.services.begin(), group.services.end(),
                              [&](auto* each) { return is_pushed_by_a_pipeline(*file, *each); });
         });
}

}  // namespace

bool would_be_missed(const WorkspaceFacts& facts, const LackingServices& group) {
  const auto& services = group.services;
  if (std::all_of(services.begin(), services.end(),
                  [](auto* each) { return is_in_front(*each); })) {
    return false;
  }
  const std::set<std::string> released = released_beside(facts, *group.file);
  return std::any_of(services.begin(), services.end(),
                     [&](auto* each) {
                       return keeps_something(*each) ||
                              released.contains(image_name(each->image->value).name);
                     }) ||
         released.size() > services.size() || is_deployed_here(facts, group);
}

}  // namespace composelint
