// `docker exec db`: a service's name where a container's is needed.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

#include <string_view>

namespace composelint {

// The service of the name, where nothing in sight makes a container that is called so: no
// `container_name`, no `docker run --name`, no `docker rename`. Null where something may.
[[nodiscard]] const Service* service_of_bare_name(std::string_view name,
                                                  const WorkspaceFacts& facts);

}  // namespace composelint
