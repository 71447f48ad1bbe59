// What a scope hands on to programs, and scopes that a host brings along.
#include <map>
#include <utility>

#include "analyzer/shell/scope.h"

namespace composelint::shell {
namespace {

std::optional<std::string> known_of(const Variable& variable) {
  if (variable.values.size() != 1 || variable.maybe_unset) return std::nullopt;
  const Value& value = *variable.values.front();
  if (value.array || value.elements.empty() || !is_known(value.elements.front())) {
    return std::nullopt;
  }
  return known_text(value.elements.front());
}

}  // namespace

Scope Scope::exported() const {
  Scope scope;
  Frame& frame = scope.writable(0);
  for (const auto& [name, variable] : all_exported()) {
    writable_bucket(frame.buckets[bucket_of(name)]).emplace(name, *variable);
  }
  return scope;
}

std::vector<std::pair<std::string, const Variable*>> Scope::all_exported() const {
  std::map<std::string, const Variable*> seen;
  for (const auto& frame : frames_) {
    for (const auto& bucket : frame->buckets) {
      if (bucket == nullptr) continue;
      for (const auto& [name, variable] : *bucket) {
        if (variable.exported) {
          seen[name] = &variable;
        } else if (!seen.empty()) {
          seen.erase(name);
        }
      }
    }
  }
  return {seen.begin(), seen.end()};
}

std::vector<std::pair<std::string, std::optional<std::string>>> Scope::exported_values() const {
  std::vector<std::pair<std::string, std::optional<std::string>>> out;
  for (const auto& [name, variable] : all_exported()) out.emplace_back(name, known_of(*variable));
  return out;
}

std::optional<std::optional<std::string>> Scope::exported_value(std::string_view name) const {
  const Variable* const variable = find(name);
  if (variable == nullptr || !variable->exported) return std::nullopt;
  return known_of(*variable);
}

void Scope::overlay(const Scope& other) {
  Frame& ours = writable(0);
  const Frame& theirs = *other.frames_.front();
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    const std::shared_ptr<Variables>& more = theirs.buckets[bucket];
    if (more == nullptr || ours.buckets[bucket] == more) continue;
    if (ours.buckets[bucket] == nullptr) {
      ours.buckets[bucket] = more;
      continue;
    }
    Variables& variables = writable_bucket(ours.buckets[bucket]);
    for (const auto& [name, variable] : *more) variables.insert_or_assign(name, variable);
  }
}

bool Scope::same_exports(const Variables* ours, const Variables* theirs) {
  static const Variables kNone;
  if (ours == theirs) return true;
  const Variables& a = ours == nullptr ? kNone : *ours;
  const Variables& b = theirs == nullptr ? kNone : *theirs;
  const auto next = [](Variables::const_iterator at, const Variables& in) {
    while (at != in.end() && !at->second.exported) ++at;
    return at;
  };
  auto left = next(a.begin(), a);
  auto right = next(b.begin(), b);
  while (left != a.end() && right != b.end()) {
    if (left->first != right->first || left->second.values != right->second.values ||
        left->second.maybe_unset != right->second.maybe_unset) {
      return false;
    }
    left = next(std::next(left), a);
    right = next(std::next(right), b);
  }
  return left == a.end() && right == b.end();
}

// Locals that are exported, or hide what is, make a difference that is not looked into.
bool Scope::hides_exports() const {
  for (std::size_t i = 1; i < frames_.size(); ++i) {
    for (const auto& bucket : frames_[i]->buckets) {
      if (bucket == nullptr) continue;
      for (const auto& [name, variable] : *bucket) {
        const Variable* below = find_in(*frames_.front(), name);
        if (variable.exported || (below != nullptr && below->exported)) return true;
      }
    }
  }
  return false;
}

bool Scope::exports_the_same(const Scope& other) const {
  if (frames_ == other.frames_) return true;
  if (hides_exports() || other.hides_exports()) return false;
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    const Variables* ours = frames_.front()->buckets[bucket].get();
    const Variables* theirs = other.frames_.front()->buckets[bucket].get();
    if (!same_exports(ours, theirs)) return false;
  }
  return true;
}

}  // namespace composelint::shell
