// The exec form: ["docker", "compose", "up"].
#pragma once

#include <optional>
#include <vector>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

// The strings of a JSON array; nothing when `text`, blanks around it left aside, is none.
[[nodiscard]] std::optional<std::vector<HostText>> read_json_words(const HostText& text);

}  // namespace composelint::hosts
