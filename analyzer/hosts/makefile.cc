// Makefiles: a task a target, a shell a line.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/hosts/make_model.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"GNUmakefile", "makefile", "Makefile"};

bool is_fragment(std::string_view path) {
  const std::string_view extension = text::extension_of(path);
  return extension == ".mk" || extension == ".make";
}

// How many conditionals of make a line opens; a recipe's line begins with a tab.
int depth_of(std::string_view line) {
  if (line.starts_with('\t')) return 0;
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(" \t("));
  if (word == "endif") return -1;
  return word == "ifeq" || word == "ifneq" || word == "ifdef" || word == "ifndef" ? 1 : 0;
}

// `ifneq ($(filter-out help,$(MAKECMDGOALS)),)` with nothing but `$(error …)` in it: the goals that
// are still made. Nothing where the file has no such lines, or asks something else around them.
std::optional<std::string> goals_left(const SourceFile& file) {
  constexpr std::string_view kAsks = "ifneq ($(filter-out ";
  constexpr std::string_view kGoals = ",$(MAKECMDGOALS)),)";
  int depth = 0;
  for (std::uint32_t line = 1; line < file.line_count(); ++line) {
    std::string_view asked = file.line_text(line);
    const int around = std::exchange(depth, depth + depth_of(asked));
    if (around != 0 || !asked.starts_with(kAsks) || !asked.ends_with(kGoals)) continue;
    std::string_view then = file.line_text(line + 1);
    then.remove_prefix(std::min(then.find_first_not_of(" \t"), then.size()));
    asked = asked.substr(kAsks.size(), asked.size() - kAsks.size() - kGoals.size());
    if (!then.starts_with("$(error ") || asked.find_first_of("$%") != asked.npos) continue;
    return " " + std::string(asked) + " ";
  }
  return std::nullopt;
}

// `owner` is `request.file`, or one that it includes and whose tasks are wanted.
bool read_as(const ReadRequest& request, const SourceFile& owner, HostFile& host) {
  MakeModel model;
  model.owner = &owner;
  model.directory = text::directory_of(request.path);
  const auto exists = [&](const std::string& name) {
    const std::string path = text::join_path(model.directory, name);
    return path == request.path || (request.open && request.open(path) != nullptr);
  };
  MakeExpander expander(model.variables, model.directory, exists);
  parse_makefile(request, model, expander, host);
  if (!model.owner_read) return false;
  add_make_tasks(model, expander, request, host);
  if (const auto left = goals_left(owner)) {
    std::erase_if(host.tasks, [&](const Task& task) {
      return left->find(" " + task.name + " ") == left->npos;
    });
  }
  return true;
}

}  // namespace

Match match_makefile(std::string_view path) {
  const std::string_view name = text::name_of(path);
  const bool named = std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  return named || is_fragment(path) ? Match::kYes : Match::kNo;
}

HostFile read_makefile(const ReadRequest& request) {
  HostFile host;
  host.kind = HostKind::kMakefile;
  host.file = &request.file;
  ReadRequest as_read = request;
  std::string directory = text::directory_of(request.path);
  while (is_fragment(request.path) && request.open) {
    // A fragment knows the variables of the makefile that includes it, and runs in its directory.
    for (const std::string_view name : kNames) {
      const std::string path = text::join_path(directory, name);
      const SourceFile* parent = request.open(path);
      if (parent == nullptr) continue;
      HostFile whole;
      whole.kind = host.kind;
      const auto open = [&](const std::string& other) {
        return other == request.path ? &request.file : request.open(other);
      };
      if (read_as({*parent, path, request.workspace_root, open}, request.file, whole)) {
        std::erase_if(whole.tasks, [&](const Task& task) { return task.span.file != host.file; });
        std::erase_if(whole.troubles,
                      [&](const Trouble& lost) { return lost.span.file != host.file; });
        // Who calls them from another file is not seen here.
        for (Task& task : whole.tasks) task.called = false;
        whole.file = &request.file;
        return whole;
      }
      break;
    }
    if (directory == request.workspace_root || directory == "/") break;
    directory = text::directory_of(directory);
  }
  read_as(request, request.file, host);
  for (Task& task : host.tasks) {
    // Included, and read for itself.
    const SourceFile* file = task.span.file;
    if (file != host.file && file != nullptr && match_makefile(file->path()) == Match::kYes) {
      task.called = true;
    }
  }
  std::erase_if(host.troubles, [&](const Trouble& lost) { return lost.span.file != host.file; });
  return host;
}

}  // namespace composelint::hosts
