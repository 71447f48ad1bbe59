// From YAML nodes to values: aliases and merge keys put in, scalars read, `!reset` and `!override`
// taken out.
#pragma once

#include <composelint/result.h>

#include <string>
#include <vector>

#include "analyzer/compose/value.h"
#include "analyzer/yaml/document.h"

namespace composelint::compose {

// Bounds on what aliases may blow a document up to.
struct DecodeLimits {
  std::size_t values = 1'000'000;
  std::size_t depth = 200;
};

using KeyPath = std::vector<std::string>;

struct DecodedDocument {
  Value value;
  // Places tagged `!reset` or `!override`: what earlier files say there is dropped before merging.
  std::vector<KeyPath> resets;
};

// `trails` owns what the values' trails point to. Fails with kSyntax for what no mapping of strings
// allows (duplicate keys, keys that are no text, a merge key without a mapping, scalars that do not
// fit their tag), and kLimit.
[[nodiscard]] Result<DecodedDocument> decode(const yaml::Node& root, Trails& trails,
                                             const DecodeLimits& limits = {});

// Drops every place of `paths` from `target`. "*" in a path matches every key.
void apply_resets(Value& target, const std::vector<KeyPath>& paths);

}  // namespace composelint::compose
