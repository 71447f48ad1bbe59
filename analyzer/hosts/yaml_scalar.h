// Where the bytes of a YAML scalar stand: the way from what is written to the text, walked again.
#pragma once

#include "analyzer/hosts/yaml_text.h"
#include "analyzer/yaml/document.h"

namespace composelint::hosts {

// Adds the text of a scalar of a file.
void add_scalar(const yaml::Node& node, HostText& out);

}  // namespace composelint::hosts
