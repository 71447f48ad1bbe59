#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/compose/project_model.h"
#include "analyzer/compose/shape.h"

namespace composelint::compose {

namespace {

bool has_profile(const Value& service, const std::vector<std::string>& active) {
  const Value* own = service.find("profiles");
  if (own == nullptr || own->items.empty()) return true;
  return std::any_of(active.begin(), active.end(), [&](const std::string& profile) {
    return profile == "*" || std::any_of(own->items.begin(), own->items.end(),
                                         [&](const Value& item) { return item.text == profile; });
  });
}

// A pattern of filepath.Match against a service's name. '[' has its meaning there; in names it
// cannot stand, so a pattern with one matches nothing we need.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '*') {
    for (std::size_t skip = 0; skip <= name.size(); ++skip) {
      if (matches(pattern.substr(1), name.substr(skip))) return true;
    }
    return false;
  }
  if (name.empty()) return false;
  if (pattern.front() != '?' && pattern.front() != name.front()) return false;
  return matches(pattern.substr(1), name.substr(1));
}

class Keeper {
 public:
  explicit Keeper(const ProjectModel& project) : project_(project) {}

  MaybeFailure visit(const std::string& name, bool required);
  [[nodiscard]] const std::set<std::string, std::less<>>& kept() const { return kept_; }

 private:
  const ProjectModel& project_;
  std::set<std::string, std::less<>> kept_;
};

MaybeFailure Keeper::visit(const std::string& name, bool required) {
  std::vector<const Member*> waiting;
  const auto add = [&](const std::string& pattern, bool needed) -> MaybeFailure {
    bool found = false;
    const bool exact = pattern.find_first_of("*?") == std::string::npos;
    for (const Member& service : project_.services.members) {
      if (exact ? service.key != pattern : !matches(pattern, service.key)) continue;
      found = true;
      if (kept_.insert(service.key).second) waiting.push_back(&service);
    }
    if (found || !needed) return std::nullopt;
    return Failure{FailureCode::kInvalid, "no such service: " + pattern, {}};
  };
  if (MaybeFailure failure = add(name, required)) return failure;
  while (!waiting.empty()) {
    const Member& service = *waiting.back();
    waiting.pop_back();
    const Value* depends_on = service.value.find("depends_on");
    if (depends_on == nullptr) continue;
    for (const Member& dependency : depends_on->members) {
      const Value* needed = dependency.value.find("required");
      if (MaybeFailure failure = add(dependency.key, needed != nullptr && needed->boolean)) {
        failure->span = dependency.span;
        return failure;
      }
    }
  }
  return std::nullopt;
}

void keep_only(Value& resources, const std::set<std::string, std::less<>>& names) {
  std::erase_if(resources.members,
                [&](const Member& member) { return names.count(member.key) == 0; });
}

}  // namespace

Result<ProjectModel> shape_project(Value model, Load& load) {
  ProjectModel project;
  if (const Value* name = model.find("name")) project.name = *name;
  model.erase("name");
  set_extensions_apart(model);
  struct Section {
    const char* key;
    const Shape& shape;
    Value& into;
  };
  const Section sections[] = {
      {"services", kServiceShape, project.services}, {"networks", kNetworkShape, project.networks},
      {"volumes", kVolumeShape, project.volumes},    {"secrets", kSecretShape, project.secrets},
      {"configs", kConfigShape, project.configs},    {"models", kModelShape, project.models},
  };
  for (const Section& section : sections) {
    const Value* written = model.find(section.key);
    if (written == nullptr || written->is_null()) continue;
    Result<Value> shaped = shape_map(*written, section.shape, load);
    if (shaped) {
      section.into = std::move(*shaped);
    } else if (MaybeFailure failure = load.refuse(shaped.failure())) {
      return *failure;
    }
  }
  if (const Value* extensions = model.find(kExtensionsKey)) project.extensions = *extensions;
  for (Member& config : project.configs.members) {
    // The content came from the environment: print where it comes from, not what it is.
    if (config.value.find("environment") != nullptr) config.value.erase("content");
  }
  return project;
}

void select_profiles(ProjectModel& project, std::vector<std::string> profiles) {
  Value all = std::move(project.services);
  std::move(project.inactive.members.begin(), project.inactive.members.end(),
            std::back_inserter(all.members));
  project.services = Value::map().from(all);
  project.inactive = Value::map();
  project.services.by_name = true;
  project.inactive.by_name = true;
  for (Member& service : all.members) {
    Value& to = has_profile(service.value, profiles) ? project.services : project.inactive;
    to.members.push_back(std::move(service));
  }
  project.profiles = std::move(profiles);
}

void enable_services(ProjectModel& project, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::vector<std::string> profiles = project.profiles;
  for (const std::string& name : names) {
    const Value* service = project.inactive.find(name);
    const Value* own = service == nullptr ? nullptr : service->find("profiles");
    if (own == nullptr) continue;
    for (const Value& profile : own->items) profiles.push_back(profile.text);
  }
  select_profiles(project, std::move(profiles));
}

MaybeFailure keep_services(ProjectModel& project, const std::vector<std::string>& names,
                           Load& load) {
  if (names.empty()) return std::nullopt;
  Keeper keeper(project);
  for (const std::string& name : names) {
    if (MaybeFailure failure = keeper.visit(name, true)) {
      if (MaybeFailure refusal = load.refuse(std::move(*failure))) return refusal;
    }
  }
  std::vector<Member> kept;
  for (Member& service : project.services.members) {
    if (keeper.kept().count(service.key) == 0) {
      project.inactive.members.push_back(std::move(service));
      continue;
    }
    if (Value* depends_on = service.value.find("depends_on")) {
      keep_only(*depends_on, keeper.kept());
      if (depends_on->members.empty()) service.value.erase("depends_on");
    }
    kept.push_back(std::move(service));
  }
  project.services.members = std::move(kept);
  return std::nullopt;
}

void drop_unused_resources(ProjectModel& project) {
  using Names = std::set<std::string, std::less<>>;
  Names networks;
  Names volumes;
  Names secrets;
  Names configs;
  Names models;
  const auto keys = [](const Value* map, Names& into) {
    if (map == nullptr) return;
    for (const Member& member : map->members) into.insert(member.key);
  };
  const auto sources = [](const Value* list, Names& into) {
    if (list == nullptr) return;
    for (const Value& item : list->items) into.emplace(item.text_of("source"));
  };
  for (const Member& member : project.services.members) {
    const Value& service = member.value;
    keys(service.find("networks"), networks);
    keys(service.find("models"), models);
    sources(service.find("secrets"), secrets);
    sources(service.find("configs"), configs);
    if (const Value* build = service.find("build")) sources(build->find("secrets"), secrets);
    const Value* mounts = service.find("volumes");
    if (mounts == nullptr) continue;
    for (const Value& mount : mounts->items) {
      if (mount.text_of("type") == "volume") volumes.emplace(mount.text_of("source"));
    }
  }
  keep_only(project.networks, networks);
  keep_only(project.volumes, volumes);
  keep_only(project.secrets, secrets);
  keep_only(project.configs, configs);
  keep_only(project.models, models);
}

}  // namespace composelint::compose
