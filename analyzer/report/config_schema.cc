#include "analyzer/report/config_schema.h"

#include <nlohmann/json.hpp>

#include "analyzer/engine/config_keys.h"
#include "analyzer/report/json_place.h"

namespace composelint::report {

namespace {

using engine::ConfigKey;
using engine::KeyKind;
using nlohmann::ordered_json;

ordered_json object_of(std::span<const ConfigKey> keys);

ordered_json typed(std::string_view type) {
  ordered_json out;
  out["type"] = type;
  return out;
}

// Numbers and the like are read as they are written.
ordered_json text() {
  ordered_json out;
  out["type"] = std::vector<std::string>{"string", "number", "boolean"};
  return out;
}

ordered_json list_of(ordered_json items) {
  ordered_json out = typed("array");
  out["items"] = std::move(items);
  return out;
}

ordered_json either(ordered_json one, ordered_json other) {
  ordered_json out;
  out["anyOf"].push_back(std::move(one));
  out["anyOf"].push_back(std::move(other));
  return out;
}

ordered_json words(const ConfigKey& key) {
  ordered_json out;
  out["enum"] = std::vector<std::string>(key.choices.begin(), key.choices.end());
  return out;
}

// What stands in several places is written once.
ordered_json reference(std::string_view name) {
  ordered_json out;
  out["$ref"] = "#/definitions/" + std::string(name);
  return out;
}

ordered_json value_of(const ConfigKey& key) {
  switch (key.kind) {
    case KeyKind::kText: return text();
    case KeyKind::kTexts: return either(text(), list_of(text()));
    case KeyKind::kChoice: return words(key);
    case KeyKind::kChoices: return either(words(key), list_of(words(key)));
    case KeyKind::kFlag: return typed("boolean");
    case KeyKind::kLevel: return either(words(key), object_of(key.keys));
    case KeyKind::kLevels: return reference("rules");
    case KeyKind::kList: return list_of(object_of(key.keys));
    case KeyKind::kMapping: return object_of(key.keys);
    case KeyKind::kMappings: return either(reference("when"), list_of(reference("when")));
  }
  return text();
}

ordered_json object_of(std::span<const ConfigKey> keys) {
  ordered_json out = typed("object");
  std::vector<std::string> required;
  for (const ConfigKey& key : keys) {
    ordered_json& property = out["properties"][std::string(key.name)];
    property["description"] = key.doc;
    property.update(value_of(key));
    if (key.required) required.emplace_back(key.name);
  }
  if (!required.empty()) out["required"] = required;
  out["additionalProperties"] = false;
  return out;
}

// The slugs are there for editors to offer; those of custom rules are not known here.
ordered_json levels(Rules rules) {
  ordered_json out = typed("object");
  for (const Rule* rule : rules) {
    ordered_json& property = out["properties"][std::string(rule->slug)];
    property["description"] = rule->summary;
    property.update(reference("level"));
  }
  out["additionalProperties"] = reference("level");
  return out;
}

// The first of its kind, wherever it stands.
const ConfigKey* find(std::span<const ConfigKey> keys, KeyKind kind) {
  for (const ConfigKey& key : keys) {
    if (key.kind == kind) return &key;
    if (const ConfigKey* below = find(key.keys, kind)) return below;
  }
  return nullptr;
}

}  // namespace

std::string config_schema(Rules rules) {
  const std::span<const ConfigKey> keys = engine::config_keys();
  ordered_json schema;
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "Configuration of composelint: .composelint.yaml";
  schema.update(object_of(keys));
  const ConfigKey& level = *find(keys, KeyKind::kLevels);
  schema["definitions"]["level"] = either(words(level), object_of(level.keys));
  schema["definitions"]["rules"] = levels(rules);
  schema["definitions"]["when"] = object_of(find(keys, KeyKind::kMappings)->keys);
  return dump(schema);
}

}  // namespace composelint::report
