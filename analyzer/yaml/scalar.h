// What a scalar says: the number, the truth or the text behind its spelling, as Compose reads it.
// Compose reads YAML 1.1 and 1.2 at once: 0755 and 0o755 are both octal, `yes` is text.
#pragma once

#include <cstdint>
#include <string_view>

#include "analyzer/yaml/document.h"

namespace composelint::yaml {

enum class ScalarKind {
  kNull,
  kBool,
  kInt,    // fits int64
  kUint,   // above int64, fits uint64
  kFloat,  // .inf and .nan included
  kString,
  kTimestamp,  // an unquoted date or time: Compose refuses it where a string is wanted
  kMerge,      // `<<`, a merge key; where it is no key, it is text
  kBinary,     // `!!binary`: `text` is base64, Compose takes the decoded bytes
  kInvalid,    // an explicit tag that the text does not fit: `!!int x`, which Compose refuses
};

struct Scalar {
  ScalarKind kind = ScalarKind::kString;
  bool boolean = false;
  std::int64_t integer = 0;
  std::uint64_t unsigned_integer = 0;
  double floating = 0;
  std::string_view text;  // as in the node: of every kind
};

// `node` is a scalar. A tag outside of YAML's own makes it text: `!override 1.10` is "1.10".
[[nodiscard]] Scalar resolve(const Node& node);
// The same for a text that was written plain and without a tag.
[[nodiscard]] Scalar resolve_plain(std::string_view text);

}  // namespace composelint::yaml
