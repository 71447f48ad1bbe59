#include "analyzer/compose/touched.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace composelint::compose {

namespace {

// Their members know nothing of each other before the model is whole.
bool is_section(std::string_view key) {
  constexpr std::array<std::string_view, 6> kSections = {"services", "networks", "volumes",
                                                         "secrets",  "configs",  "models"};
  return std::find(kSections.begin(), kSections.end(), key) != kSections.end();
}

// The same map with nothing in it.
Value emptied(const Value& map) {
  Value out = Value::map().from(map);
  out.by_name = map.by_name;
  return out;
}

}  // namespace

Touched::Touched(Value& model, const Value& tree) : model_(model), part_(emptied(model)) {
  for (std::size_t i = 0; i < model_.members.size(); ++i) {
    Member& member = model_.members[i];
    const Value* named = tree.find(member.key);
    const bool divided =
        is_section(member.key) && member.value.is_map() && (named == nullptr || named->is_map());
    if (!divided) {
      take(model_, i, part_, top_);
      continue;
    }
    if (named == nullptr) continue;  // nothing of it is touched
    std::unordered_set<std::string_view> names;
    for (const Member& one : named->members) names.insert(one.key);
    Places& places = sections_[member.key];
    part_.members.push_back({member.key, member.span, emptied(member.value)});
    for (std::size_t j = 0; j < member.value.members.size(); ++j) {
      if (!names.contains(member.value.members[j].key)) continue;
      take(member.value, j, part_.members.back().value, places);
    }
  }
}

void Touched::take(Value& from, std::size_t index, Value& into, Places& places) {
  Member& member = from.members[index];
  places.emplace(member.key, index);
  into.members.push_back({member.key, member.span, std::move(member.value)});
}

void Touched::put_back() {
  std::vector<Member> others;
  for (Member& member : part_.members) {
    const auto section = sections_.find(member.key);
    if (section == sections_.end()) {
      others.push_back(std::move(member));
    } else {
      fill(*model_.find(member.key), std::move(member.value), std::move(section->second));
    }
  }
  part_.members = std::move(others);
  fill(model_, std::move(part_), std::move(top_));
}

void Touched::fill(Value& map, Value part, Places places) {
  for (Member& member : part.members) {
    const auto place = places.find(member.key);
    if (place == places.end()) {
      map.members.push_back(std::move(member));
    } else {
      map.members[place->second] = std::move(member);
      places.erase(place);
    }
  }
  if (places.empty()) return;
  // Gaps that stay open are closed.
  std::unordered_set<std::size_t> gaps;
  for (const auto& [key, index] : places) gaps.insert(index);
  std::vector<Member> kept;
  for (std::size_t i = 0; i < map.members.size(); ++i) {
    if (!gaps.contains(i)) kept.push_back(std::move(map.members[i]));
  }
  map.members = std::move(kept);
}

}  // namespace composelint::compose
