// Lines of cron outside of its tables: in the comments of a script, in a page that tells how it is
// to be run.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

#include <optional>
#include <string_view>
#include <vector>

namespace composelint {

// "/srv/app/backup.sh" of `0 3 * * 0 /srv/app/backup.sh`; empty where no schedule stands in front.
[[nodiscard]] std::string_view command_of_cron(std::string_view line);

// The command starts that file, by its name.
[[nodiscard]] bool starts_file(std::string_view command, std::string_view name);

// "# Add to crontab: 0 3 * * * /srv/app/clean.sh" in the comments that head that very script.
[[nodiscard]] bool says_that_cron_starts_it(const SourceFile& script);

// What cron starts by lines of pages.
[[nodiscard]] std::vector<std::string_view> cron_commands(const WorkspaceFacts& facts);

// The line of a page by which cron starts the script; nothing where another file of the repository
// may be meant.
[[nodiscard]] std::optional<Span> cron_line_in_pages(const WorkspaceFacts& facts,
                                                     const SourceFile& script);

}  // namespace composelint
