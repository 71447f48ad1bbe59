// Keys that Compose does not know, in more than one place of a file.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <span>

namespace composelint {

// The first place that is told of a key tells how many there are, and a baseline knows them by one
// key. One that a comment allows stays a finding of its own, with the reason.
void tell_unknown_keys_once(std::span<Finding* const> findings);

// The services of a file of the first format, or of another tool, are one cause.
void tell_unknown_tops_once(const WorkspaceFacts& facts, std::span<Finding* const> findings);

}  // namespace composelint
