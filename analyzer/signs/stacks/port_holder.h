// Who of a stack has a port of the host when a step is reached.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/published_port.h"

namespace composelint {

struct PortHolder {
  const Service* service = nullptr;
  Span port;
  LifeFact life;
};

// A service that the script has started and that has the port.
[[nodiscard]] std::optional<PortHolder> holder_of_port(const PublishedPort& wanted,
                                                       const Step& step,
                                                       const ComposeInvocation& call,
                                                       const Timeline& timeline,
                                                       const Service* but_not);

}  // namespace composelint
