// Compose files that say the same as another one: that one tells of them.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <set>
#include <span>
#include <string>
#include <vector>

namespace composelint {

// Of two files that say the same, production's is the one to mend, or the one that Compose finds by
// itself: `docker-compose.arm.yml` varies `docker-compose.yml`.
[[nodiscard]] bool leads(const SourceFile& file, const SourceFile& other);

struct Told {
  Finding* finding = nullptr;
  std::string within;          // only those of the same are told together
  std::set<std::string> what;  // all that it tells
};

// Whatever another file tells as gravely and in full is told there.
void tell_with_siblings(std::vector<Told> all);

// The same words about the same line, in files of one directory, or in files that something has
// written, wherever it puts them.
void tell_same_line_once(const WorkspaceFacts& facts, std::span<Finding* const> findings);

}  // namespace composelint
