// A pid names a process only together with when it began: pids are used again, and of another boot
// they say nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace composelint::guard {

// Of the machine since it was started; empty where the kernel does not tell.
[[nodiscard]] std::string boot_id();

// When process `pid` began, in clock ticks since the boot; 0: there is no such process.
[[nodiscard]] std::int64_t began(std::int64_t pid);

// Whether the process that had `pid` and `ticks` in boot `boot` still runs. Without `ticks` (0) any
// process of that pid will do.
[[nodiscard]] bool still_runs(std::int64_t pid, const std::string& boot, std::int64_t ticks);

// A process that was started with `word` among its arguments; 0: there is none. Not this one.
[[nodiscard]] std::int64_t process_with_argument(std::string_view word);

// A process that was started with `word` among its arguments and has the id of guard's run among
// those that kRunVariable names in its environment; 0: there is none that may be read. Not this
// one.
[[nodiscard]] std::int64_t process_of_run(std::string_view id, std::string_view word);

// Whether this process is `pid`, or was started by it through others that all still run. Whoever
// has lost the process between is the child of another, and a stranger.
[[nodiscard]] bool descends_from(std::int64_t pid);

[[nodiscard]] std::string host_name();

}  // namespace composelint::guard
