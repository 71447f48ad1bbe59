// The file into which a shell in the container redirects a dump.
#pragma once

#include <composelint/script_text.h>
#include <composelint/step.h>

#include <optional>
#include <vector>

namespace composelint {

// A file that is written where the dump runs.
struct InnerFile {
  TextWord path;
  bool redirected = false;
};

// `sh -c "pg_dump app > FILE"`, `sh -c "pg_dump app | gzip > FILE"`.
[[nodiscard]] std::optional<InnerFile> redirected_inside(const std::vector<TextCommand>& commands);

// The same of `exec db sh -c "pg_dump app > FILE"`.
[[nodiscard]] std::optional<InnerFile> redirected_inside(const Step& dump);

// `cp db:/tmp/app.sql .` behind `exec db sh -c "pg_dump > /tmp/app.sql"`: the file is there in any
// case.
[[nodiscard]] bool takes_what_there_is(const Step& earlier, const Step& step);

}  // namespace composelint
