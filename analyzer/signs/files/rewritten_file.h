// Compose files that a script puts in place before it calls: the repository's are not what is read.
#pragma once

#include <composelint/argument.h>
#include <composelint/invocation.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The file that `wget -O`, `curl -o`, `cp`, `mv` and `tee` write; null without one.
[[nodiscard]] const Argument* file_made_by(const Step& step);

// `cat <<EOF > docker-compose.yml`, `tee -a`, `cp`, `wget -O` before it: the file is another one.
[[nodiscard]] bool is_file_of_script(const ComposeInvocation& call, const Timeline& timeline,
                                     const Step& step);

}  // namespace composelint
