#include "analyzer/calls/target.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "analyzer/calls/load_request.h"
#include "analyzer/calls/missing_files.h"
#include "analyzer/calls/start_directories.h"
#include "analyzer/shell/characters.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// What COMPOSE_FILE names for a call without -f.
std::vector<std::string> files_of_variable(const shell::Scope& variables, std::string& unknown) {
  const auto value = variables.exported_value("COMPOSE_FILE");
  if (!value) return {};
  if (!*value) {
    unknown = "COMPOSE_FILE is set to something that is not known here";
    return {};
  }
  if ((*value)->empty()) return {};
  return split(**value, ':');
}

// Two calls with the same key act on the same project when they see the same variables.
std::string key_of(const ComposeInvocation& call, const CallSite& site) {
  std::string key = site.script_directory + '\0';
  key += site.directory ? *site.directory : '\3' + site.why_no_directory;
  for (const OptionUse& use : call.global_options) {
    (key += '\0') += use.name;
    if (!use.value) continue;
    (key += '\0') += use.value->text;
    for (const Hole& hole : use.value->holes) {
      ((key += '\1') += std::to_string(hole.at)) += hole.name;
    }
    if (!use.value->known()) key += '\2';
  }
  return key;
}

// All words of a file that may be the name of a variable.
void add_names(std::string_view text, std::set<std::string, std::less<>>& names) {
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t size = shell::name_size(text.substr(at));
    if (size > 0) names.emplace(text.substr(at, size));
    at += size > 0 ? size : 1;
  }
}

std::string values_of(const std::set<std::string, std::less<>>& names,
                      const shell::Scope& variables) {
  std::string out;
  for (const std::string& name : names) {
    const auto value = variables.exported_value(name);
    if (value && *value) ((((out += '\0') += name) += '=') += **value);
  }
  return out;
}

std::string key_of(const compose::LoadRequest& request) {
  std::string key = request.working_directory;
  const auto add = [&](char kind, const std::vector<std::string>& values) {
    for (const std::string& value : values) ((key += '\0') += kind) += value;
  };
  add('f', request.files);
  add('e', request.env_files);
  add('r', request.profiles);
  add('p', {request.project_name.value_or("\x01")});
  add('d', {request.project_directory.value_or("\x01")});
  for (const auto& [name, variable] : request.environment.all()) add('v', {name, variable.value});
  return key;
}

}  // namespace

// What the calls of one place after the other have in common: mostly all of them see the same
// variables.
struct Binder::Seen {
  shell::Scope variables;
  std::map<std::string, Target> targets;  // by what else decides
};

struct Binder::Loaded {
  std::optional<compose::LoadedProject> project;
  std::string failure;
};

Binder::Binder(text::SourceStore& sources, std::string root, std::vector<std::string> given)
    : sources_(sources),
      root_(std::move(root)),
      given_(std::move(given)),
      nothing_(std::make_unique<Loaded>()) {}

Binder::~Binder() = default;

namespace {

// `docker-compose.template.yml` is what a compose file is made from, and need not be one.
Severity gravity(std::string_view path) {
  const std::string name(text::name_of(path));
  static constexpr std::array<std::string_view, 4> kSigns = {".template.", ".tmpl.", ".tpl.",
                                                             ".j2."};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view sign) { return name.find(sign) != std::string::npos; })
             ? Severity::kNote
             : Severity::kError;
}

}  // namespace

namespace {

bool is_unread(const ProjectProblem& problem) {
  return problem.code == FailureCode::kSyntax || problem.code == FailureCode::kUnreadable ||
         problem.code == FailureCode::kLimit;
}

}  // namespace

const Binder::Loaded& Binder::load(const compose::LoadRequest& request) {
  const std::string key = key_of(request);
  std::unique_ptr<Loaded>& slot = loaded_[key];
  if (slot != nullptr) return *slot;
  slot = std::make_unique<Loaded>();
  compose::LoadRequest within = request;
  within.workspace_root = root_;
  Result<compose::LoadedProject> loaded = compose::load(within, sources_);
  const auto whole = [&] {
    const auto& problems = loaded->project.problems;
    return std::none_of(problems.begin(), problems.end(), is_unread);
  };
  // Of what is only guessed no trouble is told, and it is looked at again when it is asked for.
  if (guessing_ && (!loaded || !whole())) {
    loaded_.erase(key);
    return *nothing_;
  }
  if (loaded) {
    slot->project.emplace(std::move(*loaded));
    order_.push_back(slot.get());
    note_unread_files(slot->project->project);
  } else {
    const Failure& failure = loaded.failure();
    slot->failure = failure.message;
    const std::string path = failure.span ? failure.span.file->path() : std::string();
    notifications_.push_back({gravity(path), path, failure.span, failure.message});
  }
  return *slot;
}

// The project under the variables of a script. Where all that it can ask for is seen in its files,
// it is loaded anew only when one of these differs.
const Binder::Loaded& Binder::load(compose::LoadRequest request, const shell::Scope& variables) {
  Asked& asked = asked_[key_of(request)];
  if (asked.all_seen) {
    const auto known = asked.by_values.find(values_of(asked.names, variables));
    if (known != asked.by_values.end()) return *known->second;
  }
  for (const auto& [name, value] : variables.exported_values()) {
    if (value) request.environment.set(name, {*value, {}, "script"});
  }
  const Loaded& loaded = load(request);
  if (!loaded.project) return loaded;
  if (asked.names.empty()) {
    asked.names = {"COMPOSE_DISABLE_ENV_FILE",
                   "COMPOSE_ENV_FILES",
                   "COMPOSE_FILE",
                   "COMPOSE_PATH_SEPARATOR",
                   "COMPOSE_PROFILES",
                   "COMPOSE_PROJECT_NAME",
                   "HOME",
                   "PWD"};
    const Project& project = loaded.project->project;
    for (const SourceFile* file : project.files) add_names(file->bytes(), asked.names);
    for (const SourceFile* file : project.env_files) add_names(file->bytes(), asked.names);
    static constexpr std::array<const char*, 3> kOtherFiles = {"include", "extends", "env_file"};
    asked.all_seen = std::none_of(kOtherFiles.begin(), kOtherFiles.end(),
                                  [&](const char* key) { return asked.names.contains(key); });
  }
  if (asked.all_seen) asked.by_values.emplace(values_of(asked.names, variables), &loaded);
  return loaded;
}

// A file that is no YAML hides whatever it holds; that is trouble of the run, not of a rule.
void Binder::note_unread_files(const Project& project) {
  for (const ProjectProblem& problem : project.problems) {
    if (!is_unread(problem)) continue;
    const std::string path = problem.span ? problem.span.file->path() : std::string();
    const auto same = [&](const Notification& other) {
      return other.span == problem.span && other.message == problem.message;
    };
    if (std::any_of(notifications_.begin(), notifications_.end(), same)) continue;
    notifications_.push_back({gravity(path), path, problem.span, problem.message});
  }
}

bool Binder::is_within(const std::string& path) const {
  const auto below = [&](const std::string& directory) {
    return path == directory || path.starts_with(directory == "/" ? "/" : directory + "/");
  };
  return below(root_) || std::any_of(given_.begin(), given_.end(), below);
}

Target Binder::bind(const ComposeInvocation& call, const CallSite& site) {
  if (call.opaque_global)
    return {nullptr, "an unknown word among its options may choose the files", true, nullptr, {},
            {}};
  if (seen_ == nullptr || !seen_->variables.exports_the_same(site.variables)) {
    seen_ = std::make_unique<Seen>(Seen{site.variables, {}});
  }
  const std::string key = key_of(call, site);
  const auto known = seen_->targets.find(key);
  if (known != seen_->targets.end()) return known->second;
  const auto why_no_directory = [&] {
    return site.why_no_directory.empty() ? "a directory change before it could not be followed"
                                         : site.why_no_directory;
  };
  Target target =
      site.directory ? find_target(call, site) : unknown(call, site, why_no_directory());
  // A file that is missing is told with the place where it is named.
  if (target.missing.empty()) seen_->targets.emplace(key, target);
  return target;
}

// A directory of the machine that the script is for mostly holds a copy of the repository.
Target Binder::unknown(const ComposeInvocation& call, const CallSite& site, std::string why) {
  Target target;
  target.why_unknown = std::move(why);
  const bool elsewhere = !site.directory || text::is_absolute(*site.directory);
  if (!elsewhere || site.script_directory.empty()) return target;
  CallSite beside = site;
  beside.directory = ".";
  guessing_ = true;
  target.likely = find_target(call, beside).project;
  guessing_ = false;
  return target;
}

namespace {

// `/opt/shop/deploy` of the repository `/home/me/shop`: the directory in it that a server's
// checkout has there. Nothing where no part of the path is called so; `/shop` alone is one of an
// image.
std::optional<std::string> in_own_checkout(const std::string& directory, const std::string& root) {
  const std::string name = "/" + std::string(text::name_of(root));
  const std::size_t at = directory.rfind(name);
  if (name.size() < 2 || at == std::string::npos || at == 0) return std::nullopt;
  const std::string rest = directory.substr(at + name.size());
  if (!rest.empty() && rest.front() != '/') return std::nullopt;
  return root + rest;
}

}  // namespace

Target Binder::find_target(const ComposeInvocation& call, const CallSite& site) {
  if (text::is_absolute(*site.directory) && !is_within(text::normalise(*site.directory))) {
    CallSite own = site;
    own.directory = in_own_checkout(text::normalise(*site.directory), root_);
    if (own.directory && sources_.files().kind(*own.directory) == FileKind::kDirectory) {
      Target target = find_target(call, own);
      target.missing.clear();  // a server may have files of its own
      if (target.project != nullptr) return target;
    }
  }
  AskedProject asked = asked_project(call);
  compose::LoadRequest& request = asked.request;
  request.strictness = compose::Strictness::kLint;
  std::vector<std::string> named = request.files;
  if (named.empty()) named = files_of_variable(site.variables, asked.unknown);
  for (const std::string& file : named) {
    if (file == "-") asked.unknown = "its compose file comes from standard input";
  }
  if (!asked.unknown.empty()) return {nullptr, asked.unknown, true, nullptr, {}, {}};
  std::vector<std::string> places = named;
  const bool from_there =
      named.empty() || std::any_of(named.begin(), named.end(),
                                   [](const auto& each) { return !text::is_absolute(each); });
  if (from_there) places.push_back(*site.directory);
  if (request.project_directory) places.push_back(*request.project_directory);
  for (const std::string& place : places) {
    if (!text::is_absolute(place) || is_within(text::normalise(place))) continue;
    return unknown(call, site, place + " lies outside of what is checked");
  }

  const std::vector<std::string> directories =
      working_directories(sources_.files(), site, root_, call, named, request.project_directory);
  if (directories.empty()) {
    return {nullptr,
            named.empty() ? "no compose file is found from here"
                          : named.front() + " is not found from here",
            true,
            nullptr,
            {},
            missing_files(sources_.files(), call, existing_starts(sources_.files(), site, root_),
                          root_)};
  }
  Target target;
  target.missing = missing_files(sources_.files(), call, directories, root_);
  const OptionUse* const name = call.global_option("--project-name");
  target.name_known = name == nullptr || (name->value && name->value->known());
  for (const std::string& directory : directories) {
    request.working_directory = directory;
    const Loaded& loaded = load(request, site.variables);
    const Project* project = loaded.project ? &loaded.project->project : nullptr;
    if (&directory == &directories.front()) {
      target.project = project;
      target.why_unknown = loaded.failure;
    } else if (project != nullptr) {
      target.others.push_back(project);
    }
  }
  return target;
}

Target Binder::bind_to(compose::LoadRequest request) {
  request.strictness = compose::Strictness::kLint;
  const Loaded& loaded = load(request);
  Target target;
  target.project = loaded.project ? &loaded.project->project : nullptr;
  target.why_unknown = loaded.failure;
  return target;
}

const Project* Binder::load_leniently(compose::LoadRequest request, std::string directory) {
  request.strictness = compose::Strictness::kLint;
  request.working_directory = std::move(directory);
  const Loaded& loaded = load(request);
  return loaded.project ? &loaded.project->project : nullptr;
}

const Project* Binder::project_in(const std::string& directory) {
  return load_leniently({}, directory);
}

const Project* Binder::project_of_files(std::vector<std::string> paths) {
  compose::LoadRequest request;
  request.files = std::move(paths);
  const std::string directory = text::directory_of(request.files.front());
  return load_leniently(std::move(request), directory);
}

const Project* Binder::project_of_text(const std::string& directory, std::string text) {
  compose::LoadRequest request;
  request.files = {"-"};
  request.stdin_text = std::move(text);
  return load_leniently(std::move(request), directory);
}

std::vector<const Project*> Binder::projects() const {
  std::vector<const Project*> out;
  for (const Loaded* loaded : order_) out.push_back(&loaded->project->project);
  return out;
}

}  // namespace composelint::calls
