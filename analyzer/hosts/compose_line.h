// Lines that are surely calls of compose, in texts of which nothing else is sure to be shell.
#pragma once

#include <string_view>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

// `sudo docker compose -f x.yml up -d`: the program, then a verb; no sentence that begins so.
[[nodiscard]] bool is_compose_line(std::string_view line);
// Of the text of another shell (PowerShell, cmd) the lines that a POSIX shell reads the same way.
// Empty when there are none.
[[nodiscard]] HostText compose_lines(const HostText& text);

}  // namespace composelint::hosts
