// `!reset` and `!override` before a document is read as values. Compose goes through the nodes once
// and takes out what is reset; only then are merge keys put in. So a key reset beside `<<` is as if
// it were not written, and what an alias stands for has lost its resets where it was first met.
#pragma once

#include <composelint/result.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "analyzer/compose/decode.h"
#include "analyzer/yaml/document.h"

namespace composelint::compose {

struct Tags {
  std::vector<KeyPath> places;  // of both tags, a key of `<<` being a key of what it is merged into
  std::unordered_set<const void*> gone;  // entries of mappings and items of sequences

  [[nodiscard]] bool keeps(const yaml::Entry& entry) const { return !gone.contains(&entry); }
  [[nodiscard]] bool keeps(const yaml::Node* const& item) const { return !gone.contains(&item); }
};

// Fails with kSyntax where an alias stands inside of what it stands for, and kLimit.
[[nodiscard]] Result<Tags> find_tags(const yaml::Node& root, const DecodeLimits& limits);

}  // namespace composelint::compose
