#include <composelint/service_role.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>

#include "analyzer/text/path.h"
#include "guard/command.h"
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
                   "see " + view.typed("config -q"));
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

// Where the project of the call lies.
struct Here {
  std::string directory;
  std::string joined;  // its files as Compose writes them into a label
  std::set<std::string> files;

  [[nodiscard]] bool has_files_of(const Container& one) const {
    return one.config_files == joined || places(split_at_commas(one.config_files)) == files;
  }
  [[nodiscard]] bool has_started(const Container& one) const {
    return has_files_of(one) && same_place(one.working_directory, directory);
  }
};

Here here(const StackView& view) {
  Here out;
  out.directory = view.project->directory;
  std::vector<std::string> files;
  for (const SourceFile* file : view.project->files) {
    files.push_back(text::join_path(view.facts.directory, file->path()));
    out.joined += (out.joined.empty() ? "" : ",") + files.back();
  }
  out.files = places(files);
  return out;
}

// What it was started from lies there no more.
bool is_gone(const StackView& view, const Container& one) {
  std::vector<std::string> from = split_at_commas(one.config_files);
  from.push_back(one.working_directory);
  return std::any_of(from.begin(), from.end(), [&](const std::string& path) {
    return view.facts.files.kind(path) == FileKind::kNone;
  });
}

// `up` from here leaves it as it is: it is what these files say, and keeps the label of the place
// that it was started from first.
bool is_left_by_up(const StackView& view, const Container& one) {
  const DryRun& up = view.snapshot.up;
  if (!up.asked || !up.ok) return false;
  return std::any_of(up.actions.begin(), up.actions.end(), [&](const PlannedAction& action) {
    return action.kind == "Container" && action.name == one.name && action.action == "Running";
  });
}

// Of the call, and not of the stack as it runs.
std::string files_too_many(const Here& ours, const Container& one) {
  const std::set<std::string> theirs = places(split_at_commas(one.config_files));
  if (!std::includes(ours.files.begin(), ours.files.end(), theirs.begin(), theirs.end())) return "";
  std::vector<std::string> more;
  std::set_difference(ours.files.begin(), ours.files.end(), theirs.begin(), theirs.end(),
                      std::back_inserter(more));
  return listed(more);
}

std::string files_to_name(const Container& one) {
  std::string out;
  for (const std::string& file : split_at_commas(one.config_files))
    out += " -f " + guard::quoted(file);
  return out;
}

// Of those that the command touches, the ones to be started anew. A label alone is no reason to
// restart a database.
std::vector<std::string> to_start_anew(const StackView& view,
                                       const std::vector<std::string>& behind) {
  const auto is_touched = [&](const std::string& name) {
    if (view.task) return name == view.service || view.dependency(name) != nullptr;
    const auto& named = view.call.operands;
    return named.empty() || std::any_of(named.begin(), named.end(),
                                        [&](const Argument& word) { return word.text == name; });
  };
  const auto would_be_anew = [&](const std::string& name) {
    const auto& actions = view.snapshot.up.actions;
    return std::any_of(actions.begin(), actions.end(), [&](const PlannedAction& action) {
      const Container* one = view.container(action.name);
      return one != nullptr && one->service == name && action.action.starts_with("Recreate");
    });
  };
  std::vector<std::string> out;
  for (const std::string& name : behind) {
    const Service* service = view.project->service(name);
    const ServiceRole role = service == nullptr ? ServiceRole{} : role_of(*service);
    const bool keeps = role == ServiceRole::kDatabase || role == ServiceRole::kCache;
    if (is_touched(name) && (!keeps || would_be_anew(name))) out.push_back(name);
  }
  return out;
}

// The stack was started from fewer of these files, and a part of it has been started from all of
// them since: what has not changed keeps its containers.
Answer partly_adopted(const StackView& view, const Container& one, const std::string& more,
                      const std::vector<std::string>& behind, Severity severity) {
  constexpr std::string_view kClaim = "project-is-live-from-here";
  const std::string still = behind.size() == 1 ? " still runs" : " still run";
  const std::string note = listed(behind) + still + " as started from " + one.config_files +
                           ", and other services with " + more + " as well";
  const std::vector<std::string> anew = to_start_anew(view, behind);
  // The command has nothing to do with them, or they are as these files say.
  if (anew.empty()) return refuted(kClaim, std::min(severity, Severity::kWarning), note, "");
  std::string services;
  for (const std::string& name : anew) services += " " + name;
  return refuted(kClaim, severity, note,
                 view.typed("up -d --force-recreate" + services) + " starts " + listed(anew) +
                     " with all of these files, too");
}

Answer started_elsewhere(const StackView& view, const Here& ours, const Container& one,
                         Severity severity) {
  constexpr std::string_view kClaim = "project-is-live-from-here";
  const bool files = ours.has_files_of(one);
  const bool gone = is_gone(view, one);
  const std::string what = (files ? one.name + " was started in " + one.working_directory
                                  : one.name + " was started from " + one.config_files) +
                           (gone ? ", which is not there" : "") + ", and this is " +
                           (files ? ours.directory : ours.joined);
  const std::string attested = "--attest " + std::string(kClaim) + "=WHY";
  // Somebody else's machine has paths of its own.
  if (gone && !is_local(view.snapshot.engine.endpoint)) {
    return unknown(kClaim, severity, what, "if that is the same project, " + attested);
  }
  if (gone) {
    return unknown(kClaim, severity, what,
                   view.typed("up -d --force-recreate " + one.service) +
                       " starts it from here; or, if that is the same project, " + attested);
  }
  const std::string more = files_too_many(ours, one);
  if (!more.empty()) {
    return refuted(kClaim, severity, what, "leave out " + more + ": the stack runs without");
  }
  return refuted(
      kClaim, severity, what,
      same_place(one.working_directory, ours.directory)
          ? "give it the files of the live stack:" + files_to_name(one)
          : "go to " + one.working_directory + ", or name its files:" + files_to_name(one));
}

Answer live_from_here(const StackView& view) {
  constexpr std::string_view kClaim = "project-is-live-from-here";
  // Starting a stack from another place is how it is moved there; a task in the wrong one is a
  // mistake.
  const Severity severity =
      view.task || view.stake == Stake::kData ? Severity::kError : Severity::kWarning;
  if (!view.snapshot.containers_failure.empty()) {
    return unknown(kClaim, severity,
                   "the containers cannot be listed: " + view.snapshot.containers_failure,
                   "see " + view.typed("ps -a"));
  }
  if (view.project == nullptr) {
    return unknown(kClaim, severity, "which files the project is made of is not known",
                   "see " + view.typed("config -q"));
  }
  const Here ours = here(view);
  bool some_of_here = false;
  std::vector<const Container*> others;
  for (const Container& one : view.snapshot.containers) {
    if (one.one_off || one.config_files.empty()) continue;
    if (ours.has_started(one)) {
      some_of_here = true;
    } else {
      others.push_back(&one);
    }
  }
  const bool local = is_local(view.snapshot.engine.endpoint);
  const std::vector<std::string> behind = on_fewer_files(view);
  // A release that is taken into service from a directory of its own starts only what has changed.
  for (const Container* one : others) {
    const bool left_behind = local && is_gone(view, *one);
    const bool moved = some_of_here && (is_left_by_up(view, *one) || left_behind);
    if (moved) continue;
    const std::string more = files_too_many(ours, *one);
    const bool adopts = some_of_here && !more.empty() && !is_gone(view, *one) &&
                        same_place(one->working_directory, ours.directory);
    if (adopts) return partly_adopted(view, *one, more, behind, severity);
    return started_elsewhere(view, ours, *one, severity);
  }
  return supported(kClaim, severity,
                   some_of_here ? "the live containers were started from these files"
                                : "no container of the project is there yet");
}

}  // namespace

std::vector<std::string> on_fewer_files(const StackView& view) {
  std::set<std::string> behind;
  bool some_of_here = false;
  if (view.project == nullptr) return {};
  const Here ours = here(view);
  for (const Container& one : view.snapshot.containers) {
    if (one.one_off || one.config_files.empty()) continue;
    if (ours.has_started(one)) {
      some_of_here = true;
    } else if (!is_left_by_up(view, one) && !files_too_many(ours, one).empty()) {
      behind.insert(one.service);
    }
  }
  return some_of_here ? std::vector<std::string>(behind.begin(), behind.end())
                      : std::vector<std::string>();
}

void ask_identity(const StackView& view, std::vector<Answer>& answers) {
  if (view.task) {
    answers.push_back(agrees(view));
    answers.back().origin = "docker compose config";
  }
  answers.push_back(live_from_here(view));
  answers.back().origin = "docker ps";
}

}  // namespace composelint::guard
