// Compose files that say the same as another one: that one tells of them.
#pragma once

#include <composelint/finding.h>
#include <composelint/source.h>

#include <set>
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

}  // namespace composelint
