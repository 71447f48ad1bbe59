// The words and the edits that rules share: how a call is named in a message, how an option is put
// in.
#pragma once

#include <composelint/docker.h>
#include <composelint/fix.h>
#include <composelint/invocation.h>
#include <composelint/option_use.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// "line 12"; "line 12 of backup.sh" for whoever reads in the file of `here`.
[[nodiscard]] std::string line_of(const Span& place, const Span& here);

// "run app", "exec db"; the verb alone where the service is not known.
[[nodiscard]] std::string short_form(const ComposeInvocation& call);

// The program inside: "python" of `run app python manage.py migrate`; empty when none is known.
[[nodiscard]] std::string inner_program(const ComposeInvocation& call);

// The inner command as it is written, cut where it gets long: "python manage.py migrate".
[[nodiscard]] std::string task_text(const Step& step);

// A migration that a stack's container carries out; writing the files of one is a developer's work.
[[nodiscard]] bool applies_a_migration(const Step& step);

// What a finding about a call is about, by data.
[[nodiscard]] std::vector<std::string> key_of(const ComposeInvocation& call);

// The option as it is written, `-it`; its name where it comes out of a variable.
[[nodiscard]] std::string written_option(const OptionUse& use);

// Puts `option` behind the verb, where the verb is written as such; nothing where it comes out of a
// longer text or an expansion.
[[nodiscard]] std::optional<Fix> add_option(const ComposeInvocation& call, std::string_view option);

[[nodiscard]] std::optional<Fix> add_option(const DockerInvocation& call, std::string_view option);

// "`a`, `b` and 3 more".
[[nodiscard]] std::string listed(const std::vector<std::string>& names, std::size_t most = 4);

// The next stage of the pipeline that `step` is in; null when it is the last, or the next one is no
// plain command.
[[nodiscard]] const Step* next_stage(const Timeline& timeline, const Step& step);

// The last component of the program's path: "gzip" of /usr/bin/gzip; empty when it is not known.
[[nodiscard]] std::string_view program_name(const Step& step);

}  // namespace composelint
