#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/compose/project_model.h"
#include "analyzer/compose/shape.h"

namespace composelint::compose {

namespace {

constexpr std::string_view kServicePrefix = "service:";

class Checker {
 public:
  Checker(ProjectModel& project, Load& load) : project_(project), load_(load) {}

  MaybeFailure run();

 private:
  using Check = MaybeFailure (Checker::*)(const Member& service);

  MaybeFailure image(const Member& service);
  MaybeFailure build(const Member& service);
  MaybeFailure networks(const Member& service);
  MaybeFailure healthcheck(const Member& service);
  MaybeFailure depends_on(const Member& service);
  MaybeFailure resources(const Member& service);
  MaybeFailure scale(const Member& service);
  MaybeFailure limits(const Member& service);
  MaybeFailure watch(const Member& service);
  MaybeFailure mounts(const Member& service);
  MaybeFailure secrets();
  MaybeFailure refuse(const Span& span, std::string message) {
    return load_.refuse({FailureCode::kInvalid, std::move(message), span});
  }
  // A reference to nothing. When files are missing, what it refers to may stand there.
  MaybeFailure undefined(const Span& span, std::string message) {
    return load_.partial() ? std::nullopt : refuse(span, std::move(message));
  }
  MaybeFailure sources_in(const Value* list, const Value& resources, const std::string& service,
                          const std::string& what);

  ProjectModel& project_;
  Load& load_;
};

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

const Value* at(const Value* value, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (value == nullptr) return nullptr;
    value = value->find(key);
  }
  return value;
}

MaybeFailure Checker::image(const Member& service) {
  const Value& value = service.value;
  if (value.find("build") != nullptr || value.find("provider") != nullptr) return std::nullopt;
  const Value* image = value.find("image");
  if (image != nullptr) return std::nullopt;
  return undefined(service.span, "service " + quoted(service.key) +
                                     " has neither an image nor a build context specified");
}

MaybeFailure Checker::build(const Member& service) {
  const Value* build = service.value.find("build");
  if (build == nullptr) return std::nullopt;
  if (const Value* text = build->find("dockerfile_inline");
      text != nullptr && build->find("dockerfile") != nullptr) {
    return refuse(text->span, "service " + quoted(service.key) +
                                  " declares mutually exclusive dockerfile and dockerfile_inline");
  }
  if (const Value* contexts = build->find("additional_contexts")) {
    for (const Member& context : contexts->members) {
      if (!context.value.text.starts_with(kServicePrefix)) continue;
      const std::string name = context.value.text.substr(kServicePrefix.size());
      const Value* target = project_.services.find(name);
      if (target != nullptr && target->find("build") != nullptr) continue;
      if (MaybeFailure failure = undefined(
              context.value.span, "service " + quoted(service.key) +
                                      " declares unknown or non-buildable service " + quoted(name) +
                                      " as additional context " + context.key)) {
        return failure;
      }
    }
  }
  const Value* platforms = build->find("platforms");
  const Value* platform = service.value.find("platform");
  if (platforms == nullptr || platform == nullptr || !platform->known) return std::nullopt;
  const bool found = std::any_of(platforms->items.begin(), platforms->items.end(),
                                 [&](const Value& one) { return one.text == platform->text; });
  if (found) return std::nullopt;
  return refuse(platform->span,
                "service.build.platforms MUST include service.platform " + quoted(platform->text));
}

MaybeFailure Checker::networks(const Member& service) {
  const Value* networks = service.value.find("networks");
  const Value* mode = service.value.find("network_mode");
  if (mode != nullptr && networks != nullptr && !networks->members.empty()) {
    return refuse(mode->span, "service " + service.key +
                                  " declares mutually exclusive `network_mode` and `networks`");
  }
  if (networks != nullptr) {
    for (const Member& network : networks->members) {
      if (project_.networks.find(network.key) != nullptr) continue;
      if (MaybeFailure failure =
              undefined(network.span, "service " + quoted(service.key) +
                                          " refers to undefined network " + network.key)) {
        return failure;
      }
    }
  }
  if (mode == nullptr || !mode->known || !mode->text.starts_with(kServicePrefix)) {
    return std::nullopt;
  }
  const std::string name = mode->text.substr(kServicePrefix.size());
  if (project_.services.find(name) != nullptr) return std::nullopt;
  return undefined(mode->span,
                   "service " + quoted(name) + " not found for network_mode '" + mode->text + "'");
}

MaybeFailure Checker::healthcheck(const Member& service) {
  const Value* test = at(&service.value, {"healthcheck", "test"});
  if (test == nullptr || test->items.empty() || !test->items.front().known) return std::nullopt;
  const std::string& kind = test->items.front().text;
  if (kind == "CMD" || kind == "CMD-SHELL" || kind == "NONE") return std::nullopt;
  return refuse(test->items.front().span,
                "healthcheck.test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"");
}

MaybeFailure Checker::depends_on(const Member& service) {
  const Value* depends_on = service.value.find("depends_on");
  if (depends_on == nullptr) return std::nullopt;
  for (const Member& dependency : depends_on->members) {
    if (project_.services.find(dependency.key) != nullptr) continue;
    const Value* required = dependency.value.find("required");
    const bool optional = required != nullptr && !required->boolean;
    if (optional && project_.inactive.find(dependency.key) != nullptr) continue;
    if (MaybeFailure failure = undefined(dependency.span, "service " + quoted(service.key) +
                                                              " depends on undefined service " +
                                                              quoted(dependency.key))) {
      return failure;
    }
  }
  return std::nullopt;
}

MaybeFailure Checker::sources_in(const Value* list, const Value& resources,
                                 const std::string& service, const std::string& what) {
  if (list == nullptr) return std::nullopt;
  for (const Value& item : list->items) {
    const Value* source = item.find("source");
    if (source != nullptr && !source->known) continue;
    const std::string_view name = item.text_of("source");
    if (resources.find(name) != nullptr) continue;
    if (MaybeFailure failure = undefined(source == nullptr ? item.span : source->span,
                                         "service " + quoted(service) + " refers to undefined " +
                                             what + " " + std::string(name))) {
      return failure;
    }
  }
  return std::nullopt;
}

MaybeFailure Checker::resources(const Member& service) {
  const Value& value = service.value;
  if (const Value* mounts = value.find("volumes")) {
    for (const Value& mount : mounts->items) {
      const Value* source = mount.find("source");
      if (mount.text_of("type") != "volume" || source == nullptr || !source->known) continue;
      if (project_.volumes.find(source->text) != nullptr) continue;
      if (MaybeFailure failure =
              undefined(source->span, "service " + quoted(service.key) +
                                          " refers to undefined volume " + source->text)) {
        return failure;
      }
    }
  }
  if (const Value* models = value.find("models")) {
    for (const Member& model : models->members) {
      if (project_.models.find(model.key) != nullptr) continue;
      if (MaybeFailure failure =
              undefined(model.span, "service " + quoted(service.key) +
                                        " refers to undefined model " + model.key)) {
        return failure;
      }
    }
  }
  if (MaybeFailure failure = sources_in(at(&value, {"build", "secrets"}), project_.secrets,
                                        service.key, "build secret")) {
    return failure;
  }
  if (MaybeFailure failure =
          sources_in(value.find("configs"), project_.configs, service.key, "config")) {
    return failure;
  }
  return sources_in(value.find("secrets"), project_.secrets, service.key, "secret");
}

MaybeFailure Checker::scale(const Member& member) {
  const Value* scale = member.value.find("scale");
  const Value* replicas = at(&member.value, {"deploy", "replicas"});
  const std::string path = "services." + member.key;
  if (scale != nullptr && replicas != nullptr && scale->known && replicas->known &&
      scale->integer != replicas->integer) {
    return refuse(scale->span,
                  path + ": can't set distinct values on 'scale' and 'deploy.replicas'");
  }
  if (scale != nullptr) {
    Value* deploy = project_.services.find(member.key)->find("deploy");
    if (deploy != nullptr) {
      set_field(*deploy, shape_of_field(kServiceShape, "deploy"), "replicas", Value(*scale));
    }
  }
  for (const Value* count : {scale, replicas}) {
    if (count != nullptr && count->integer < 0) {
      return refuse(count->span, path + ": the number of containers must not be negative");
    }
  }
  const Value* name = member.value.find("container_name");
  const Value* count = scale != nullptr ? scale : replicas;
  if (name == nullptr || count == nullptr || count->integer <= 1) return std::nullopt;
  return refuse(name->span, path + ": can't set container_name and " +
                                (scale != nullptr ? "scale" : "deploy.replicas") +
                                " as container name must be unique");
}

MaybeFailure Checker::limits(const Member& service) {
  struct Pair {
    const char* attribute;
    const char* side;
    const char* limit;
  };
  constexpr Pair kPairs[] = {
      {"cpus", "limits", "cpus"},
      {"mem_limit", "limits", "memory"},
      {"mem_reservation", "reservations", "memory"},
      {"pids_limit", "limits", "pids"},
  };
  for (const Pair& pair : kPairs) {
    const Value* own = service.value.find(pair.attribute);
    const Value* side = at(&service.value, {"deploy", "resources", pair.side});
    if (own == nullptr || side == nullptr || !own->known) continue;
    const Value* other = side->find(pair.limit);
    if (other != nullptr && (!other->known || same(*own, *other))) continue;
    if (MaybeFailure failure =
            refuse(own->span, "services." + service.key + ": can't set distinct values on '" +
                                  pair.attribute + "' and 'deploy.resources." + pair.side + "." +
                                  pair.limit + "'")) {
      return failure;
    }
  }
  return std::nullopt;
}

MaybeFailure Checker::watch(const Member& service) {
  const Value* triggers = at(&service.value, {"develop", "watch"});
  if (triggers == nullptr) return std::nullopt;
  for (const Value& trigger : triggers->items) {
    const std::string_view action = trigger.text_of("action");
    if (trigger.find("target") != nullptr || action == "rebuild" || action == "restart") continue;
    if (MaybeFailure failure =
            refuse(trigger.span, "services." + service.key +
                                     ".develop.watch: target is required for non-rebuild "
                                     "actions")) {
      return failure;
    }
  }
  return std::nullopt;
}

MaybeFailure Checker::mounts(const Member& service) {
  std::map<std::string, int> taken;
  const auto take = [&](std::string target, const Span& span) -> MaybeFailure {
    if (taken[target]++ == 0) return std::nullopt;
    return refuse(span, "services." + service.key + ": target " + target + " already mounted");
  };
  if (const Value* tmpfs = service.value.find("tmpfs")) {
    for (const Value& item : tmpfs->items) {
      if (MaybeFailure failure = take(item.text.substr(0, item.text.find(':')), item.span)) {
        return failure;
      }
    }
  }
  if (const Value* mounts = service.value.find("volumes")) {
    for (const Value& mount : mounts->items) {
      if (!mount.is_map()) continue;
      if (MaybeFailure failure = take(std::string(mount.text_of("target")), mount.span)) {
        return failure;
      }
    }
  }
  return std::nullopt;
}

MaybeFailure Checker::secrets() {
  for (const Member& secret : project_.secrets.members) {
    if (secret.value.find("external") != nullptr || secret.value.find("file") != nullptr ||
        secret.value.find("environment") != nullptr) {
      continue;
    }
    if (MaybeFailure failure =
            refuse(secret.span, "secret " + quoted(secret.key) +
                                    " must declare either `file` or `environment`")) {
      return failure;
    }
  }
  return std::nullopt;
}

MaybeFailure Checker::run() {
  constexpr Check kChecks[] = {&Checker::image,       &Checker::build,      &Checker::networks,
                               &Checker::healthcheck, &Checker::depends_on, &Checker::resources,
                               &Checker::scale,       &Checker::limits,     &Checker::watch,
                               &Checker::mounts};
  for (const Member& service : project_.services.members) {
    for (const Check check : kChecks) {
      if (MaybeFailure failure = (this->*check)(service)) return failure;
    }
  }
  if (MaybeFailure failure = secrets()) return failure;
  return check_cycles(project_, load_);
}

}  // namespace

MaybeFailure check_consistency(ProjectModel& project, Load& load) {
  return Checker(project, load).run();
}

MaybeFailure check_container_names(const ProjectModel& project, Load& load) {
  std::map<std::string, std::string> owners;
  for (const Member& service : project.services.members) {
    const Value* name = service.value.find("container_name");
    if (name == nullptr || !name->known) continue;
    const auto [owner, fresh] = owners.emplace(name->text, service.key);
    if (fresh) continue;
    if (MaybeFailure failure =
            load.refuse({FailureCode::kInvalid,
                         "services." + service.key + ": container name " + quoted(name->text) +
                             " is already in use by service " + owner->second,
                         name->span})) {
      return failure;
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose
