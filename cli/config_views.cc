#include "cli/config_views.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "analyzer/compose/origin.h"
#include "analyzer/compose/presentation.h"
#include "analyzer/compose/print_json.h"
#include "analyzer/compose/print_yaml.h"
#include "analyzer/compose/substitute.h"
#include "cli/config_hash.h"

namespace composelint::cli {

namespace {

using compose::LoadedProject;
using compose::Member;
using compose::Value;

// The members of a section of the model, sorted.
std::vector<const Member*> section(const Value& model, const char* key) {
  std::vector<const Member*> out;
  const Value* found = model.find(key);
  if (found == nullptr) return out;
  for (const Member& member : found->members) out.push_back(&member);
  std::sort(out.begin(), out.end(),
            [](const Member* a, const Member* b) { return a->key < b->key; });
  return out;
}

std::string names(const Value& model, const char* key) {
  std::string out;
  for (const Member* member : section(model, key)) out += member->key + "\n";
  return out;
}

// Services behind those they depend on, as Compose walks them.
class ServiceOrder {
 public:
  explicit ServiceOrder(const Value& model) : services_(section(model, "services")) {}

  std::string text() {
    for (const Member* service : services_) visit(*service);
    return std::move(out_);
  }

 private:
  void visit(const Member& service) {
    if (!seen_.insert(service.key).second) return;
    if (const Value* depends_on = service.value.find("depends_on")) {
      std::set<std::string> wanted;
      for (const Member& member : depends_on->members) wanted.insert(member.key);
      for (const Member* other : services_) {
        if (wanted.count(other->key) != 0) visit(*other);
      }
    }
    out_ += service.key + "\n";
  }

  std::vector<const Member*> services_;
  std::set<std::string> seen_;
  std::string out_;
};

std::string images(const Value& model) {
  std::string out;
  for (const Member* service : section(model, "services")) {
    const std::string_view image = service->value.text_of("image");
    out += image.empty() ? std::string(model.text_of("name")) + "-" + service->key
                         : std::string(image);
    out += '\n';
  }
  return out;
}

std::string profiles(const LoadedProject& loaded) {
  std::set<std::string> all;
  const auto add = [&](const Value* services) {
    if (services == nullptr) return;
    for (const Member& service : services->members) {
      const Value* own = service.value.find("profiles");
      if (own == nullptr) continue;
      for (const Value& profile : own->items) all.insert(profile.text);
    }
  };
  add(loaded.model.find("services"));
  add(&loaded.inactive);
  std::string out;
  for (const std::string& profile : all) out += profile + "\n";
  return out;
}

std::string models(const Value& model) {
  std::string out;
  for (const Member* member : section(model, "models")) {
    const std::string_view name = member->value.text_of("model");
    if (!name.empty()) out += std::string(name) + "\n";
  }
  return out;
}

std::string environment(const compose::Environment& variables) {
  std::string out;
  for (const auto& [name, variable] : variables.all()) out += name + "=" + variable.value + "\n";
  return out;
}

using Variables = std::map<std::string, compose::MentionedVariable>;

// Of one variable mentioned twice, Compose tells the later of a text or a list. Between two keys of
// a map it leaves that to chance: here the one that says more is kept.
Variables variables_of(const Value& value) {
  Variables found;
  if (value.is_string()) {
    for (compose::MentionedVariable& variable : compose::mentioned_variables(value.text)) {
      found[variable.name] = std::move(variable);
    }
  }
  for (const Value& item : value.items) {
    for (auto& [name, variable] : variables_of(item)) found[name] = std::move(variable);
  }
  for (const Member& member : value.members) {
    for (auto& [name, variable] : variables_of(member.value)) {
      compose::MentionedVariable& kept = found[name];
      const bool says_more = !variable.default_value.empty() || !variable.presence_value.empty();
      if (kept.name.empty() || says_more || variable.required) kept = std::move(variable);
    }
  }
  return found;
}

std::string variable_table(const Variables& variables) {
  std::vector<std::vector<std::string>> rows = {
      {"NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE"}};
  for (const auto& [name, variable] : variables) {
    rows.push_back({name, variable.required ? "true" : "false", variable.default_value,
                    variable.presence_value});
  }
  std::size_t widths[3] = {20, 20, 20};
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < 3; ++i) widths[i] = std::max(widths[i], row[i].size() + 3);
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < 3; ++i) {
      out += row[i];
      out.append(widths[i] - row[i].size(), ' ');
    }
    out += row[3] + "\n";
  }
  return out;
}

Result<std::string> variables(const Value& model, const std::string& format) {
  const Variables found = variables_of(model);
  if (format.empty()) return variable_table(found);
  const bool json = format == "json";
  Value out = Value::map();
  for (const auto& [name, variable] : found) {
    Value row = Value::map();
    row.set(json ? "Name" : "name", Value::of(name));
    row.set(json ? "DefaultValue" : "defaultvalue", Value::of(variable.default_value));
    row.set(json ? "PresenceValue" : "presencevalue", Value::of(variable.presence_value));
    row.set(json ? "Required" : "required", Value::of(variable.required));
    out.set(name, std::move(row));
  }
  if (!json) return compose::print_yaml(out, false);
  Result<std::string> text = compose::print_json(out, false, 4);
  if (text) *text += '\n';
  return text;
}

Value without_extensions_apart(Value model) {
  return compose::as_yaml_model(std::move(model));
}

Result<std::string> provenance(Value model, const std::string& format) {
  model = without_extensions_apart(std::move(model));
  std::string text;
  Value rows = Value::list();
  compose::for_each_scalar(
      model, [&](const std::string& path, const Value& value, const Span& place) {
        const std::vector<std::string> steps = compose::steps_of(value, place);
        if (format == "json") {
          Value row = Value::map();
          row.set("path", Value::of(path));
          Value plain = value;
          row.set("value", std::move(plain));
          if (place) {
            const Position at = place.file->position(place.begin, ColumnUnit::kCodePoint);
            row.set("file", Value::of(place.file->path()));
            row.set("line", Value::of(static_cast<std::int64_t>(at.line)));
            row.set("column", Value::of(static_cast<std::int64_t>(at.column)));
          }
          Value list = Value::list();
          for (const std::string& step : steps) list.items.push_back(Value::of(step));
          row.set("steps", std::move(list));
          rows.items.push_back(std::move(row));
          return;
        }
        std::string shown = "[]";
        if (value.is_map()) shown = "{}";
        if (value.is_null()) shown = "null";
        if (value.is_string()) shown = "\"" + value.text + "\"";
        if (value.is_scalar() && !value.is_null() && !value.is_string()) {
          shown = compose::plain_text(value);
        }
        std::string line = path + ": " + shown + "  # ";
        for (std::size_t i = 0; i < steps.size(); ++i) line += (i == 0 ? "" : "; ") + steps[i];
        for (const char c : line) text += c == '\n' ? std::string("\\n") : std::string(1, c);
        text += '\n';
      });
  if (format != "json") return text;
  Result<std::string> json = compose::print_json(rows, false);
  if (json) *json += '\n';
  return json;
}

Result<std::string> why(Value model, const std::string& path) {
  model = without_extensions_apart(std::move(model));
  const auto found = compose::find_path(model, path);
  if (!found) {
    return Failure{FailureCode::kUsage, "there is no " + path + " in the resolved project", {}};
  }
  std::string out;
  compose::for_each_scalar(
      *found->value, [&](const std::string& below, const Value& value, const Span& place) {
        const bool item = below.starts_with('[');
        const std::string full = below.empty() ? path : path + (item ? "" : ".") + below;
        out += compose::story_of(full, value, below.empty() ? found->place : place);
      });
  return out;
}

// Digests are the registry's to tell: only a project that names them all can be printed with them.
MaybeFailure check_digests(const Project& project) {
  for (const Service& service : project.services) {
    if (!service.active || !service.image) continue;
    if (service.image->value.find('@') != std::string::npos) continue;
    return Failure{FailureCode::kUnsupported,
                   "the digest of " + service.image->value + " is known to its registry only",
                   service.image->from.span};
  }
  return std::nullopt;
}

// Of every service its image, and nothing else.
Value images_only(const Value& model) {
  Value services = Value::map();
  for (const Member* service : section(model, "services")) {
    Value kept = Value::map();
    for (const char* key : {"command", "entrypoint"}) kept.set(key, Value::null());
    if (const Value* image = service->value.find("image")) kept.set("image", *image);
    services.set(service->key, std::move(kept), service->span);
  }
  Value out = Value::map();
  out.set("services", std::move(services));
  return out;
}

Result<std::string> model(const ConfigOptions& options, LoadedProject loaded) {
  if (options.resolve_image_digests || options.lock_image_digests) {
    if (MaybeFailure failure = check_digests(loaded.project)) return *failure;
  }
  if (options.lock_image_digests) loaded.model = images_only(loaded.model);
  const bool json = options.format == "json";
  if (options.no_interpolate) {
    if (json) {
      const bool normalised = !options.no_normalize && !options.compatibility;
      return compose::print_json(
          compose::as_untyped_json_model(std::move(loaded.model), normalised), false);
    }
    return compose::print_yaml(compose::as_sorted(std::move(loaded.model), true), false);
  }
  if (!json) return compose::print_yaml(compose::as_yaml_model(std::move(loaded.model)), true);
  Result<Value> shown = compose::as_json_model(std::move(loaded.model));
  return shown ? compose::print_json(*shown, true) : shown.failure();
}

}  // namespace

Result<std::string> view_of_project(const ConfigOptions& options, LoadedProject loaded) {
  switch (options.view) {
    case ConfigView::kModel: return model(options, std::move(loaded));
    case ConfigView::kServices: return ServiceOrder(loaded.model).text();
    case ConfigView::kImages: return images(loaded.model);
    case ConfigView::kProfiles: return profiles(loaded);
    case ConfigView::kVolumes: return names(loaded.model, "volumes");
    case ConfigView::kNetworks: return names(loaded.model, "networks");
    case ConfigView::kModels: return models(loaded.model);
    case ConfigView::kVariables: return variables(loaded.model, options.format);
    case ConfigView::kEnvironment: return environment(loaded.environment);
    case ConfigView::kHash: return service_hashes(loaded, options.hash);
    case ConfigView::kProvenance: return provenance(std::move(loaded.model), options.format);
    case ConfigView::kWhy: return why(std::move(loaded.model), options.why);
  }
  return std::string();
}

}  // namespace composelint::cli
