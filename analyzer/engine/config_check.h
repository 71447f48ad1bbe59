// A configuration file against the table of its keys.
#pragma once

#include <composelint/finding.h>

#include <span>
#include <vector>

#include "analyzer/engine/config_keys.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

// What is wrong with `root`, in the order of the file: unknown, missing and repeated keys, values
// of a wrong kind. Where nothing is, each key has the kind that the table says.
[[nodiscard]] std::vector<Notification> check_config(const SourceFile& file, const yaml::Node& root,
                                                     std::span<const ConfigKey> keys);

}  // namespace composelint::engine
