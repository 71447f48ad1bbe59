// A password on a command line that the repository shows in clear as well, or hands over elsewhere.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <span>
#include <string>
#include <string_view>

namespace composelint {

// Of a finding whose value no shell puts together.
inline constexpr std::string_view kWrittenOut = " is written out in this file";

// `-pS3cr{t`, `-p'Pa$$w0rd'`: no shell puts anything in, and no template's `{{ }}` does.
[[nodiscard]] bool is_as_it_stands(std::string_view text);

// " (`$DB_PASSWORD`)" of the word that hands it over: two variables are two secrets.
[[nodiscard]] std::string variable_in(std::string_view text);

// What somebody does once is seen by nobody who looks a minute later, unless it is written out. One
// of a script is told once, as is a variable that several files hand to the same option; not at
// all what a compose file shows, or anybody would try first.
void tell_shown_literals_once(const WorkspaceFacts& facts, std::span<Finding* const> findings);

}  // namespace composelint
