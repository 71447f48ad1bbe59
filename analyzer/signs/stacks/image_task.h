// What the image of a service does by itself, as its Dockerfile says.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/service_task.h>

namespace composelint {

// `CMD ["alembic", "upgrade", "head"]` of the Dockerfile that the service is built by, where the
// file tells the service nothing else; an empty task otherwise.
[[nodiscard]] ServiceTask image_task(const Service& service, const WorkspaceFacts& facts);

}  // namespace composelint
