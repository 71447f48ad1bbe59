#include "analyzer/compose/presentation.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/compose/shape.h"

namespace composelint::compose {

namespace {

void sort_keys(Value& map) {
  std::sort(map.members.begin(), map.members.end(),
            [](const Member& a, const Member& b) { return a.key < b.key; });
}

// An env file that has to be there prints as its path alone.
void shorten_env_files(Value& service) {
  Value* files = service.find("env_file");
  if (files == nullptr) return;
  for (Value& file : files->items) {
    const Value* required = file.find("required");
    const Value* path = file.find("path");
    if (required == nullptr || !required->boolean || path == nullptr) continue;
    Value text = *path;
    file = std::move(text);
  }
}

// A key with a path is what the encoder of Compose stumbles over.
MaybeFailure shorten_ssh_keys(Value& service) {
  Value* build = service.find("build");
  Value* keys = build == nullptr ? nullptr : build->find("ssh");
  if (keys == nullptr) return std::nullopt;
  for (Value& key : keys->items) {
    if (!key.text_of("path").empty()) {
      return Failure{FailureCode::kUnsupported,
                     "json: an ssh key with a path cannot be written as JSON", key.span};
    }
    Value id = *key.find("id");
    key = std::move(id);
  }
  return std::nullopt;
}

}  // namespace

Result<Value> as_json_model(Value model) {
  Value extensions = Value::map();
  if (Value* found = model.find(kExtensionsKey)) extensions = std::move(*found);
  model.erase(kExtensionsKey);
  model.erase("models");
  if (Value* services = model.find("services")) {
    for (Member& service : services->members) {
      shorten_env_files(service.value);
      if (MaybeFailure failure = shorten_ssh_keys(service.value)) return *failure;
    }
  }
  for (Member& extension : extensions.members) {
    model.set(extension.key, std::move(extension.value), extension.span);
  }
  for (Member& member : model.members) {
    if (member.value.is_map()) sort_keys(member.value);
  }
  sort_keys(model);
  return model;
}

Value as_sorted(Value model) {
  for (Value& item : model.items) item = as_sorted(std::move(item));
  for (Member& member : model.members) member.value = as_sorted(std::move(member.value));
  sort_keys(model);
  return model;
}

}  // namespace composelint::compose
