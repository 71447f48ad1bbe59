#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "analyzer/compose/merge.h"
#include "analyzer/compose/place.h"
#include "analyzer/compose/short_syntax.h"

namespace composelint::compose {

namespace {

// What makes two entries of a list the same entry.
enum class Identity {
  kName,     // the text before '='
  kMount,    // target of a volume
  kDevice,   // target of a device
  kConfig,   // target or "/name"
  kSecret,   // target or "/run/secrets/name"
  kExposed,  // port
  kPort,     // address, target, published port, protocol
  kEnvFile,  // path
};

const PlaceTable<Identity>& identities() {
  static const PlaceTable<Identity> table = {
      {"networks.*.labels", Identity::kName},
      {"networks.*.ipam.options", Identity::kName},
      {"services.*.annotations", Identity::kName},
      {"services.*.build.args", Identity::kName},
      {"services.*.build.additional_contexts", Identity::kName},
      {"services.*.build.platform", Identity::kName},
      {"services.*.build.tags", Identity::kName},
      {"services.*.build.labels", Identity::kName},
      {"services.*.cap_add", Identity::kName},
      {"services.*.cap_drop", Identity::kName},
      {"services.*.devices", Identity::kDevice},
      {"services.*.configs", Identity::kConfig},
      {"services.*.deploy.labels", Identity::kName},
      {"services.*.dns", Identity::kName},
      {"services.*.dns_opt", Identity::kName},
      {"services.*.dns_search", Identity::kName},
      {"services.*.environment", Identity::kName},
      {"services.*.env_file", Identity::kEnvFile},
      {"services.*.expose", Identity::kExposed},
      {"services.*.labels", Identity::kName},
      {"services.*.links", Identity::kName},
      {"services.*.networks.*.aliases", Identity::kName},
      {"services.*.networks.*.link_local_ips", Identity::kName},
      {"services.*.ports", Identity::kPort},
      {"services.*.profiles", Identity::kName},
      {"services.*.secrets", Identity::kSecret},
      {"services.*.sysctls", Identity::kName},
      {"services.*.tmpfs", Identity::kName},
      {"services.*.volumes", Identity::kMount},
  };
  return table;
}

Failure at(const Value& value, const Place& place, const std::string& message) {
  return {FailureCode::kInvalid, dotted(place) + ": " + message, value.span};
}

// What has another type than Go expects prints with a complaint: `%!s(int=80)`, and
// `%!d(string=80)` for the target. Only equality counts here.
std::string keyed(const Value* value, std::string_view otherwise) {
  if (value == nullptr) return std::string(otherwise);
  return (value->is_string() ? "" : "#") + plain_text(*value);
}

Result<std::string> port_identity(const Value& port, const Place& place) {
  if (port.kind == ValueKind::kInt) return std::to_string(port.integer);
  if (port.is_string()) return port.text;
  if (!port.is_map()) return std::string();
  const Value* target = port.find("target");
  if (target == nullptr) return at(port, place, "a service port is missing a target port");
  return keyed(port.find("host_ip"), "0.0.0.0") + ":" + keyed(port.find("published"), "#<nil>") +
         ":" + (target->kind == ValueKind::kInt ? plain_text(*target) : "#" + plain_text(*target)) +
         "/" + keyed(port.find("protocol"), "tcp");
}

Result<std::string> mount_identity(const Value& mount, const Place& place) {
  if (mount.is_map()) {
    const Value* target = mount.find("target");
    if (target != nullptr && target->is_string()) return target->text;
    return at(mount, place, "a service volume is missing a mount target");
  }
  if (!mount.is_string()) return std::string();
  if (!mount.known) return mount.text;
  Result<Value> parsed = parse_mount(mount);
  if (!parsed) return parsed.failure();
  return std::string(parsed->text_of("target"));
}

Result<std::string> device_identity(const Value& device, const Place& place) {
  if (device.is_map()) {
    const Value* target = device.find("target");
    if (target != nullptr && target->is_string()) return target->text;
    return at(device, place, "a service device is missing a mount target");
  }
  if (!device.is_string()) return std::string();
  const std::size_t colon = device.text.find(':');
  if (colon == std::string::npos) return device.text;
  return device.text.substr(colon + 1, device.text.find(':', colon + 1) - colon - 1);
}

Result<std::string> file_identity(const Value& file, const Place& place, std::string_view folder) {
  if (file.is_string()) return std::string(folder) + "/" + file.text;
  if (!file.is_map()) return at(file, place, "unsupported value");
  if (const Value* target = file.find("target")) return plain_text(*target);
  const Value* source = file.find("source");
  return std::string(folder) + "/" + (source == nullptr ? "" : plain_text(*source));
}

Result<std::string> identity_of(const Value& value, Identity identity, const Place& place) {
  switch (identity) {
    case Identity::kName:
      if (!value.is_string()) return at(value, place, "unexpected type, a string is needed");
      return value.text.substr(0, value.text.find('='));
    case Identity::kMount: return mount_identity(value, place);
    case Identity::kDevice: return device_identity(value, place);
    case Identity::kConfig: return file_identity(value, place, "");
    case Identity::kSecret: return file_identity(value, place, "/run/secrets");
    case Identity::kExposed:
      if (!value.is_string() && value.kind != ValueKind::kInt) {
        return at(value, place, "unsupported expose value");
      }
      return plain_text(value);
    case Identity::kPort: return port_identity(value, place);
    case Identity::kEnvFile:
      if (value.is_string()) return value.text;
      if (!value.is_map()) return std::string();
      if (value.find("path") == nullptr) {
        return at(value, place, "environment path attribute is missing");
      }
      return std::string(value.text_of("path"));
  }
  return std::string();
}

// What has no identity stays as it is, and so does what comes behind it: a load that goes on must
// not stumble over gaps.
MaybeFailure one_of_each(Value& list, Identity identity, const Place& place) {
  MaybeFailure first;
  std::unordered_map<std::string, std::size_t> known;
  std::vector<Value> kept;
  kept.reserve(list.items.size());
  for (Value& item : list.items) {
    Result<std::string> key = identity_of(item, identity, place);
    if (!key) {
      Failure why = key.failure();
      if (!why.span) why.span = item.span;
      if (!first) first = std::move(why);
      kept.push_back(std::move(item));
      continue;
    }
    const auto [entry, fresh] = known.emplace(std::move(*key), kept.size());
    if (fresh) {
      kept.push_back(std::move(item));
    } else {
      kept[entry->second] = std::move(item);
    }
  }
  list.items = std::move(kept);
  return first;
}

MaybeFailure walk(Value& value, const Place& place) {
  if (value.is_list()) {
    const Identity* identity = identities().find(place);
    return identity == nullptr ? std::nullopt : one_of_each(value, *identity, place);
  }
  MaybeFailure first;
  for (Member& member : value.members) {
    MaybeFailure failure = walk(member.value, place / member.key);
    if (!first) first = std::move(failure);
  }
  return first;
}

}  // namespace

bool keeps_one_of_each(const Place& place) {
  return identities().find(place) != nullptr;
}

MaybeFailure drop_redefined(Value& tree) {
  MaybeFailure first;
  for (Member& member : tree.members) {
    MaybeFailure failure = walk(member.value, Place{nullptr, member.key});
    if (!first) first = std::move(failure);
  }
  return first;
}

}  // namespace composelint::compose
