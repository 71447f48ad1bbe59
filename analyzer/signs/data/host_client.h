// A database client of the host that gets into the stack through a port which a service publishes.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>

namespace composelint {

struct ReachedService {
  const Service* service = nullptr;
  Span port;  // the entry that publishes it
  const Project* project = nullptr;
};

// The service whose port answers on this machine under the address that the client is given. Only
// what is sure: an address of the loopback that is written out, and a port that is known.
[[nodiscard]] std::optional<ReachedService> reached_on_host(const Timeline& timeline,
                                                            const Step& step);

}  // namespace composelint
