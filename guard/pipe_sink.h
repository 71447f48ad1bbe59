// Where a pipe leads in the end: `… | gzip > backup.sql.gz`.
#pragma once

#include <cstdint>
#include <string>

namespace composelint::guard {

// The regular file that what is written to `descriptor` of this process ends up in, through the
// programs of a pipeline: the standard output of who reads the pipe, and so on. Empty where that
// cannot be seen: the programs are another user's, have ended, or write elsewhere. Right only while
// the pipe is held open, and for programs that write to standard output what they read.
[[nodiscard]] std::string sink_of_pipe(int descriptor);

// Whether what this process writes to standard output comes to process `pid` through the programs
// of a pipeline, or the other way round, as far as that can be seen.
[[nodiscard]] bool in_one_pipeline_with(std::int64_t pid);

}  // namespace composelint::guard
