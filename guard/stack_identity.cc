#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "analyzer/text/path.h"
#include "guard/parse.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kShownDifferences = 3;

void compare_services(const Project& ours, const ClientProject& client,
                      std::vector<std::string>& differences) {
  std::set<std::string> names;
  for (const Service& service : ours.services) {
    if (service.active) names.insert(service.name);
  }
  for (const ClientProject::Service& theirs : client.services) {
    const Service* mine = ours.service(theirs.name);
    if (names.erase(theirs.name) == 0 || mine == nullptr) {
      differences.push_back("Compose has a service " + theirs.name);
      continue;
    }
    const std::string image = mine->image ? mine->image->value : std::string();
    if (image != theirs.image) {
      differences.push_back("the image of " + theirs.name + " is " + theirs.image +
                            " for Compose and " + (image.empty() ? "none" : image) + " for guard");
    }
  }
  for (const std::string& name : names) differences.push_back("Compose has no service " + name);
}

void compare_volumes(const Project& ours, const ClientProject& client,
                     std::vector<std::string>& differences) {
  for (const auto& volume : client.volumes) {
    const std::string& key = volume.first;
    const std::string& name = volume.second;
    const auto mine = std::find_if(ours.volumes.begin(), ours.volumes.end(),
                                   [&](const Volume& one) { return one.key == key; });
    if (mine == ours.volumes.end()) {
      differences.push_back("Compose has a volume " + key);
    } else if (mine->name != name) {
      differences.push_back("the volume " + key + " is " + name + " for Compose and " + mine->name +
                            " for guard");
    }
  }
}

Answer agrees(const StackView& view) {
  constexpr std::string_view kClaim = "project-agrees";
  const GuardedCommand& command = view.facts.command;
  const auto client =
      view.snapshot.config.valid ? parse_client_project(view.snapshot.config.json) : std::nullopt;
  if (!client) {
    return unknown(kClaim, Severity::kWarning, "what Compose makes of the project is not known",
                   "");
  }
  if (!command.project) {
    return refuted(kClaim, Severity::kWarning,
                   "Compose accepts a project that guard cannot read: " + command.project_failure,
                   "what rules say of its services may be incomplete");
  }
  const Project& ours = command.project->project;
  std::vector<std::string> differences;
  if (ours.name.value != client->name) {
    differences.push_back("the project is " + client->name + " for Compose and " + ours.name.value +
                          " for guard");
  }
  compare_services(ours, *client, differences);
  compare_volumes(ours, *client, differences);
  if (differences.empty()) {
    return supported(kClaim, Severity::kWarning, "guard and Compose read the same project");
  }
  const std::size_t more =
      differences.size() > kShownDifferences ? differences.size() - kShownDifferences : 0;
  differences.resize(differences.size() - more);
  std::string note = listed(differences);
  if (more > 0) note += ", and " + std::to_string(more) + " more differences";
  return refuted(kClaim, Severity::kWarning, std::move(note),
                 "is another version of Compose behind this client, or did a file change?");
}

// The place a path leads to, as far as this machine knows it.
std::string real(const std::string& path) {
  std::error_code error;
  const std::filesystem::path place = std::filesystem::weakly_canonical(path, error);
  return error ? text::normalise(path) : place.string();
}

bool same_place(const std::string& a, const std::string& b) {
  return text::normalise(a) == text::normalise(b) || real(a) == real(b);
}

std::set<std::string> places(const std::vector<std::string>& paths) {
  std::set<std::string> out;
  for (const std::string& path : paths) out.insert(real(path));
  return out;
}

std::vector<std::string> split_at_commas(const std::string& joined) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= joined.size();) {
    const std::size_t end = std::min(joined.find(',', at), joined.size());
    out.push_back(joined.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool is_local(const std::string& endpoint) {
  return endpoint.empty() || endpoint.starts_with("unix://") || endpoint.starts_with("npipe://");
}

// How the stack is reached as it was started, seen from where other files are named.
std::string way_to(const Container& one, const std::vector<std::string>& ours) {
  const std::vector<std::string> named = split_at_commas(one.config_files);
  const std::set<std::string> theirs = places(named);
  std::string too_many;
  std::size_t shared = 0;
  for (const std::string& file : ours) {
    if (theirs.count(real(file)) > 0) {
      ++shared;
    } else {
      too_many += (too_many.empty() ? "" : " and ") + file;
    }
  }
  if (shared == theirs.size() && !too_many.empty()) {
    return "leave out " + too_many + ": the stack runs without";
  }
  if (shared > 0 && shared < theirs.size() && too_many.empty()) {
    std::string all;
    for (const std::string& file : named) all += " -f " + file;
    return "name all of its files:" + all;
  }
  return "go to " + one.working_directory + ", or name its files with -f";
}

Answer live_from_here(const StackView& view) {
  constexpr std::string_view kClaim = "project-is-live-from-here";
  // Starting a stack from another place is how it is moved there; a task in the wrong one is a
  // mistake.
  const Severity severity =
      view.task || view.stake == Stake::kData ? Severity::kError : Severity::kWarning;
  if (!view.snapshot.containers_failure.empty()) {
    return unknown(kClaim, severity,
                   "the containers cannot be listed: " + view.snapshot.containers_failure, "");
  }
  if (view.project == nullptr) {
    return unknown(kClaim, severity, "which files the project is made of is not known", "");
  }
  std::vector<std::string> ours;
  std::string joined;
  for (const SourceFile* file : view.project->files) {
    ours.push_back(text::join_path(view.facts.directory, file->path()));
    joined += (joined.empty() ? "" : ",") + ours.back();
  }
  bool any = false;
  for (const Container& one : view.snapshot.containers) {
    if (one.one_off || one.config_files.empty()) continue;
    any = true;
    const bool files =
        one.config_files == joined || places(split_at_commas(one.config_files)) == places(ours);
    const bool directory = same_place(one.working_directory, view.project->directory);
    if (files && directory) continue;
    const std::string what =
        files ? one.name + " was started in " + one.working_directory + ", and this is " +
                    view.project->directory
              : one.name + " was started from " + one.config_files + ", and this is " + joined;
    const std::string remedy = way_to(one, ours);
    // Somebody else's machine has paths of its own.
    const bool elsewhere = !is_local(view.snapshot.engine.endpoint) &&
                           view.facts.files.kind(one.working_directory) == FileKind::kNone;
    return elsewhere
               ? unknown(kClaim, severity, what,
                         "if that is the same project, --attest " + std::string(kClaim) + "=WHY")
               : refuted(kClaim, severity, what, remedy);
  }
  return supported(kClaim, severity,
                   any ? "the live containers were started from these files"
                       : "no container of the project is there yet");
}

}  // namespace

void ask_identity(const StackView& view, std::vector<Answer>& answers) {
  if (view.task) {
    answers.push_back(agrees(view));
    answers.back().origin = "docker compose config";
  }
  answers.push_back(live_from_here(view));
  answers.back().origin = "docker ps";
}

}  // namespace composelint::guard
