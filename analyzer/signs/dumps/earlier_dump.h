// The dump that an earlier run has left, which is taken for a new one where there is none.
#pragma once

#include <composelint/step.h>

#include <optional>
#include <string>
#include <string_view>

namespace composelint {

// The file that the dump program writes itself, and so leaves as it was when it does not start.
[[nodiscard]] std::optional<std::string> file_written_by(const Step& step);

// `docker cp backup.dump db:/tmp/`: the name of what is carried into the container; empty where
// nothing is.
[[nodiscard]] std::string_view carried_in(const Step& step);

// `docker cp db:/backup.dump …` behind it: takes the file of an earlier run where there is none.
[[nodiscard]] bool stores_file(const Step& step, std::string_view name);

// `tar czf "$DEST" "$SOURCE_DIR"`: the dump comes along with what else is there.
[[nodiscard]] bool packs_folder(const Step& step);

}  // namespace composelint
