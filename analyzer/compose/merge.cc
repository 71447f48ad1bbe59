#include "analyzer/compose/merge.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "analyzer/compose/place.h"

namespace composelint::compose {

namespace {

constexpr std::size_t kSmallMap = 32;

Failure cannot_override(const Place& place, const Value& over) {
  return {FailureCode::kInvalid, "cannot override " + dotted(place), over.span};
}

class Merger {
 public:
  explicit Merger(Trails& trails) : trails_(trails) {}

  MaybeFailure values(Value& base, Value over, const Place& place);
  MaybeFailure maps(Value& base, Value over, const Place* place);

 private:
  using Rule = MaybeFailure (Merger::*)(Value& base, Value over, const Place& place);
  static const PlaceTable<Rule>& rules();

  MaybeFailure replace(Value& base, Value over, const Place& place);
  MaybeFailure append(Value& base, Value over, const Place& place);
  MaybeFailure append_new(Value& base, Value over, const Place& place);
  MaybeFailure build(Value& base, Value over, const Place& place);
  MaybeFailure depends_on(Value& base, Value over, const Place& place);
  MaybeFailure named(Value& base, Value over, const Place& place);
  MaybeFailure logging(Value& base, Value over, const Place& place);
  MaybeFailure address_pools(Value& base, Value over, const Place& place);

  Trails& trails_;
};

const PlaceTable<Merger::Rule>& Merger::rules() {
  static const PlaceTable<Rule> table = {
      {"networks.*.ipam.config", &Merger::address_pools},
      {"networks.*.labels", &Merger::append},
      {"volumes.*.labels", &Merger::append},
      {"services.*.annotations", &Merger::append},
      {"services.*.build", &Merger::build},
      {"services.*.build.args", &Merger::append},
      {"services.*.build.additional_contexts", &Merger::append},
      {"services.*.build.extra_hosts", &Merger::append_new},
      {"services.*.build.labels", &Merger::append},
      {"services.*.command", &Merger::replace},
      {"services.*.depends_on", &Merger::depends_on},
      {"services.*.deploy.labels", &Merger::append},
      {"services.*.dns", &Merger::append},
      {"services.*.dns_opt", &Merger::append},
      {"services.*.dns_search", &Merger::append},
      {"services.*.entrypoint", &Merger::replace},
      {"services.*.env_file", &Merger::append},
      {"services.*.label_file", &Merger::append},
      {"services.*.environment", &Merger::append},
      {"services.*.extra_hosts", &Merger::append_new},
      {"services.*.healthcheck.test", &Merger::replace},
      {"services.*.labels", &Merger::append},
      {"services.*.volumes.*.volume.labels", &Merger::append},
      {"services.*.logging", &Merger::logging},
      {"services.*.models", &Merger::named},
      {"services.*.networks", &Merger::named},
      {"services.*.sysctls", &Merger::append},
      {"services.*.tmpfs", &Merger::append},
      {"services.*.ulimits.*", &Merger::replace},
  };
  return table;
}

MaybeFailure Merger::replace(Value& base, Value over, const Place& /*place*/) {
  const Trail* was = trails_.push(base.trail, {OriginKind::kFile, base.span, {}});
  was = trails_.push(was, {OriginKind::kOverride, over.span, {}});
  over.trail = stack(was, over.trail, trails_);
  base = std::move(over);
  return std::nullopt;
}

MaybeFailure Merger::append(Value& base, Value over, const Place& /*place*/) {
  base = as_sequence(std::move(base));
  Value more = as_sequence(std::move(over));
  std::move(more.items.begin(), more.items.end(), std::back_inserter(base.items));
  return std::nullopt;
}

MaybeFailure Merger::append_new(Value& base, Value over, const Place& /*place*/) {
  base = as_sequence(std::move(base));
  Value more = as_sequence(std::move(over));
  const std::size_t known = base.items.size();
  for (Value& item : more.items) {
    const auto end = base.items.begin() + static_cast<std::ptrdiff_t>(known);
    const bool present = std::any_of(base.items.begin(), end,
                                     [&](const Value& before) { return same(before, item); });
    if (!present) base.items.push_back(std::move(item));
  }
  return std::nullopt;
}

Value as_build(Value value) {
  if (!value.is_string()) return value;
  Value map = Value::map().from(value);
  map.set("context", std::move(value));
  return map;
}

MaybeFailure Merger::build(Value& base, Value over, const Place& place) {
  base = as_build(std::move(base));
  return maps(base, as_build(std::move(over)), &place);
}

// A list of names as the map it is short for.
Value as_names(Value value, const Value& of_each) {
  if (!value.is_list()) return value;
  Value map = Value::map().from(value);
  for (Value& item : value.items) {
    Value each = Value(of_each).from(item);
    for (Member& member : each.members) member.value = std::move(member.value).from(item);
    map.set(item.text, std::move(each), item.span);
  }
  return map;
}

MaybeFailure Merger::depends_on(Value& base, Value over, const Place& place) {
  Value started = Value::map();
  started.set("condition", Value::of(std::string("service_started")));
  started.set("required", Value::of(true));
  base = as_names(std::move(base), started);
  return maps(base, as_names(std::move(over), started), &place);
}

MaybeFailure Merger::named(Value& base, Value over, const Place& place) {
  base = as_names(std::move(base), Value::null());
  return maps(base, as_names(std::move(over), Value::null()), &place);
}

// Options of two different drivers have nothing to do with each other.
MaybeFailure Merger::logging(Value& base, Value over, const Place& place) {
  if (!base.is_map() || !over.is_map()) return cannot_override(place, over);
  const Value* before = base.find("driver");
  const Value* after = over.find("driver");
  if (before == nullptr || after == nullptr || same(*before, *after)) {
    return maps(base, std::move(over), &place);
  }
  return replace(base, std::move(over), place);
}

bool same_subnet(const Value& a, const Value& b) {
  const Value* one = a.find("subnet");
  const Value* other = b.find("subnet");
  if (one == nullptr || other == nullptr) {
    return (one == nullptr || one->is_null()) && (other == nullptr || other->is_null());
  }
  return same(*one, *other);
}

// Pools with one subnet merge. Every pool of the base meets every pool laid over it, so a pool may
// be met again after it was merged, and what it became by then shows where it stands already.
MaybeFailure Merger::address_pools(Value& base, Value over, const Place& place) {
  if (!base.is_list() || !over.is_list()) return cannot_override(place, over);
  std::vector<Value*> pools;
  const auto pool_of = [&](const Value& wanted) {
    return std::find_if(pools.begin(), pools.end(),
                        [&](const Value* pool) { return same_subnet(*pool, wanted); });
  };
  for (Value& original : base.items) {
    for (Value& laid : over.items) {
      if (!same_subnet(laid, original) && pool_of(laid) == pools.end()) {
        pools.push_back(&laid);
        continue;
      }
      if (MaybeFailure failure = maps(original, laid, &place)) return failure;
      const auto present = pool_of(original);
      if (present == pools.end()) {
        pools.push_back(&original);
      } else {
        *present = &original;
      }
    }
  }
  std::vector<Value> merged;
  for (const Value* pool : pools) merged.push_back(*pool);
  base.items = std::move(merged);
  return std::nullopt;
}

MaybeFailure Merger::maps(Value& base, Value over, const Place* place) {
  if (over.is_null()) return std::nullopt;
  if (!base.is_map() || !over.is_map()) {
    return place == nullptr ? Failure{FailureCode::kInvalid, "cannot override", over.span}
                            : cannot_override(*place, over);
  }
  std::unordered_map<std::string, std::size_t> index;
  const bool indexed = base.members.size() > kSmallMap && over.members.size() > kSmallMap;
  for (std::size_t i = 0; indexed && i < base.members.size(); ++i) {
    index.emplace(base.members[i].key, i);
  }
  MaybeFailure first;  // the rest is merged all the same, for a load that goes on
  for (Member& member : over.members) {
    Value* present = nullptr;
    if (indexed) {
      const auto found = index.find(member.key);
      if (found != index.end()) present = &base.members[found->second].value;
    } else {
      present = base.find(member.key);
    }
    if (present == nullptr) {
      base.members.push_back(std::move(member));
      continue;
    }
    const Place next{place, member.key, place == nullptr ? 1 : place->depth + 1};
    MaybeFailure failure = values(*present, std::move(member.value), next);
    if (!first) first = std::move(failure);
  }
  return first;
}

MaybeFailure Merger::values(Value& base, Value over, const Place& place) {
  if (const Rule* rule = rules().find(place)) {
    return (this->**rule)(base, std::move(over), place);
  }
  if (over.is_null()) return std::nullopt;
  if (base.is_map()) return maps(base, std::move(over), &place);
  if (base.is_list()) {
    if (!over.is_list()) return cannot_override(place, over);
    std::move(over.items.begin(), over.items.end(), std::back_inserter(base.items));
    return std::nullopt;
  }
  return replace(base, std::move(over), place);
}

}  // namespace

const Trail* stack(const Trail* trail, const Trail* newer, Trails& trails) {
  if (newer == nullptr) return trail;
  return trails.push(stack(trail, newer->before, trails), newer->step);
}

Value as_sequence(Value value) {
  Value list = Value::list().from(value);
  if (value.is_list()) return value;
  if (value.is_string()) list.items.push_back(std::move(value));
  if (!value.is_map()) return list;
  for (const Member& member : value.members) {
    const auto add = [&](const Value& of) {
      list.items.push_back(Value::of(member.key + "=" + plain_text(of)).from(of));
      if (!list.items.back().span) list.items.back().span = member.span;
    };
    if (member.value.is_null()) {
      list.items.push_back(Value::of(member.key).from(member.value));
      list.items.back().span = member.span;
    } else if (member.value.is_list()) {
      for (const Value& one : member.value.items) add(one);
    } else {
      add(member.value);
    }
  }
  std::stable_sort(list.items.begin(), list.items.end(),
                   [](const Value& a, const Value& b) { return a.text < b.text; });
  return list;
}

MaybeFailure merge_files(Value& base, Value over, Trails& trails) {
  return Merger(trails).maps(base, std::move(over), nullptr);
}

MaybeFailure merge_services(Value& base, Value over, Trails& trails) {
  const Place services{nullptr, "services"};
  const Place service = services / "*";
  return Merger(trails).maps(base, std::move(over), &service);
}

}  // namespace composelint::compose
