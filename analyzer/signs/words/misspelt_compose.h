// `docker compos up`, `docker-compos up`, `docker composer up`: what was to be Compose.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>

namespace composelint {

// The word that is misspelt; empty where none is.
[[nodiscard]] Span misspelt_compose(const Step& step);

// `cat > docker compose.yml`: a hyphen that was replaced in a name as well; the rest of the name,
// right behind that of the file. Null where none is.
[[nodiscard]] const Argument* parted_file_name(const Step& step);

}  // namespace composelint
