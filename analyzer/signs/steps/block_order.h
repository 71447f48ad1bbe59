// Another order for the parts of a YAML collection in block style, as an edit that moves whole
// lines and changes nothing else.
#pragma once

#include <composelint/document.h>
#include <composelint/fix.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/signs/steps/block_parts.h"
#include "analyzer/signs/words/heading_comment.h"

namespace composelint {

// The indices of the parts in the order of their `ranks`, equal ones as they are; a part with an
// empty rank stays in its place, and one that uses an anchor comes behind it. The order as written
// where there is no other.
[[nodiscard]] std::vector<std::size_t> ordered(const yaml::Node& collection,
                                               const std::vector<std::string>& ranks);

// The first part that another one belongs before; nothing where the order is as written.
[[nodiscard]] std::optional<std::size_t> first_moved(const std::vector<std::size_t>& order);

// From the first part that moves to the last. Nothing where a comment heads several of them: it
// would go with the first alone.
[[nodiscard]] std::optional<Fix> reorder(const yaml::Node& collection,
                                         const std::vector<std::size_t>& order, HeadComments head,
                                         Headings headings, std::string title);

}  // namespace composelint
