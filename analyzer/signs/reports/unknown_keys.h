// Keys that Compose does not know, in more than one place of a file.
#pragma once

#include <composelint/finding.h>

#include <span>

namespace composelint {

// The first place that is told of a key tells how many there are. Each is a finding until then:
// one that is allowed there says nothing of the others, and a baseline knows each of them.
void tell_unknown_keys_once(std::span<Finding* const> findings);

}  // namespace composelint
