// Secrets that a script is itself given on its command line, or a job by its runner.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `deploy.sh live "$TOKEN"`, and the value is `$2`, or a variable that is set to it: `ps` shows it
// for as long as the script runs.
[[nodiscard]] bool is_argument_of_the_script(const Step& step, const Argument& secret);

// `--username $APP --password $APP`: who knows the one knows the other.
[[nodiscard]] bool is_given_twice(const std::vector<Argument>& words, std::size_t at);

// A pipeline logs in with a token of the job, on a machine that has no other users.
[[nodiscard]] bool is_of_a_runner(const Timeline& task);

}  // namespace composelint
