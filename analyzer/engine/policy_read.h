// `guard:` of a configuration that has been checked against the table of its keys.
#pragma once

#include <composelint/finding.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/policy.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

struct PolicyReading {
  Policy policy;
  std::vector<Notification> problems;  // with their places, all kError
};

// `directory` (absolute) is that of the file: paths are relative to it.
[[nodiscard]] PolicyReading read_policy(const SourceFile& file, const yaml::Node& guard,
                                        const std::string& directory);

// Nanoseconds of "90s", "1h30m", "7d"; nothing where it is no duration.
[[nodiscard]] std::optional<std::int64_t> duration_of(std::string_view text);

}  // namespace composelint::engine
