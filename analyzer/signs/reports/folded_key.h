// What a finding that tells several places is known by: a place that joins them later makes it
// another finding.
#pragma once

#include <composelint/finding.h>

#include <string>
#include <vector>

namespace composelint {

// Where the parts of a key begin; its end where it has none.
[[nodiscard]] std::vector<std::string>::const_iterator parts_of(
    const std::vector<std::string>& key);

// `first` is about what `repeated` is about, too. The parts are in order, whatever the order of the
// findings.
void take_in(Finding& first, const Finding& repeated);

}  // namespace composelint
