// Findings of a project that have one cause: one of them tells all places where it comes back.
#pragma once

#include <composelint/finding.h>

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace composelint {

using Subject = std::function<std::string(const Finding&)>;

// What of the message stands in front of its consequence.
[[nodiscard]] std::string told_before(const Finding& finding, std::string_view consequence);

// Once a file; the gravest of them, a script's before a page's, tells in how many more files it is
// so. An empty subject is nobody else's, and neither is what a comment allows.
void tell_once_a_subject(std::span<Finding* const> findings, const Subject& subject_of);

}  // namespace composelint
