// What a call has run in a container.
#pragma once

#include <composelint/invocation.h>
#include <composelint/script_text.h>

#include <string>
#include <vector>

namespace composelint::guard {

// The words of the task of run or exec; what `--entrypoint` names comes first.
[[nodiscard]] std::vector<Argument> words_of_task(const ComposeInvocation& call);

// The commands of run and exec without `sudo`, `env` and their like in front, those of a shell
// text. `cut` is set where texts lie deeper in texts, or are more, than are read.
[[nodiscard]] std::vector<TextCommand> commands_in(const ComposeInvocation& call,
                                                   bool* cut = nullptr);

// It stands for what a client reads: `psql -c TEXT` for `echo TEXT | psql`, which is there too.
[[nodiscard]] bool is_of_document(const TextCommand& command);

// As words of a command line. What is not known may be several.
[[nodiscard]] std::vector<Argument> arguments_of(const TextCommand& command);

// Those that they tell a client of a database, or a program of their own, to run: `\!`, `copy … to
// program`, `os.system("…")`.
[[nodiscard]] std::vector<TextCommand> told_to_clients(const std::vector<TextCommand>& commands);

// `-i`, `-ni`, `-i.bak`; `--in-place=.bak`
[[nodiscard]] bool has_flag(const TextCommand& command, char flag, std::string_view name);

}  // namespace composelint::guard
