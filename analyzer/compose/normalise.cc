#include "analyzer/compose/normalise.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

class Normaliser {
 public:
  Normaliser(Value& model, const Environment& environment, Load& load)
      : model_(model), environment_(environment), load_(load) {}

  MaybeFailure run();

 private:
  MaybeFailure networks();
  MaybeFailure service(Value& service);
  MaybeFailure build(Value& service);
  MaybeFailure dependencies(Value& service);
  MaybeFailure mounts(Value& service);
  MaybeFailure names();
  void pass_through(Value& variables, bool keep_unset);
  Value defaulted(Value value);
  void imply(Value& depends_on, const std::string& name, bool restart, const Value& because);

  Value& model_;
  const Environment& environment_;
  Load& load_;
};

Failure unfit(const Value& value, std::string message) {
  return {FailureCode::kInvalid, std::move(message), value.span};
}

Value Normaliser::defaulted(Value value) {
  value.trail = load_.trails().push(nullptr, {OriginKind::kDefault, {}, {}});
  return value;
}

Value taken_from(const Variable& variable, std::string text, const Value& source, Trails& trails,
                 std::string_view name) {
  Value value = Value::of(std::move(text)).from(source);
  value.trail = trails.push(value.trail, {OriginKind::kVariable, variable.span, std::string(name)});
  return value;
}

// Names without a value take the caller's.
void Normaliser::pass_through(Value& variables, bool keep_unset) {
  for (Value& item : variables.items) {
    if (!item.is_string() || item.text.find('=') != std::string::npos) continue;
    if (const Variable* found = environment_.find(item.text)) {
      const std::string name = item.text;
      item = taken_from(*found, name + "=" + found->value, item, load_.trails(), name);
    } else if (!keep_unset) {
      item.kind = ValueKind::kNull;
    }
  }
  if (!keep_unset) {
    std::erase_if(variables.items, [](const Value& item) { return item.is_null(); });
  }
  for (Member& member : variables.members) {
    if (!member.value.is_null()) continue;
    if (const Variable* found = environment_.find(member.key)) {
      member.value = taken_from(*found, found->value, member.value, load_.trails(), member.key);
      if (!member.value.span) member.value.span = member.span;
    }
  }
  if (!keep_unset) {
    std::erase_if(variables.members, [](const Member& member) { return member.value.is_null(); });
  }
}

MaybeFailure Normaliser::networks() {
  Value* services = model_.find("services");
  bool used = false;
  if (services != nullptr) {
    for (Member& member : services->members) {
      Value& service = member.value;
      if (service.find("provider") != nullptr || service.find("network_mode") != nullptr) continue;
      Value* networks = service.find("networks");
      if (networks == nullptr || networks->members.empty()) {
        Value implied = defaulted(Value::map());
        implied.set("default", defaulted(Value::null()));
        service.set("networks", std::move(implied));
        used = true;
      } else if (networks->find("default") != nullptr) {
        used = true;
      }
    }
  }
  if (!used) return std::nullopt;
  Value* networks = model_.find("networks");
  if (networks == nullptr) networks = &model_.set("networks", Value::map());
  if (!networks->is_map()) return unfit(*networks, "networks must be a mapping");
  if (networks->find("default") == nullptr) networks->set("default", defaulted(Value::null()));
  return std::nullopt;
}

MaybeFailure Normaliser::build(Value& service) {
  Value* build = service.find("build");
  if (build == nullptr) return std::nullopt;
  if (!build->is_map()) return unfit(*build, "build must be a mapping");
  const auto unset = [&](std::string_view key) {
    const Value* value = build->find(key);
    return value == nullptr || value->is_null();
  };
  if (unset("context")) build->set("context", defaulted(Value::of(std::string("."))));
  if (unset("dockerfile") && unset("dockerfile_inline")) {
    build->set("dockerfile", defaulted(Value::of(std::string("Dockerfile"))));
  }
  if (Value* args = build->find("args")) pass_through(*args, false);
  return std::nullopt;
}

void Normaliser::imply(Value& depends_on, const std::string& name, bool restart,
                       const Value& because) {
  if (depends_on.find(name) != nullptr) return;
  Value dependency = Value::map().from(because);
  dependency.set("condition", Value::of(std::string("service_started")).from(because));
  dependency.set("restart", Value::of(restart).from(because));
  dependency.set("required", Value::of(true).from(because));
  depends_on.set(name, std::move(dependency), because.span);
}

std::string before_colon(const std::string& text) {
  return text.substr(0, text.find(':'));
}

MaybeFailure Normaliser::dependencies(Value& service) {
  Value none = Value::map();
  Value* declared = service.find("depends_on");
  Value depends_on = declared == nullptr ? std::move(none) : *declared;
  if (!depends_on.is_map()) return unfit(depends_on, "depends_on must be a mapping");
  if (const Value* links = service.find("links")) {
    for (const Value& link : links->items) {
      const bool alias = std::count(link.text.begin(), link.text.end(), ':') == 1;
      imply(depends_on, alias ? before_colon(link.text) : link.text, true, link);
    }
  }
  for (const char* shared : {"network_mode", "ipc", "pid", "uts", "cgroup"}) {
    const Value* mode = service.find(shared);
    constexpr std::string_view kService = "service:";
    if (mode == nullptr) continue;
    if (!mode->is_string()) return unfit(*mode, std::string(shared) + " must be a string");
    if (!mode->text.starts_with(kService)) continue;
    imply(depends_on, mode->text.substr(kService.size()), true, *mode);
  }
  if (const Value* sources = service.find("volumes_from")) {
    for (const Value& source : sources->items) {
      if (source.text.starts_with("container:")) continue;
      imply(depends_on, before_colon(source.text), false, source);
    }
  }
  if (!depends_on.members.empty()) service.set("depends_on", std::move(depends_on));
  return std::nullopt;
}

MaybeFailure Normaliser::mounts(Value& service) {
  Value* volumes = service.find("volumes");
  if (volumes == nullptr) return std::nullopt;
  for (Value& mount : volumes->items) {
    Value* target = mount.find("target");
    if (target == nullptr || !target->is_string()) {
      if (!mount.known) continue;
      return unfit(mount, "a service volume is missing a mount target");
    }
    target->text = text::normalise(target->text);
  }
  return std::nullopt;
}

MaybeFailure Normaliser::service(Value& service) {
  if (!service.is_map()) return unfit(service, "a service must be a mapping");
  if (Value* policy = service.find("pull_policy");
      policy != nullptr && policy->text == "if_not_present") {
    policy->text = "missing";
  }
  if (MaybeFailure failure = build(service)) return failure;
  if (Value* variables = service.find("environment")) pass_through(*variables, true);
  if (MaybeFailure failure = dependencies(service)) return failure;
  return mounts(service);
}

// strconv.ParseBool of what `%v` prints.
bool is_true(const Value& value) {
  constexpr std::array<std::string_view, 6> kWords = {"1", "t", "T", "TRUE", "true", "True"};
  return std::find(kWords.begin(), kWords.end(), plain_text(value)) != kWords.end();
}

MaybeFailure Normaliser::names() {
  const Value* project = model_.find("name");
  const Value name = project == nullptr ? Value::null() : *project;
  for (const char* section : {"networks", "volumes", "configs", "secrets"}) {
    Value* resources = model_.find(section);
    if (resources == nullptr) continue;
    if (!resources->is_map()) return unfit(*resources, std::string(section) + " must be a mapping");
    for (Member& member : resources->members) {
      Value& resource = member.value;
      if (resource.is_null()) resource.kind = ValueKind::kMap;
      const Value* own = resource.find("name");
      if (own != nullptr && !own->is_null()) continue;
      const Value* external = resource.find("external");
      Value given = external != nullptr && is_true(*external)
                        ? Value::of(member.key)
                        : Value::of(plain_text(name) + "_" + member.key);
      given.known = name.known || (external != nullptr && is_true(*external));
      resource.set("name", defaulted(std::move(given)));
    }
  }
  return std::nullopt;
}

MaybeFailure Normaliser::run() {
  if (MaybeFailure failure = networks()) {
    if (MaybeFailure refusal = load_.refuse(std::move(*failure))) return refusal;
  }
  if (Value* services = model_.find("services")) {
    for (Member& member : services->members) {
      if (MaybeFailure failure = service(member.value)) {
        if (MaybeFailure refusal = load_.refuse(std::move(*failure))) return refusal;
      }
    }
  }
  if (MaybeFailure failure = names()) return load_.refuse(std::move(*failure));
  return std::nullopt;
}

}  // namespace

void resolve_bare_variables(Value& model, const Environment& environment) {
  if (Value* services = model.find("services")) {
    for (Member& member : services->members) {
      Value* variables = member.value.find("environment");
      if (variables == nullptr || !variables->is_list()) continue;
      std::erase_if(variables->items, [](const Value& item) { return !item.is_string(); });
      for (Value& item : variables->items) {
        const Variable* found = environment.find(item.text);
        if (found != nullptr) item.text += "=" + found->value;
      }
    }
  }
  Value* configs = model.find("configs");
  if (configs == nullptr) return;
  for (Member& member : configs->members) {
    const Value* name = member.value.find("environment");
    if (name == nullptr || !name->is_string()) continue;
    if (const Variable* found = environment.find(name->text)) {
      member.value.set("content", Value::of(found->value).from(*name));
    }
  }
}

MaybeFailure normalise(Value& model, const Value& name, const Environment& environment,
                       Load& load) {
  model.set("name", name);
  return Normaliser(model, environment, load).run();
}

}  // namespace composelint::compose
