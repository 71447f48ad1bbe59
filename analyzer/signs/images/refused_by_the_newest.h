// PostgreSQL as `latest`, with its data where releases before 18 had them.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// The mount that ends the newest, which `postgres:latest` is; null where it starts.
[[nodiscard]] const Mount* refused_by_the_newest(const Service& service);

}  // namespace composelint
