#include "analyzer/compose/missing_sources.h"

#include <string_view>

#include "analyzer/compose/own_files.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

class Search {
 public:
  Search(const std::string& directory, Load& load) : directory_(directory), load_(load) {}

  void mounts_of(const Value& service);
  void files_of(const Value& section, const char* what);

 private:
  void look(const Value& path, const char* what);
  [[nodiscard]] bool is_of_repository(const Value& path) const;

  const std::string& directory_;
  Load& load_;
};

// An absolute path is one of the host that runs the stack, and says nothing of this one.
bool Search::is_of_repository(const Value& path) const {
  std::string_view written = path.span.text();
  if (!written.empty() && (written.front() == '"' || written.front() == '\'')) {
    written.remove_prefix(1);
  }
  if (written.starts_with('$')) return path.text.starts_with(directory_ + "/");
  return !written.empty() && !text::is_absolute(written) && !written.starts_with('~') &&
         text::is_absolute(path.text);
}

// Below a `path = …` of `.gitmodules`: `git submodule update` brings it.
bool comes_with_a_submodule(const FileSystem& files, const std::string& path) {
  constexpr std::string_view kPath = "path = ";
  std::string at = path;
  do {
    at = text::directory_of(at);
    const std::string list = text::join_path(at, ".gitmodules");
    if (files.kind(list) != FileKind::kRegular) continue;
    const Result<std::string> text = files.read(list);
    if (!text) return true;
    std::string_view rest = *text;
    for (std::size_t next = rest.find(kPath); next != rest.npos; next = rest.find(kPath)) {
      rest.remove_prefix(next + kPath.size());
      const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
      if (path.starts_with(text::join_path(at, std::string(line)) + "/")) return true;
    }
    return false;
  } while (at.size() > 1);
  return false;
}

void Search::look(const Value& path, const char* what) {
  if (!path.known || !path.span || !path.is_string() || !is_of_repository(path)) return;
  if (load_.files().kind(path.text) != FileKind::kNone) return;
  if (is_each_machines_own(load_.files(), path.text)) return;
  if (is_kept_out_of_images(load_.files(), path.text)) return;
  if (comes_with_a_submodule(load_.files(), path.text)) return;
  load_.note_missing(path.span,
                     std::string(what) + " " + load_.store().shown(path.text) + " is not there");
}

void Search::mounts_of(const Value& service) {
  const Value* mounts = service.find("volumes");
  if (mounts == nullptr) return;
  for (const Value& mount : mounts->items) {
    const Value* source = mount.find("source");
    if (mount.text_of("type") == "bind" && source != nullptr) look(*source, "bind source");
  }
}

void Search::files_of(const Value& section, const char* what) {
  for (const Member& member : section.members) {
    const Value* file = member.value.find("file");
    if (file != nullptr && member.value.find("external") == nullptr) look(*file, what);
  }
}

}  // namespace

void note_missing_sources(const ProjectModel& project, const std::string& directory, Load& load) {
  Search search(directory, load);
  for (const Member& service : project.services.members) search.mounts_of(service.value);
  for (const Member& service : project.inactive.members) search.mounts_of(service.value);
  search.files_of(project.secrets, "secret file");
  search.files_of(project.configs, "config file");
}

}  // namespace composelint::compose
