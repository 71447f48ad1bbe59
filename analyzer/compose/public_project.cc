#include "analyzer/compose/public_project.h"

#include <algorithm>
#include <string>
#include <utility>

namespace composelint::compose {

namespace {

Located<std::string> located(const Value& value) {
  return {plain_text(value), provenance_of(value), value.known};
}

std::optional<Located<std::string>> string_at(const Value& service, std::string_view key) {
  const Value* value = service.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  return located(*value);
}

std::optional<Located<std::vector<std::string>>> words_at(const Value& service,
                                                          std::string_view key) {
  const Value* value = service.find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  Located<std::vector<std::string>> words{{}, provenance_of(*value), value->known};
  for (const Value& item : value->items) {
    words.value.push_back(item.text);
    words.known = words.known && item.known;
  }
  return words;
}

std::optional<HealthCheck> healthcheck(const Value& service) {
  const Value* check = service.find("healthcheck");
  if (check == nullptr) return std::nullopt;
  HealthCheck out;
  out.span = check->span;
  const Value* disable = check->find("disable");
  out.disabled = disable != nullptr && disable->boolean;
  if (const Value* test = check->find("test")) {
    for (const Value& word : test->items) out.test.push_back(word.text);
  }
  if (!out.test.empty() && out.test.front() == "NONE") out.disabled = true;
  return out;
}

void add_environment(const Value& service, Service& out) {
  const Value* variables = service.find("environment");
  if (variables == nullptr) return;
  for (const Member& member : variables->members) {
    Located<std::optional<std::string>> value{std::nullopt, provenance_of(member.value),
                                              member.value.known};
    if (!member.value.is_null()) value.value = member.value.text;
    if (!value.from.span) value.from.span = member.span;
    out.environment.emplace_back(member.key, std::move(value));
  }
}

void add_mounts(const Value& service, Service& out) {
  const Value* mounts = service.find("volumes");
  if (mounts == nullptr) return;
  for (const Value& mount : mounts->items) {
    Mount made;
    made.type = mount.text_of("type");
    made.source = mount.text_of("source");
    made.target = mount.text_of("target");
    const Value* read_only = mount.find("read_only");
    made.read_only = read_only != nullptr && read_only->boolean;
    made.span = mount.span;
    const Value* source = mount.find("source");
    made.known = mount.known && (source == nullptr || source->known);
    out.mounts.push_back(std::move(made));
  }
}

// "/run:size=64m" is /run.
void add_tmpfs(const Value& service, Service& out) {
  const Value* tmpfs = service.find("tmpfs");
  if (tmpfs == nullptr) return;
  for (const Value& item : tmpfs->items) {
    out.tmpfs.push_back(item.text.substr(0, item.text.find(':')));
  }
}

void add_dependencies(const Value& service, Service& out) {
  const Value* depends_on = service.find("depends_on");
  if (depends_on == nullptr) return;
  for (const Member& member : depends_on->members) {
    const Value* required = member.value.find("required");
    out.depends_on.push_back({member.key, std::string(member.value.text_of("condition")),
                              required == nullptr || required->boolean, member.span});
  }
}

std::int64_t replicas(const Value& service) {
  const Value* scale = service.find("scale");
  const Value* deploy = service.find("deploy");
  if (scale == nullptr && deploy != nullptr) scale = deploy->find("replicas");
  return scale == nullptr ? 1 : scale->integer;
}

Service public_service(const Member& member, bool active, const Load& load) {
  const Value& value = member.value;
  Service out;
  out.name = member.key;
  out.span = member.span;
  out.active = active;
  out.image = string_at(value, "image");
  if (const Value* build = value.find("build")) out.build = build->span;
  out.entrypoint = words_at(value, "entrypoint");
  out.command = words_at(value, "command");
  out.container_name = string_at(value, "container_name");
  out.restart = string_at(value, "restart");
  if (const Value* profiles = value.find("profiles")) {
    for (const Value& profile : profiles->items) out.profiles.push_back(located(profile));
  }
  add_environment(value, out);
  add_mounts(value, out);
  add_dependencies(value, out);
  out.healthcheck = healthcheck(value);
  out.replicas = replicas(value);
  const Value* init = value.find("init");
  out.init = init != nullptr && init->boolean;
  const Value* ports = value.find("ports");
  out.publishes_ports = ports != nullptr && !ports->items.empty();
  out.env_files = load.service_env_files(out.name);
  add_tmpfs(value, out);
  out.volumes_from = value.find("volumes_from") != nullptr;
  return out;
}

}  // namespace

Project public_project(const ProjectModel& project, const Load& load) {
  Project out;
  out.name = located(project.name);
  for (const Member& service : project.services.members) {
    out.services.push_back(public_service(service, true, load));
  }
  for (const Member& service : project.inactive.members) {
    out.services.push_back(public_service(service, false, load));
  }
  std::sort(out.services.begin(), out.services.end(),
            [](const Service& a, const Service& b) { return a.name < b.name; });
  for (const Member& volume : project.volumes.members) {
    const Value* name = volume.value.find("name");
    const Value* external = volume.value.find("external");
    out.volumes.push_back({volume.key, name == nullptr ? std::string() : plain_text(*name),
                           external != nullptr && external->boolean, volume.span});
  }
  std::sort(out.volumes.begin(), out.volumes.end(),
            [](const Volume& a, const Volume& b) { return a.key < b.key; });
  for (const std::string& profile : project.profiles) {
    if (!profile.empty()) out.profiles.push_back(profile);
  }
  out.problems = load.problems();
  out.unset = load.unset();
  out.env_files = load.env_files();
  out.partial = load.partial();
  out.passed_over = load.passed_over();
  return out;
}

}  // namespace composelint::compose
