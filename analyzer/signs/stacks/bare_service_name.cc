#include "analyzer/signs/stacks/bare_service_name.h"

#include <composelint/source.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// `--name db`, `docker rename old db`, `name: "db"` of a task.
bool makes_one(std::string_view text, std::string_view name) {
  for (std::size_t at = find_name(text, name); at != text.npos;
       at = find_name(text, name, at + 1)) {
    std::string_view before = text.substr(0, at);
    before = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    if (before.find(" rename ") != before.npos) return true;
    before = before.substr(0, before.find_last_not_of(" \t\"'=") + 1);
    if (before.ends_with("--name") || before.ends_with("name:")) return true;
  }
  return false;
}

// A name that hangs on a variable may be any.
bool may_be_called(const Service& service, std::string_view name) {
  if (!service.container_name) return false;
  const std::string_view given = service.container_name->value;
  return !service.container_name->known || given == name || given.starts_with('$');
}

}  // namespace

const Service* service_of_bare_name(std::string_view name, const WorkspaceFacts& facts) {
  const Service* found = nullptr;
  for (const Project* project : facts.projects) {
    if (project->partial) return nullptr;
    for (const Service& service : project->services) {
      if (may_be_called(service, name)) return nullptr;
      // Limits that are laid over something elsewhere do not say how that is called.
      const bool whole =
          service.attribute("image") != nullptr || service.attribute("build") != nullptr;
      if (found == nullptr && whole && service.name == name) found = &service;
    }
  }
  if (found == nullptr) return nullptr;
  const std::set<const SourceFile*> files = task_files(facts);
  const bool made = std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    return makes_one(file->bytes(), name);
  });
  return made ? nullptr : found;
}

}  // namespace composelint
