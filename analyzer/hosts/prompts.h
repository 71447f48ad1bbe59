// What a terminal shows: prompts, commands, and what they print.
#pragma once

#include <string_view>

namespace composelint::hosts {

// Bytes of the prompt that `line` begins with, blanks behind it included; 0 without one. `$ `,
// `user@host:~$ `, `(venv) $ `, `[root@host ~]# `. A lone `# ` is one where `root` says so and a
// command follows.
[[nodiscard]] std::size_t prompt_size(std::string_view line, bool root);

// Whether `line` begins like a command people write down for others.
[[nodiscard]] bool starts_command(std::string_view line);

}  // namespace composelint::hosts
