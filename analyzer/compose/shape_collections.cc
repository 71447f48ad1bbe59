#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "analyzer/compose/runes.h"
#include "analyzer/compose/shape_scalars.h"
#include "analyzer/compose/short_syntax.h"

namespace composelint::compose {

namespace {

Failure unfit(const Value& value, std::string_view wanted) {
  return {FailureCode::kInvalid, "\"" + plain_text(value) + "\" is no " + std::string(wanted),
          value.span};
}

Value named_map(const Value& source) {
  Value map = Value::map().from(source);
  map.by_name = true;
  return map;
}

Value text(std::string made, const Value& source) {
  return Value::of(std::move(made)).from(source);
}

Result<Value> strings(const Value& value) {
  if (!value.is_list()) return unfit(value, "list");
  Value list = Value::list().from(value);
  for (const Value& item : value.items) {
    Result<Value> string = shape_scalar(item, Form::kString);
    if (!string) return string.failure();
    list.items.push_back(string->is_null() ? text("", item) : std::move(*string));
  }
  return list;
}

Result<Value> string_or_list(const Value& value, bool numbers) {
  Value list = Value::list().from(value);
  if (value.is_string()) {
    list.items.push_back(value);
    return list;
  }
  if (!value.is_list()) return unfit(value, "string or list");
  for (const Value& item : value.items) {
    if (!item.is_string() && !numbers) return unfit(item, "string");
    list.items.push_back(item.is_string() ? item : text(plain_text(item), item));
  }
  return list;
}

// What a map of strings makes of "key" without a value, and of null.
enum class Missing { kEmpty, kNull };

Value mapped(const Value& value, Missing missing) {
  if (value.is_null()) return missing == Missing::kNull ? value : text("", value);
  return value.is_string() ? value : text(plain_text(value), value);
}

Result<Value> mapping(const Value& value, Missing missing, bool from_list, bool strict_names) {
  Value map = named_map(value);
  if (value.is_map()) {
    for (const Member& member : value.members) {
      map.members.push_back({member.key, member.span, mapped(member.value, missing)});
    }
    return map;
  }
  if (!value.is_list() || !from_list) return unfit(value, "mapping");
  for (const Value& item : value.items) {
    const std::string entry = plain_text(item);
    const std::size_t equals = entry.find('=');
    const std::string key = entry.substr(0, equals);
    if (strict_names && !key.empty() && is_space(static_cast<unsigned char>(key.back()))) {
      return Failure{FailureCode::kInvalid,
                     "environment variable " + key + " is declared with a trailing space",
                     item.span};
    }
    const bool bare = equals == std::string::npos;
    Value of_key = bare && missing == Missing::kNull
                       ? Value::null().from(item)
                       : text(bare ? std::string() : entry.substr(equals + 1), item);
    map.set(key, std::move(of_key), item.span);
  }
  return map;
}

Result<Value> string_map(const Value& value) {
  if (!value.is_map()) return unfit(value, "mapping");
  Value map = named_map(value);
  for (const Member& member : value.members) {
    Result<Value> string = shape_scalar(member.value, Form::kString);
    if (!string) return string.failure();
    if (string->is_null()) *string = text("", member.value);
    map.members.push_back({member.key, member.span, std::move(*string)});
  }
  return map;
}

Result<Value> multi_options(const Value& value) {
  if (!value.is_map()) return unfit(value, "mapping");
  Value map = named_map(value);
  for (const Member& member : value.members) {
    Value list = Value::list().from(member.value);
    if (member.value.is_list()) {
      for (const Value& item : member.value.items) {
        list.items.push_back(text(plain_text(item), item));
      }
    } else {
      list.items.push_back(text(plain_text(member.value), member.value));
    }
    map.members.push_back({member.key, member.span, std::move(list)});
  }
  return map;
}

// Addresses by host name.
class Hosts {
 public:
  MaybeFailure add(const std::string& host, std::string ip, const Value& source) {
    if (host.empty() || host.find_first_of(":=") != std::string::npos) {
      return Failure{FailureCode::kInvalid, "bad host name '" + host + "'", source.span};
    }
    if (ip.size() > 2 && ip.front() == '[' && ip.back() == ']') ip = ip.substr(1, ip.size() - 2);
    lines_.push_back(text(host + "=" + ip, source));
    return std::nullopt;
  }
  std::vector<Value> take() {
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const Value& a, const Value& b) { return a.text < b.text; });
    return std::move(lines_);
  }

 private:
  std::vector<Value> lines_;
};

MaybeFailure add_host_line(const Value& item, Hosts& hosts) {
  const std::string line = plain_text(item);
  std::size_t separator = line.find('=');
  if (separator == std::string::npos) separator = line.find(':');
  if (separator == std::string::npos) {
    return Failure{FailureCode::kInvalid, "invalid additional host, missing IP: " + line,
                   item.span};
  }
  const std::string addresses = line.substr(separator + 1);
  for (std::size_t at = 0; at <= addresses.size();) {
    const std::size_t end = std::min(addresses.find(',', at), addresses.size());
    if (MaybeFailure failure =
            hosts.add(line.substr(0, separator), addresses.substr(at, end - at), item)) {
      return failure;
    }
    at = end + 1;
  }
  return std::nullopt;
}

Result<Value> host_list(const Value& value) {
  Hosts hosts;
  if (!value.is_list() && !value.is_map()) return unfit(value, "list of hosts");
  for (const Value& item : value.items) {
    if (MaybeFailure failure = add_host_line(item, hosts)) return *failure;
  }
  for (const Member& member : value.members) {
    const Value& address = member.value;
    if (!address.is_list() && !address.is_string() && !address.is_null()) {
      return unfit(address, "address");
    }
    if (!address.is_list()) {
      if (MaybeFailure failure = hosts.add(member.key, address.text, address)) return *failure;
    }
    for (const Value& one : address.items) {
      if (MaybeFailure failure = hosts.add(member.key, plain_text(one), one)) return *failure;
    }
  }
  Value list = Value::list().from(value);
  list.items = hosts.take();
  return list;
}

Result<Value> words(const Value& value) {
  Value list = Value::list().from(value);
  if (!value.is_list()) return unfit(value, "list of strings");
  for (const Value& item : value.items) {
    if (!item.is_string()) return unfit(item, "string");
    list.items.push_back(item);
  }
  return list;
}

Result<Value> command(const Value& value) {
  if (!value.is_string()) return value.is_list() ? words(value) : Result<Value>(Value::null());
  const Result<std::vector<std::string>> split = split_command(value.text);
  if (!split) return Failure{split.failure().code, split.failure().message, value.span};
  Value list = Value::list().from(value);
  for (const std::string& word : *split) list.items.push_back(text(word, value));
  return list;
}

Result<Value> health_test(const Value& value) {
  if (!value.is_string()) return words(value);
  Value list = Value::list().from(value);
  list.items.push_back(text("CMD-SHELL", value));
  list.items.push_back(value);
  return list;
}

Result<Value> ulimit(const Value& value) {
  if (value.kind == ValueKind::kInt || value.is_null() || !value.known) return value;
  if (!value.is_map()) return unfit(value, "limit");
  Value map = Value::map().from(value);
  for (const char* key : {"soft", "hard"}) {
    const Value* bound = value.find(key);
    if (bound == nullptr) continue;
    if (bound->kind != ValueKind::kInt && bound->known) return unfit(*bound, "integer");
    if (bound->integer != 0 || !bound->known) map.set(key, *bound);
  }
  return map;
}

Result<Value> ulimits(const Value& value) {
  if (!value.is_map()) return unfit(value, "mapping");
  Value map = named_map(value);
  for (const Member& member : value.members) {
    Result<Value> limit = ulimit(member.value);
    if (!limit) return limit.failure();
    // A single limit of zero counts as none.
    if (limit->kind == ValueKind::kInt && limit->integer == 0) {
      *limit = Value::map().from(member.value);
    }
    map.members.push_back({member.key, member.span, std::move(*limit)});
  }
  return map;
}

Result<Value> ssh_keys(const Value& value) {
  if (!value.is_map()) return unfit(value, "mapping of keys");
  Value list = Value::list().from(value);
  for (const Member& member : value.members) {
    Value key = Value::map().from(member.value);
    key.set("id", text(member.key, member.value), member.span);
    if (!member.value.is_null()) key.set("path", text(plain_text(member.value), member.value));
    list.items.push_back(std::move(key));
  }
  return list;
}

}  // namespace

Result<Value> shape_collection(const Value& value, Form form) {
  if (value.is_null() || !value.known) return value;
  switch (form) {
    case Form::kStrings: return strings(value);
    case Form::kStringOrList: return string_or_list(value, false);
    case Form::kStringsOrNumbers: return string_or_list(value, true);
    case Form::kMapping: return mapping(value, Missing::kEmpty, true, false);
    case Form::kLabels: return mapping(value, Missing::kEmpty, true, false);
    case Form::kEnvironment: return mapping(value, Missing::kNull, true, true);
    case Form::kOptions: return mapping(value, Missing::kEmpty, false, false);
    case Form::kStringMap: return string_map(value);
    case Form::kMultiOptions: return multi_options(value);
    case Form::kHosts: return host_list(value);
    case Form::kCommand: return command(value);
    case Form::kHealthTest: return health_test(value);
    case Form::kUlimits: return ulimits(value);
    case Form::kSsh: return ssh_keys(value);
    default: return unfit(value, "collection");
  }
}

}  // namespace composelint::compose
