#include "analyzer/compose/presentation.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/compose/merge.h"
#include "analyzer/compose/place.h"
#include "analyzer/compose/runes.h"
#include "analyzer/compose/shape.h"

namespace composelint::compose {

namespace {

// Keys in the order of the YAML encoder: numbers in names by their value, letters behind the rest.
bool natural_less(std::string_view a, std::string_view b) {
  const auto letter = [](char c) {
    return is_letter_or_number(rune_at({&c, 1}, 0).code) && !is_digit(c);
  };
  bool digits = false;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i] == b[i]) {
      digits = is_digit(a[i]);
      continue;
    }
    if (letter(a[i]) && letter(b[i])) return a[i] < b[i];
    if (letter(a[i]) || letter(b[i])) return digits ? letter(a[i]) : letter(b[i]);
    std::uint64_t x = 0;
    std::uint64_t y = 0;
    if (a[i] == '0' || b[i] == '0') {
      for (std::size_t j = i; j > 0 && is_digit(a[j - 1]); --j) {
        if (a[j - 1] == '0') continue;
        x = y = 1;
        break;
      }
    }
    std::size_t p = i;
    std::size_t q = i;
    for (; p < a.size() && is_digit(a[p]); ++p) x = x * 10 + static_cast<std::uint64_t>(a[p] - '0');
    for (; q < b.size() && is_digit(b[q]); ++q) y = y * 10 + static_cast<std::uint64_t>(b[q] - '0');
    if (x != y) return x < y;
    if (p != q) return p < q;
    return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[i]);
  }
  return a.size() < b.size();
}

void sort_keys(Value& map, bool natural) {
  std::sort(map.members.begin(), map.members.end(), [&](const Member& a, const Member& b) {
    return natural ? natural_less(a.key, b.key) : a.key < b.key;
  });
}

// Sorts the maps of the user's names; maps of attributes keep the order of the specification.
void sort_names(Value& value, bool natural) {
  for (Value& item : value.items) sort_names(item, natural);
  for (Member& member : value.members) {
    if (member.key == kExtensionsKey && member.value.is_map()) {
      member.value = as_sorted(std::move(member.value), natural);
    } else {
      sort_names(member.value, natural);
    }
  }
  if (value.by_name) sort_keys(value, natural);
}

// An env file that has to be there prints as its path alone.
void shorten_env_files(Value& service, bool with_format) {
  Value* files = service.find("env_file");
  if (files == nullptr) return;
  for (Value& file : files->items) {
    const Value* required = file.find("required");
    const Value* path = file.find("path");
    if (!with_format) file.erase("format");
    if (required == nullptr || !required->boolean || path == nullptr) continue;
    Value text = *path;
    file = std::move(text);
  }
}

// In JSON a key with a path is what the encoder stumbles over.
MaybeFailure shorten_ssh_keys(Value& service, bool json) {
  Value* build = service.find("build");
  Value* keys = build == nullptr ? nullptr : build->find("ssh");
  if (keys == nullptr) return std::nullopt;
  for (Value& key : keys->items) {
    const std::string path(key.text_of("path"));
    Value id = *key.find("id");
    if (!path.empty()) {
      if (json) {
        return Failure{FailureCode::kUnsupported,
                       "json: an ssh key with a path cannot be written as JSON", key.span};
      }
      id.text += ": " + path;
    }
    key = std::move(id);
  }
  return std::nullopt;
}

void erase_null(Value& map, std::string_view key) {
  const Value* value = map.find(key);
  if (value != nullptr && value->is_null()) map.erase(key);
}

void erase_empty(Value* map, std::string_view key) {
  if (map == nullptr) return;
  const Value* value = map->find(key);
  if (value != nullptr && value->is_map() && value->members.empty()) map->erase(key);
}

// Limits print with both bounds in YAML, zero or not.
void fill_ulimits(Value* owner) {
  Value* limits = owner == nullptr ? nullptr : owner->find("ulimits");
  if (limits == nullptr) return;
  for (Member& limit : limits->members) {
    if (!limit.value.is_map()) continue;
    Value filled = Value::map().from(limit.value);
    for (const char* bound : {"soft", "hard"}) {
      const Value* given = limit.value.find(bound);
      filled.set(bound, given == nullptr ? Value::of(std::int64_t{0}) : *given);
    }
    limit.value = std::move(filled);
  }
}

void lower_blkio_keys(Value& service) {
  Value* blkio = service.find("blkio_config");
  if (blkio == nullptr) return;
  for (Member& member : blkio->members) {
    for (Value& device : member.value.items) {
      for (Member& attribute : device.members) {
        if (attribute.key == "Path") attribute.key = "path";
        if (attribute.key == "Weight") attribute.key = "weight";
        if (attribute.key == "Rate") attribute.key = "rate";
      }
    }
  }
}

void yaml_service(Value& service) {
  erase_null(service, "command");
  erase_null(service, "entrypoint");
  for (const char* hooks : {"post_start", "pre_stop"}) {
    if (Value* list = service.find(hooks)) {
      for (Value& hook : list->items) erase_null(hook, "command");
    }
  }
  if (Value* develop = service.find("develop")) {
    if (Value* watch = develop->find("watch")) {
      for (Value& trigger : watch->items) {
        if (Value* exec = trigger.find("exec")) erase_null(*exec, "command");
        erase_empty(&trigger, "exec");
      }
    }
  }
  erase_empty(service.find("deploy"), "resources");
  erase_empty(service.find("deploy"), "placement");
  fill_ulimits(&service);
  fill_ulimits(service.find("build"));
  lower_blkio_keys(service);
  shorten_env_files(service, false);
  (void)shorten_ssh_keys(service, false);
}

// Puts what was set apart behind the attributes.
void inline_extensions(Value& value) {
  for (Value& item : value.items) inline_extensions(item);
  std::vector<Member> extensions;
  for (Member& member : value.members) {
    if (member.key == kExtensionsKey && member.value.is_map()) {
      extensions = std::move(member.value.members);
    } else {
      inline_extensions(member.value);
    }
  }
  if (extensions.empty()) return;
  value.erase(kExtensionsKey);
  std::move(extensions.begin(), extensions.end(), std::back_inserter(value.members));
}

// Where normalising makes a list anew, so that even one kept by its entries ends as none.
bool is_made_anew(const Place& place) {
  static const PlaceTable<bool> table = {{"services.*.environment", true},
                                         {"services.*.build.args", true}};
  return table.find(place) != nullptr;
}

void null_empty_lists(Value& value, const Place* place, bool normalised) {
  const bool kept =
      place != nullptr && keeps_one_of_each(*place) && !(normalised && is_made_anew(*place));
  if (value.is_list() && value.items.empty() && !kept) value.kind = ValueKind::kNull;
  for (Value& item : value.items) {
    const Place next{place, kItemKey, place == nullptr ? 1 : place->depth + 1};
    null_empty_lists(item, &next, normalised);
  }
  for (Member& member : value.members) {
    const Place next{place, member.key, place == nullptr ? 1 : place->depth + 1};
    null_empty_lists(member.value, &next, normalised);
  }
}

}  // namespace

Result<Value> as_json_service(Value service) {
  shorten_env_files(service, true);
  if (MaybeFailure failure = shorten_ssh_keys(service, true)) return *failure;
  sort_names(service, false);
  return service;
}

Result<Value> as_json_model(Value model) {
  Value extensions = Value::map();
  if (Value* found = model.find(kExtensionsKey)) extensions = as_sorted(std::move(*found), false);
  model.erase(kExtensionsKey);
  model.erase("models");
  if (Value* services = model.find("services")) {
    for (Member& service : services->members) {
      Result<Value> shown = as_json_service(std::move(service.value));
      if (!shown) return shown;
      service.value = std::move(*shown);
    }
  }
  sort_names(model, false);
  for (Member& extension : extensions.members) {
    model.set(extension.key, std::move(extension.value), extension.span);
  }
  sort_keys(model, false);
  return model;
}

Value as_yaml_model(Value model) {
  if (Value* services = model.find("services")) {
    for (Member& service : services->members) yaml_service(service.value);
  }
  if (Value* networks = model.find("networks")) {
    for (Member& network : networks->members) erase_empty(&network.value, "ipam");
  }
  sort_names(model, true);
  inline_extensions(model);
  return model;
}

Value as_untyped_json_model(Value model, bool normalised) {
  model = as_sorted(std::move(model), false);
  null_empty_lists(model, nullptr, normalised);
  return model;
}

Value as_sorted(Value model, bool natural) {
  for (Value& item : model.items) item = as_sorted(std::move(item), natural);
  for (Member& member : model.members) {
    member.value = as_sorted(std::move(member.value), natural);
  }
  sort_keys(model, natural);
  return model;
}

}  // namespace composelint::compose
