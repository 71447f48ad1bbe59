#include "analyzer/compose/tags.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace composelint::compose {

namespace {

using yaml::Node;
using yaml::NodeKind;

class Finder {
 public:
  explicit Finder(const DecodeLimits& limits) : limits_(limits) {}

  Result<bool> stays(const Node& node);
  MaybeFailure children(const Node& node);
  Tags take() { return std::move(tags_); }

 private:
  MaybeFailure child(const Node& node, std::string_view key, const void* slot);
  MaybeFailure visit(const Node& alias);
  [[nodiscard]] std::string path_text() const;

  const DecodeLimits& limits_;
  Tags tags_;
  KeyPath path_;
  std::size_t visits_ = 0;
  std::size_t depth_ = 0;
  std::vector<const Node*> open_;  // targets of the aliases being gone through
  std::unordered_map<const Node*, std::set<std::string>> visited_;
};

std::string Finder::path_text() const {
  std::string out;
  for (const std::string& key : path_) {
    if (!out.empty()) out += '.';
    out += key;
  }
  return out;
}

// An alias may not stand inside of what the same anchor was put in for. Compose judges by the
// places alone, so `{<<: *a, b: *a}` is refused too.
MaybeFailure Finder::visit(const Node& alias) {
  if (std::find(open_.begin(), open_.end(), alias.target) != open_.end()) {
    return Failure{FailureCode::kSyntax, "anchor '" + std::string(alias.text) + "' contains itself",
                   alias.span};
  }
  std::set<std::string>& places = visited_[alias.target];
  const std::string here = path_text();
  const auto clash = [&](const std::string& before) {
    return Failure{FailureCode::kSyntax,
                   "cycle detected: node at path " + here + " references node at path " + before,
                   alias.span};
  };
  for (std::size_t dot = here.find('.'); dot != std::string::npos; dot = here.find('.', dot + 1)) {
    const auto above = places.find(here.substr(0, dot));
    if (above != places.end()) return clash(*above);
  }
  const auto below = places.lower_bound(here + ".");
  if (below != places.end() && below->starts_with(here + ".")) return clash(*below);
  places.insert(here);
  return std::nullopt;
}

// Goes through what `node` holds; false when it is reset.
Result<bool> Finder::stays(const Node& node) {
  if (++visits_ > limits_.values) {
    return Failure{FailureCode::kLimit, "the file is too large once its aliases are put in",
                   node.span};
  }
  if (depth_ >= limits_.depth) {
    return Failure{FailureCode::kLimit, "the file is nested too deeply", node.span};
  }
  if (node.kind == NodeKind::kAlias) {
    if (MaybeFailure failure = visit(node)) return *failure;
    open_.push_back(node.target);
    Result<bool> kept = stays(*node.target);
    open_.pop_back();
    return kept;
  }
  if (node.tag == "!reset" || node.tag == "!override") {
    tags_.places.push_back(path_);
    return node.tag != "!reset";  // inside an `!override`, further tags have no meaning
  }
  ++depth_;
  MaybeFailure failure = children(node);
  --depth_;
  if (failure) return *failure;
  return true;
}

MaybeFailure Finder::child(const Node& node, std::string_view key, const void* slot) {
  if (tags_.gone.contains(slot)) return std::nullopt;
  const bool merges = key == "<<" && !path_.empty();
  if (!merges) path_.emplace_back(key);
  const Result<bool> kept = stays(node);
  if (!merges) path_.pop_back();
  if (!kept) return kept.failure();
  if (!*kept) tags_.gone.insert(slot);
  return std::nullopt;
}

MaybeFailure Finder::children(const Node& node) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node* const& item = node.items[i];
    if (MaybeFailure failure = child(*item, std::to_string(i), &item)) return failure;
  }
  for (const yaml::Entry& entry : node.entries) {
    if (MaybeFailure failure = child(*entry.value, entry.key->resolved().text, &entry)) {
      return failure;
    }
  }
  return std::nullopt;
}

// Most files have nothing to find: they are spared the paths.
bool has_tags(const Node& node, std::size_t depth) {
  if (depth == 0 || node.kind == NodeKind::kAlias) return true;
  if (node.tag == "!reset" || node.tag == "!override") return true;
  return std::any_of(node.items.begin(), node.items.end(),
                     [&](const Node* item) { return has_tags(*item, depth - 1); }) ||
         std::any_of(node.entries.begin(), node.entries.end(),
                     [&](const yaml::Entry& entry) { return has_tags(*entry.value, depth - 1); });
}

}  // namespace

Result<Tags> find_tags(const Node& root, const DecodeLimits& limits) {
  Finder finder(limits);
  if (!has_tags(root, limits.depth)) return Tags{};
  if (MaybeFailure failure = finder.children(root.resolved())) return *failure;
  return finder.take();
}

}  // namespace composelint::compose
