// Tasks of which a script does not know whether there is one.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `sh -c '(npm run migrate) || npx prisma migrate deploy || true'`: one tool after the other is
// tried, and that there is none is as good.
[[nodiscard]] bool tries_one_tool_after_another(const Step& step);

}  // namespace composelint
