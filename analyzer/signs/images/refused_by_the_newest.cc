#include "analyzer/signs/images/refused_by_the_newest.h"

#include <algorithm>

#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"

namespace composelint {

const Mount* refused_by_the_newest(const Service& service) {
  if (!service.image || !service.image->known || service.build) return nullptr;
  if (comes_by_default(service.image->from)) return nullptr;
  const ImageName image = image_name(service.image->value);
  const bool newest = image.tag.empty() || image.tag == "latest" || image.tag == "alpine";
  const bool own = image.name == "postgres" || image.name == "library/postgres";
  if (!own || !newest || !image.digest.empty()) return nullptr;
  const bool moved = std::any_of(service.environment.begin(), service.environment.end(),
                                 [](const auto& each) { return each.first == "PGDATA"; });
  if (moved || !starts_the_server(service)) return nullptr;
  const auto found = std::find_if(
      service.mounts.begin(), service.mounts.end(),
      [](const Mount& mount) { return mount.known && mount.target == "/var/lib/postgresql/data"; });
  return found == service.mounts.end() ? nullptr : &*found;
}

}  // namespace composelint
