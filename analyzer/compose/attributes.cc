#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/canonical.h"
#include "analyzer/compose/place.h"
#include "analyzer/compose/short_syntax.h"

namespace composelint::compose {

namespace {

enum class Default { kBuildContext, kSecretTarget, kPort, kDeviceCount };

const PlaceTable<Default>& defaults() {
  static const PlaceTable<Default> table = {
      {"services.*.build", Default::kBuildContext},
      {"services.*.secrets.*", Default::kSecretTarget},
      {"services.*.ports.*", Default::kPort},
      {"services.*.deploy.resources.reservations.devices.*", Default::kDeviceCount},
      {"services.*.gpus.*", Default::kDeviceCount},
  };
  return table;
}

class Defaults {
 public:
  explicit Defaults(Load& load) : load_(load) {}

  MaybeFailure walk(Value& value, const Place& place);

 private:
  MaybeFailure set(Value& value, Default which, const Place& place);
  void missing(Value& map, std::string_view key, std::string text);

  Load& load_;
};

void Defaults::missing(Value& map, std::string_view key, std::string text) {
  if (map.find(key) != nullptr) return;
  Value value = Value::of(std::move(text));
  value.trail = load_.trails().push(nullptr, {OriginKind::kDefault, {}, {}});
  map.set(key, std::move(value));
}

MaybeFailure Defaults::set(Value& value, Default which, const Place& place) {
  if (!value.is_map()) {
    if (which == Default::kBuildContext || which == Default::kPort || !value.known) {
      return std::nullopt;
    }
    return load_.refuse({FailureCode::kInvalid, dotted(place) + ": invalid type", value.span});
  }
  switch (which) {
    case Default::kBuildContext: missing(value, "context", "."); break;
    case Default::kSecretTarget: {
      const Value* source = value.find("source");
      missing(value, "target",
              "/run/secrets/" + (source == nullptr ? std::string() : plain_text(*source)));
      break;
    }
    case Default::kPort:
      missing(value, "protocol", "tcp");
      missing(value, "mode", "ingress");
      break;
    case Default::kDeviceCount:
      if (value.find("device_ids") == nullptr) missing(value, "count", "all");
      break;
  }
  return std::nullopt;
}

MaybeFailure Defaults::walk(Value& value, const Place& place) {
  if (const Default* which = defaults().find(place)) return set(value, *which, place);
  for (Value& item : value.items) {
    if (MaybeFailure failure = walk(item, place / kItemKey)) return failure;
  }
  for (Member& member : value.members) {
    if (MaybeFailure failure = walk(member.value, place / member.key)) return failure;
  }
  return std::nullopt;
}

enum class Check { kVolume, kConfig, kSecret, kPort, kWatchPath, kDevices };

const PlaceTable<Check>& checks() {
  static const PlaceTable<Check> table = {
      {"volumes.*", Check::kVolume},
      {"configs.*", Check::kConfig},
      {"secrets.*", Check::kSecret},
      {"services.*.ports.*", Check::kPort},
      {"services.*.develop.watch.*.path", Check::kWatchPath},
      {"services.*.deploy.resources.reservations.devices.*", Check::kDevices},
      {"services.*.gpus.*", Check::kDevices},
  };
  return table;
}

// A message when the volume says more of a volume it does not own.
std::string volume_trouble(const Value& volume) {
  const Value* external = volume.find("external");
  if (external == nullptr || !external->boolean) return {};
  for (const Member& member : volume.members) {
    if (member.key == "name" || member.key == "external" || member.key.starts_with("x-")) continue;
    return "conflicting parameters \"external\" and \"" + member.key + "\" specified";
  }
  return {};
}

std::string source_trouble(const Value& object, const std::vector<std::string_view>& keys) {
  std::size_t count = 0;
  std::string names;
  for (const std::string_view key : keys) {
    if (object.find(key) != nullptr) ++count;
    if (!names.empty()) names += '|';
    names += key;
  }
  if (count > 1) return names + " attributes are mutually exclusive";
  if (count == 1 || object.find("driver") != nullptr || object.find("external") != nullptr) {
    return {};
  }
  return "one of " + names + " must be set";
}

std::string trouble(const Value& value, Check check) {
  switch (check) {
    case Check::kVolume:
      if (value.is_null()) return {};
      return value.is_map() ? volume_trouble(value) : "expected volume";
    case Check::kConfig: return source_trouble(value, {"file", "environment", "content"});
    case Check::kSecret: return source_trouble(value, {"file", "environment"});
    case Check::kPort: {
      const Value* ip = value.find("host_ip");
      if (ip == nullptr || !ip->known || is_ip_address(ip->text)) return {};
      return "invalid ip address: " + ip->text;
    }
    case Check::kWatchPath:
      return value.is_string() && !value.text.empty() ? "" : "value can't be blank";
    case Check::kDevices:
      if (value.find("count") == nullptr || value.find("device_ids") == nullptr) return {};
      return "\"count\" and \"device_ids\" attributes are exclusive";
  }
  return {};
}

MaybeFailure check(const Value& value, const Place& place, Load& load) {
  if (const Check* which = checks().find(place)) {
    const std::string message = trouble(value, *which);
    if (message.empty()) return std::nullopt;
    return load.refuse({FailureCode::kInvalid, dotted(place) + ": " + message, value.span});
  }
  for (const Value& item : value.items) {
    if (MaybeFailure failure = check(item, place / kItemKey, load)) return failure;
  }
  for (const Member& member : value.members) {
    if (MaybeFailure failure = check(member.value, place / member.key, load)) return failure;
  }
  return std::nullopt;
}

}  // namespace

MaybeFailure set_defaults(Value& tree, Load& load) {
  Defaults walk(load);
  for (Member& member : tree.members) {
    if (MaybeFailure failure = walk.walk(member.value, Place{nullptr, member.key})) return failure;
  }
  return std::nullopt;
}

MaybeFailure check_attributes(const Value& tree, Load& load) {
  for (const Member& member : tree.members) {
    if (MaybeFailure failure = check(member.value, Place{nullptr, member.key}, load)) {
      return failure;
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose
