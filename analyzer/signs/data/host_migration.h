// A migration that a tool of the host carries out in a database of the stack.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/data/host_client.h"

namespace composelint {

// Host and port in `postgres://app@localhost:5433/shop` of a line such as `DATABASE_URL="…"`.
struct ToldAddress {
  std::string host;
  std::int64_t port = 0;
};

[[nodiscard]] std::optional<ToldAddress> address_of(std::string_view text);

// The database behind a port that the stack publishes here: the address of the tool says so, or
// none is written, and the stack that the script has started has one database and no application.
[[nodiscard]] std::optional<ReachedService> migrated_on_host(const Timeline& timeline,
                                                             const Step& step);

}  // namespace composelint
