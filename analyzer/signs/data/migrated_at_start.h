// Migrations that a service runs itself whenever it starts: nothing is left of them to do by hand.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `exec app python manage.py migrate`, where the command of `app` is `sh -c "python manage.py
// migrate && gunicorn …"`.
[[nodiscard]] bool is_run_at_each_start(const Step& step);

}  // namespace composelint
