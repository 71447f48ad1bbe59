// A YAML file as located nodes: what was written, where it starts and ends, and how it was quoted.
// Nothing is resolved here beyond escapes and aliases: whether `yes` is a boolean, what a merge key
// does and which duplicate wins is the business of the reader.
//
// Nodes are owned by the run and immutable.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace composelint::yaml {

enum class NodeKind { kScalar, kSequence, kMapping, kAlias };

// kNone: an empty value, nothing is written (its span is empty, right behind the key's ':').
enum class ScalarStyle { kNone, kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

struct Node;

struct Entry {
  const Node* key = nullptr;
  const Node* value = nullptr;  // never null: an empty value is a kNone scalar
};

struct Node {
  NodeKind kind = NodeKind::kScalar;
  ScalarStyle style = ScalarStyle::kNone;  // scalars only
  bool flow = false;                       // collections only: written with [] or {}
  std::string_view tag;                    // as resolved: "!reset", "tag:yaml.org,2002:str"; empty
  std::string_view anchor;                 // of `&name`, without '&'; empty
  std::string_view text;                   // scalar after unescaping and folding; alias: its name
  std::span<const Node* const> items;      // sequences
  std::span<const Entry> entries;          // mappings, in order, duplicates kept
  const Node* target = nullptr;            // aliases: the node named; never null
  Span span;        // of the value alone, quotes and brackets included, properties not
  Span properties;  // of tag and anchor, empty span where there are none

  // The node itself, or what an alias stands for.
  [[nodiscard]] const Node& resolved() const { return kind == NodeKind::kAlias ? *target : *this; }
  // First value of a key with this text; null when there is none or this is no mapping.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

}  // namespace composelint::yaml
