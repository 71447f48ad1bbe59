#include "analyzer/signs/stacks/host_mount.h"

#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

std::string clean_path(std::string_view path) {
  std::string out;
  const bool absolute = path.starts_with('/');
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (!part.empty() && part != ".") {
      if (absolute || !out.empty()) out += '/';
      out += part;
    }
    at = end + 1;
  }
  return out.empty() && absolute ? "/" : out;
}

namespace {

// Relative paths are the project's own files, wherever it lies.
bool is_written_absolute(const Value& source) {
  std::string_view text = source.span.text();
  while (!text.empty() && (text.front() == '"' || text.front() == '\'')) text.remove_prefix(1);
  return text.empty() || text.front() == '/' || text.front() == '~' || text.front() == '$';
}

}  // namespace

std::vector<HostMount> host_mounts(const Service& service, const Project& project) {
  std::vector<HostMount> out;
  const Value* volumes = service.attribute("volumes");
  if (volumes == nullptr) return out;
  for (const Value& entry : volumes->items) {
    const Value* source = entry.find("source");
    if (source == nullptr || !source->known || !entry.known || !source->is_string()) continue;
    HostMount mount;
    mount.source = source->text;
    mount.target = entry.text_of("target");
    mount.read_only = is_true(entry.find("read_only"));
    mount.span = place_of(entry, service);
    const std::string_view type = entry.text_of("type");
    if (type == "volume") {
      const Value* volume =
          project.volumes_model == nullptr ? nullptr : project.volumes_model->find(mount.source);
      const Value* options = volume == nullptr ? nullptr : volume->find("driver_opts");
      if (options == nullptr) continue;
      const std::string_view how = options->text_of("o");
      const Value* device = options->find("device");
      if (how.find("bind") == std::string_view::npos || device == nullptr || !device->known ||
          !device->is_string() || !is_written_absolute(*device)) {
        continue;
      }
      mount.source = device->text;
    } else if (type != "bind" || !is_written_absolute(*source)) {
      continue;
    }
    if (const Value* bind = entry.find("bind")) mount.propagation = bind->text_of("propagation");
    mount.source = clean_path(mount.source);
    if (mount.source.starts_with('/') || mount.source.starts_with('~')) out.push_back(mount);
  }
  return out;
}

}  // namespace composelint
