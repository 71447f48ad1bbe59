#include "analyzer/compose/decode.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/tags.h"
#include "analyzer/yaml/scalar.h"

namespace composelint::compose {

namespace {

using yaml::Node;
using yaml::NodeKind;

// Beyond this many keys a map gets an index while it is built.
constexpr std::size_t kSmallMap = 32;

class Decoder {
 public:
  Decoder(Trails& trails, const DecodeLimits& limits, const Tags& tags)
      : trails_(trails), limits_(limits), tags_(tags) {}

  MaybeFailure run(const Node& node, const Trail* trail, Value& out);

 private:
  using Keys = std::unordered_set<std::string_view>;

  MaybeFailure alias(const Node& node, const Trail* trail, Value& out);
  MaybeFailure scalar(const Node& node, Value& out);
  MaybeFailure sequence(const Node& node, const Trail* trail, Value& out);
  MaybeFailure mapping(const Node& node, const Trail* trail, Value& out);
  MaybeFailure entries(const Node& node, const Trail* trail, Value& out, Keys* merged);
  MaybeFailure entry(const yaml::Entry& entry, std::string_view key, const Trail* trail,
                     Value& out);
  MaybeFailure merge(const Node& parent, const Node& what, const Trail* trail, Value& out,
                     Keys* merged);
  MaybeFailure merge_one(const Node& what, const Trail* trail, Value& out, Keys& merged);
  MaybeFailure unique_keys(const Node& node) const;

  Trails& trails_;
  const DecodeLimits& limits_;
  const Tags& tags_;
  std::size_t merges_ = 0;
  std::size_t aliases_ = 0;
  std::size_t values_ = 0;
  std::size_t depth_ = 0;
};

Failure syntax(const Span& span, std::string message) {
  return {FailureCode::kSyntax, std::move(message), span};
}

MaybeFailure Decoder::alias(const Node& node, const Trail* trail, Value& out) {
  ++aliases_;
  const Trail* through =
      trails_.push(trail, {OriginKind::kAnchor, node.span, std::string(node.text)});
  return run(*node.target, through, out);
}

MaybeFailure Decoder::scalar(const Node& node, Value& out) {
  const yaml::Scalar read = yaml::resolve(node);
  switch (read.kind) {
    case yaml::ScalarKind::kNull: out.kind = ValueKind::kNull; break;
    case yaml::ScalarKind::kBool:
      out.kind = ValueKind::kBool;
      out.boolean = read.boolean;
      break;
    case yaml::ScalarKind::kInt:
      out.kind = ValueKind::kInt;
      out.integer = read.integer;
      break;
    case yaml::ScalarKind::kUint:
      out.kind = ValueKind::kFloat;
      out.real = static_cast<double>(read.unsigned_integer);
      break;
    case yaml::ScalarKind::kFloat:
      out.kind = ValueKind::kFloat;
      out.real = read.floating;
      break;
    case yaml::ScalarKind::kTimestamp: out.kind = ValueKind::kTimestamp; break;
    case yaml::ScalarKind::kString:
    case yaml::ScalarKind::kMerge: out.kind = ValueKind::kString; break;
    case yaml::ScalarKind::kBinary: {
      std::optional<std::string> bytes = decode_base64(read.text);
      if (!bytes) return syntax(node.span, "!!binary value contains invalid base64 data");
      out.kind = ValueKind::kString;
      out.text = std::move(*bytes);
      return std::nullopt;
    }
    case yaml::ScalarKind::kInvalid:
      return syntax(node.span,
                    "cannot decode \"" + std::string(node.text) + "\" as " + std::string(node.tag));
  }
  if (out.kind != ValueKind::kNull && out.kind != ValueKind::kBool) out.text = read.text;
  return std::nullopt;
}

MaybeFailure Decoder::sequence(const Node& node, const Trail* trail, Value& out) {
  out.kind = ValueKind::kList;
  out.items.reserve(node.items.size());
  for (const Node* const& item : node.items) {
    if (!tags_.keeps(item)) continue;
    if (MaybeFailure failure = run(*item, trail, out.items.emplace_back())) return failure;
  }
  return std::nullopt;
}

MaybeFailure Decoder::unique_keys(const Node& node) const {
  // Good YAML but for this: what stands there is known, so that it can be told of like the rest.
  const auto defined_twice = [](const Node& key) {
    return Failure{FailureCode::kInvalid,
                   "mapping key \"" + std::string(key.text) + "\" already defined", key.span};
  };
  if (node.entries.size() <= kSmallMap) {
    for (std::size_t i = 1; i < node.entries.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (node.entries[i].key->text == node.entries[j].key->text) {
          return defined_twice(*node.entries[i].key);
        }
      }
    }
    return std::nullopt;
  }
  Keys seen;
  for (const yaml::Entry& entry : node.entries) {
    if (!seen.insert(entry.key->text).second) return defined_twice(*entry.key);
  }
  return std::nullopt;
}

Result<std::string_view> key_text(const Node& written) {
  const Node& key = written.resolved();
  if (key.kind != NodeKind::kScalar) return syntax(key.span, "invalid map key: a key must be text");
  const yaml::Scalar read = yaml::resolve(key);
  if (read.kind != yaml::ScalarKind::kString && read.kind != yaml::ScalarKind::kMerge) {
    return syntax(key.span, "non-string key: " + std::string(key.text));
  }
  return key.text;
}

bool is_merge(const Node& key) {
  return key.kind == NodeKind::kScalar && key.text == "<<" &&
         yaml::resolve(key).kind == yaml::ScalarKind::kMerge;
}

MaybeFailure Decoder::entry(const yaml::Entry& entry, std::string_view key, const Trail* trail,
                            Value& out) {
  Member& member = out.members.emplace_back(Member{std::string(key), entry.key->span, {}});
  return run(*entry.value, trail, member.value);
}

// `merged`: the keys that are taken already, when this mapping is merged into another.
MaybeFailure Decoder::entries(const Node& node, const Trail* trail, Value& out, Keys* merged) {
  if (MaybeFailure failure = unique_keys(node)) return failure;
  const Node* merge_value = nullptr;
  for (const yaml::Entry& pair : node.entries) {
    if (!tags_.keeps(pair)) continue;
    if (is_merge(*pair.key)) {
      merge_value = pair.value;
      continue;
    }
    const Result<std::string_view> key = key_text(*pair.key);
    if (!key) return key.failure();
    if (merged != nullptr && !merged->insert(*key).second) continue;
    if (MaybeFailure failure = entry(pair, *key, trail, out)) return failure;
  }
  if (merge_value == nullptr) return std::nullopt;
  return merge(node, *merge_value, trail, out, merged);
}

MaybeFailure Decoder::merge_one(const Node& what, const Trail* trail, Value& out, Keys& merged) {
  // Merging costs the same where every key is there already: `<<: [*a, *a, *a]`, level on level.
  if (++merges_ > limits_.values / 8) {
    return Failure{FailureCode::kLimit, "the file is too large once its merge keys are put in",
                   what.span};
  }
  if (what.kind == NodeKind::kAlias) {
    if (what.target->kind != NodeKind::kMapping) {
      return syntax(what.span, "map merge requires map or sequence of maps as the value");
    }
    const Trail* through =
        trails_.push(trail, {OriginKind::kAnchor, what.span, std::string(what.text)});
    return entries(*what.target, through, out, &merged);
  }
  if (what.kind != NodeKind::kMapping) {
    return syntax(what.span, "map merge requires map or sequence of maps as the value");
  }
  return entries(what, trail, out, &merged);
}

MaybeFailure Decoder::merge(const Node& parent, const Node& what, const Trail* trail, Value& out,
                            Keys* merged) {
  if (++depth_ > limits_.depth) {
    return Failure{FailureCode::kLimit, "the file is nested too deeply", what.span};
  }
  Keys own;
  if (merged == nullptr) {
    merged = &own;
    for (const yaml::Entry& pair : parent.entries) {
      if (tags_.keeps(pair)) own.insert(pair.key->resolved().text);
    }
  }
  const Node& list = what.resolved();
  MaybeFailure failure;
  if (list.kind == NodeKind::kSequence) {
    for (const Node* const& item : list.items) {
      if (!tags_.keeps(item)) continue;
      if ((failure = merge_one(*item, trail, out, *merged))) break;
    }
  } else {
    failure = merge_one(what, trail, out, *merged);
  }
  --depth_;
  return failure;
}

MaybeFailure Decoder::mapping(const Node& node, const Trail* trail, Value& out) {
  out.kind = ValueKind::kMap;
  out.members.reserve(node.entries.size());
  return entries(node, trail, out, nullptr);
}

MaybeFailure Decoder::run(const Node& node, const Trail* trail, Value& out) {
  if (++values_ > limits_.values) {
    const bool blown_up = aliases_ > 0 || merges_ > 0;
    return Failure{FailureCode::kLimit,
                   blown_up
                       ? "the file is too large once its aliases are put in"
                       : "the file holds more than " + std::to_string(limits_.values) + " values",
                   node.span};
  }
  if (depth_ >= limits_.depth) {
    return Failure{FailureCode::kLimit, "the file is nested too deeply", node.span};
  }
  ++depth_;
  out.span = node.span;
  out.trail = trail;
  MaybeFailure failure;
  switch (node.kind) {
    case NodeKind::kAlias: failure = alias(node, trail, out); break;
    case NodeKind::kScalar: failure = scalar(node, out); break;
    case NodeKind::kSequence: failure = sequence(node, trail, out); break;
    case NodeKind::kMapping: failure = mapping(node, trail, out); break;
  }
  --depth_;
  return failure;
}

void erase_at(Value& target, const KeyPath& path, std::size_t at) {
  if (!target.is_map() || path.empty()) return;
  const std::string& key = path[at];
  if (at + 1 == path.size()) {
    std::erase_if(target.members,
                  [&](const Member& member) { return key == "*" || member.key == key; });
    return;
  }
  for (Member& member : target.members) {
    if (key == "*" || member.key == key) erase_at(member.value, path, at + 1);
  }
}

}  // namespace

Result<DecodedDocument> decode(const yaml::Node& root, Trails& trails, const DecodeLimits& limits) {
  DecodedDocument out;
  if (root.tag == "!reset") return syntax(root.span, "the whole document is reset");
  Result<Tags> tags = find_tags(root, limits);
  if (!tags) return tags.failure();
  Decoder decoder(trails, limits, *tags);
  if (MaybeFailure failure = decoder.run(root, nullptr, out.value)) return *failure;
  if (!out.value.is_map()) return syntax(root.span, "top-level object must be a mapping");
  out.resets = std::move(tags->places);
  return out;
}

void apply_resets(Value& target, const std::vector<KeyPath>& paths) {
  for (const KeyPath& path : paths) erase_at(target, path, 0);
}

}  // namespace composelint::compose
