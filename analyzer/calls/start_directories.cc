#include "analyzer/calls/start_directories.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/compose/select_files.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

namespace {

// The directory at or above `from`, and not above `root`, that holds a default compose file.
std::optional<std::string> search_upwards(const FileSystem& files, std::string from,
                                          const std::string& root) {
  while (true) {
    if (compose::has_default_file(files, from)) return from;
    if (from == root || from == "/") return std::nullopt;
    from = text::directory_of(from);
  }
}

// Places where the script may have been started, the likeliest first: its own directory, then each
// one above it within the workspace.
std::vector<std::string> starts(const CallSite& site, const std::string& root) {
  if (text::is_absolute(*site.directory)) return {*site.directory};
  std::vector<std::string> out;
  for (std::string base = site.script_directory;; base = text::directory_of(base)) {
    out.push_back(text::join_path(base, *site.directory));
    if (base == root || base == "/" || !base.starts_with(root)) return out;
  }
}

// Files that the call names by known words: all of them have to be there.
std::vector<std::string> named_files(const ComposeInvocation& call) {
  std::vector<std::string> out;
  for (const OptionUse& use : call.global_options) {
    if (use.name != "--file" && use.name != "--env-file") continue;
    if (!use.value || !use.value->known()) continue;
    const std::string& path = use.value->text;
    if (!path.empty() && path != "-" && !text::is_absolute(path)) out.push_back(path);
  }
  return out;
}

// The starts that have all that the call names; where none has, all of them.
std::vector<std::string> likely_starts(const FileSystem& files, const CallSite& site,
                                       const std::string& root, const ComposeInvocation& call) {
  std::vector<std::string> all = starts(site, root);
  const std::vector<std::string> named = named_files(call);
  if (named.empty()) return all;
  std::vector<std::string> out;
  for (const std::string& start : all) {
    const bool has_all = std::all_of(named.begin(), named.end(), [&](const std::string& path) {
      return files.kind(text::join_path(start, path)) == FileKind::kRegular;
    });
    if (has_all) out.push_back(start);
  }
  return out.empty() ? all : out;
}

}  // namespace

std::vector<std::string> existing_starts(const FileSystem& files, const CallSite& site,
                                         const std::string& root) {
  std::vector<std::string> directories = starts(site, root);
  std::erase_if(directories, [&](const std::string& directory) {
    return files.kind(directory) != FileKind::kDirectory;
  });
  return directories;
}

std::vector<std::string> working_directories(const FileSystem& files, const CallSite& site,
                                             const std::string& root, const ComposeInvocation& call,
                                             const std::vector<std::string>& named,
                                             const std::optional<std::string>& project_directory) {
  std::vector<std::string> out;
  std::vector<std::string> found_in;  // one start for each place where files were found
  for (const std::string& start : likely_starts(files, site, root, call)) {
    if (files.kind(start) != FileKind::kDirectory) continue;
    std::optional<std::string> place;
    if (named.empty()) {
      // The default names are looked for in the project directory, where the call gives one.
      const std::string from =
          project_directory ? text::join_path(start, *project_directory) : start;
      place = search_upwards(files, from, from.starts_with(root) ? root : from);
    } else if (files.kind(text::join_path(start, named.front())) == FileKind::kRegular) {
      place = text::join_path(start, named.front());
    }
    if (!place || std::find(found_in.begin(), found_in.end(), *place) != found_in.end()) continue;
    found_in.push_back(*place);
    out.push_back(start);
  }
  return out;
}

}  // namespace composelint::calls
