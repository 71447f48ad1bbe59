#include "analyzer/compose/canonical.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/compose/place.h"
#include "analyzer/compose/short_syntax.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

class Canonical {
 public:
  Canonical(bool lenient, Load& load) : lenient_(lenient), load_(load) {}

  MaybeFailure value(Value& value, const Place& place);

 private:
  using Rule = MaybeFailure (Canonical::*)(Value& value, const Place& place);
  static const PlaceTable<Rule>& rules();

  MaybeFailure children(Value& value, const Place& place);
  MaybeFailure service(Value& value, const Place& place);
  MaybeFailure build(Value& value, const Place& place);
  MaybeFailure extends(Value& value, const Place& place);
  MaybeFailure text(Value& value, const Place& place);
  MaybeFailure list(Value& value, const Place& place);
  MaybeFailure dns(Value& value, const Place& place);
  MaybeFailure names(Value& value, const Place& place);
  MaybeFailure contexts(Value& value, const Place& place);
  MaybeFailure depends_on(Value& value, const Place& place);
  MaybeFailure env_file(Value& value, const Place& place);
  MaybeFailure gpus(Value& value, const Place& place);
  MaybeFailure mount(Value& value, const Place& place);
  MaybeFailure device(Value& value, const Place& place);
  MaybeFailure file_mount(Value& value, const Place& place);
  MaybeFailure ports(Value& value, const Place& place);
  MaybeFailure ssh(Value& value, const Place& place);
  MaybeFailure ulimit(Value& value, const Place& place);
  MaybeFailure resource(Value& value, const Place& place);
  MaybeFailure include(Value& value, const Place& place);
  MaybeFailure invalid(const Value& value, const Place& place);
  MaybeFailure unread(Value& value, Failure failure);

  bool lenient_;
  Load& load_;
};

const PlaceTable<Canonical::Rule>& Canonical::rules() {
  static const PlaceTable<Rule> table = {
      {"services.*", &Canonical::service},
      {"services.*.build.secrets.*", &Canonical::file_mount},
      {"services.*.build.provenance", &Canonical::text},
      {"services.*.build.sbom", &Canonical::text},
      {"services.*.build.additional_contexts", &Canonical::contexts},
      {"services.*.depends_on", &Canonical::depends_on},
      {"services.*.env_file", &Canonical::env_file},
      {"services.*.label_file", &Canonical::list},
      {"services.*.extends", &Canonical::extends},
      {"services.*.gpus", &Canonical::gpus},
      {"services.*.networks", &Canonical::names},
      {"services.*.models", &Canonical::names},
      {"services.*.volumes.*", &Canonical::mount},
      {"services.*.dns", &Canonical::dns},
      {"services.*.devices.*", &Canonical::device},
      {"services.*.secrets.*", &Canonical::file_mount},
      {"services.*.configs.*", &Canonical::file_mount},
      {"services.*.ports", &Canonical::ports},
      {"services.*.build", &Canonical::build},
      {"services.*.build.ssh", &Canonical::ssh},
      {"services.*.ulimits.*", &Canonical::ulimit},
      {"services.*.build.ulimits.*", &Canonical::ulimit},
      {"services.*.develop.watch.*.ignore", &Canonical::list},
      {"services.*.develop.watch.*.include", &Canonical::list},
      {"volumes.*", &Canonical::resource},
      {"networks.*", &Canonical::resource},
      {"secrets.*", &Canonical::resource},
      {"configs.*", &Canonical::resource},
      {"include.*", &Canonical::include},
  };
  return table;
}

Value string_like(std::string_view text, const Value& source) {
  return Value::of(std::string(text)).from(source);
}

// `value` wrapped as {key: value}.
void wrap(Value& value, std::string_view key) {
  Value map = Value::map().from(value);
  map.known = true;
  map.set(key, std::move(value));
  value = std::move(map);
}

MaybeFailure Canonical::invalid(const Value& value, const Place& place) {
  if (!value.known) return std::nullopt;
  return load_.refuse({FailureCode::kInvalid, dotted(place) + ": invalid type", value.span});
}

// A short form that cannot be read is told of once: from then on it may be anything.
MaybeFailure Canonical::unread(Value& value, Failure failure) {
  if (lenient_ || !value.known) return std::nullopt;
  value.known = false;
  return load_.refuse(std::move(failure));
}

MaybeFailure Canonical::children(Value& value, const Place& place) {
  for (Value& item : value.items) {
    if (MaybeFailure failure = this->value(item, place / kItemKey)) return failure;
  }
  for (Member& member : value.members) {
    if (MaybeFailure failure = this->value(member.value, place / member.key)) return failure;
  }
  return std::nullopt;
}

MaybeFailure Canonical::value(Value& value, const Place& place) {
  if (const Rule* rule = rules().find(place)) return (this->**rule)(value, place);
  return children(value, place);
}

MaybeFailure Canonical::service(Value& value, const Place& place) {
  return value.is_map() ? children(value, place) : std::nullopt;
}

MaybeFailure Canonical::build(Value& value, const Place& place) {
  if (value.is_string()) {
    wrap(value, "context");
    return std::nullopt;
  }
  return value.is_map() ? children(value, place) : invalid(value, place);
}

MaybeFailure Canonical::extends(Value& value, const Place& place) {
  if (value.is_string()) {
    wrap(value, "service");
    return std::nullopt;
  }
  return value.is_map() ? children(value, place) : invalid(value, place);
}

MaybeFailure Canonical::text(Value& value, const Place& /*place*/) {
  if (!value.is_string()) value = string_like(plain_text(value), value);
  return std::nullopt;
}

MaybeFailure Canonical::list(Value& value, const Place& /*place*/) {
  if (!value.is_string()) return std::nullopt;
  Value list = Value::list().from(value);
  list.known = true;
  list.items.push_back(std::move(value));
  value = std::move(list);
  return std::nullopt;
}

MaybeFailure Canonical::dns(Value& value, const Place& place) {
  if (MaybeFailure failure = list(value, place)) return failure;
  std::erase_if(value.items, [](const Value& item) {
    return item.is_null() || (item.is_string() && item.text.empty());
  });
  return std::nullopt;
}

MaybeFailure Canonical::names(Value& value, const Place& /*place*/) {
  if (!value.is_list()) return std::nullopt;
  Value map = Value::map().from(value);
  for (const Value& item : value.items) {
    map.set(plain_text(item), Value::null().from(item), item.span);
  }
  value = std::move(map);
  return std::nullopt;
}

MaybeFailure Canonical::contexts(Value& value, const Place& place) {
  if (value.is_map()) return std::nullopt;
  if (!value.is_list()) return invalid(value, place);
  Value map = Value::map().from(value);
  for (const Value& item : value.items) {
    const std::size_t equals = item.text.find('=');
    if (equals == std::string::npos) {
      if (lenient_) return std::nullopt;
      return load_.refuse(
          {FailureCode::kInvalid,
           dotted(place) + ": invalid value " + plain_text(item) + ", expected key=value",
           item.span});
    }
    map.set(item.text.substr(0, equals), string_like(item.text.substr(equals + 1), item),
            item.span);
  }
  value = std::move(map);
  return std::nullopt;
}

MaybeFailure Canonical::depends_on(Value& value, const Place& place) {
  if (!value.is_list() && !value.is_map()) return invalid(value, place);
  if (value.is_list()) {
    Value map = Value::map().from(value);
    for (const Value& item : value.items) {
      map.set(plain_text(item), Value::map().from(item), item.span);
    }
    value = std::move(map);
  }
  for (Member& member : value.members) {
    if (!member.value.is_map()) {
      if (MaybeFailure failure = load_.refuse({FailureCode::kInvalid,
                                               dotted(place / member.key) + ": unsupported value",
                                               member.value.span})) {
        return failure;
      }
      member.value = Value::map().from(member.value);
    }
    Value& entry = member.value;
    if (entry.find("condition") == nullptr) {
      entry.set("condition", string_like("service_started", entry));
    }
    if (entry.find("required") == nullptr) entry.set("required", Value::of(true).from(entry));
  }
  return std::nullopt;
}

MaybeFailure Canonical::env_file(Value& value, const Place& place) {
  if (MaybeFailure failure = list(value, place)) return failure;
  if (!value.is_list()) return invalid(value, place);
  for (Value& item : value.items) {
    if (item.is_string()) {
      wrap(item, "path");
    } else if (!item.is_map()) {
      item = Value::null().from(item);
      continue;
    }
    if (item.find("required") == nullptr) item.set("required", Value::of(true).from(item));
  }
  return std::nullopt;
}

MaybeFailure Canonical::gpus(Value& value, const Place& place) {
  if (value.is_list()) return children(value, place);
  if (!value.is_string()) return invalid(value, place);
  Value request = Value::map().from(value);
  request.set("count", string_like("all", value));
  Value list = Value::list().from(value);
  list.items.push_back(std::move(request));
  value = std::move(list);
  return std::nullopt;
}

MaybeFailure Canonical::mount(Value& value, const Place& place) {
  if (value.is_map()) return std::nullopt;
  if (!value.is_string()) return invalid(value, place);
  Result<Value> parsed = parse_mount(value);
  if (!parsed) return unread(value, parsed.failure());
  value = std::move(*parsed);
  if (Value* target = value.find("target")) target->text = text::normalise(target->text);
  return std::nullopt;
}

MaybeFailure Canonical::device(Value& value, const Place& place) {
  if (value.is_map()) return std::nullopt;
  if (!value.is_string()) return invalid(value, place);
  Result<Value> parsed = parse_device(value);
  if (!parsed) return unread(value, parsed.failure());
  value = std::move(*parsed);
  return std::nullopt;
}

MaybeFailure Canonical::file_mount(Value& value, const Place& place) {
  if (value.is_map()) return std::nullopt;
  if (!value.is_string()) return invalid(value, place);
  wrap(value, "source");
  return std::nullopt;
}

MaybeFailure Canonical::ports(Value& value, const Place& place) {
  if (!value.is_list()) return invalid(value, place);
  std::vector<Value> ports;
  for (const Value& entry : value.items) {
    if (entry.is_map() || !entry.known) {
      ports.push_back(entry);
      continue;
    }
    const bool number = entry.kind == ValueKind::kInt;
    if (!entry.is_string() && !number) return invalid(entry, place);
    Result<std::vector<Value>> parsed =
        parse_ports(number ? string_like(plain_text(entry), entry) : entry);
    if (parsed) {
      std::move(parsed->begin(), parsed->end(), std::back_inserter(ports));
    } else if (!lenient_ || number) {
      if (MaybeFailure failure = load_.refuse(parsed.failure())) return failure;
    } else {
      return std::nullopt;  // one entry that cannot be read leaves all as they were written
    }
  }
  value.items = std::move(ports);
  return std::nullopt;
}

MaybeFailure Canonical::ssh(Value& value, const Place& place) {
  if (value.is_map()) return std::nullopt;
  if (!value.is_list()) return invalid(value, place);
  Value map = Value::map().from(value);
  for (const Value& item : value.items) {
    const std::size_t equals = item.text.find('=');
    if (!item.is_string() || (equals == std::string::npos && item.text != "default")) {
      return load_.refuse(
          {FailureCode::kInvalid, "invalid ssh key \"" + plain_text(item) + "\"", item.span});
    }
    map.set(item.text.substr(0, equals),
            equals == std::string::npos ? Value::null().from(item)
                                        : string_like(item.text.substr(equals + 1), item),
            item.span);
  }
  value = std::move(map);
  return std::nullopt;
}

MaybeFailure Canonical::ulimit(Value& value, const Place& place) {
  return value.is_map() || value.kind == ValueKind::kInt ? std::nullopt : invalid(value, place);
}

// `external: {name: x}` is the old way to say `external: true` and `name: x`.
MaybeFailure Canonical::resource(Value& value, const Place& place) {
  if (value.is_null()) return std::nullopt;
  if (!value.is_map()) return invalid(value, place);
  if (MaybeFailure failure = children(value, place)) return failure;
  Value* external = value.find("external");
  if (external == nullptr || !external->is_map()) return std::nullopt;
  const Value* found = external->find("name");
  const bool outer_named = found != nullptr;
  Value outer = outer_named ? *found : Value::null();
  *external = Value::of(true).from(*external);
  if (!outer_named) return std::nullopt;
  load_.warn(outer.span, dotted(place) +
                             ": external.name is deprecated. Please set name and "
                             "external: true");
  const Value* name = value.find("name");
  if (name == nullptr) {
    value.set("name", std::move(outer));
  } else if (!same(*name, outer)) {
    return load_.refuse({FailureCode::kInvalid,
                         dotted(place) + ": name and external.name conflict; only use name",
                         outer.span});
  }
  return std::nullopt;
}

MaybeFailure Canonical::include(Value& value, const Place& place) {
  if (value.is_string()) wrap(value, "path");
  return value.is_map() ? std::nullopt : invalid(value, place);
}

}  // namespace

MaybeFailure make_canonical(Value& tree, bool lenient, Load& load) {
  Canonical canonical(lenient, load);
  for (Member& member : tree.members) {
    if (MaybeFailure failure = canonical.value(member.value, Place{nullptr, member.key})) {
      return failure;
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose
