// The file into which a shell in the container redirects a dump.
#pragma once

#include <composelint/dump_file.h>
#include <composelint/dump_tool.h>
#include <composelint/inner_command.h>
#include <composelint/script_text.h>
#include <composelint/wording.h>

#include <optional>
#include <vector>

namespace composelint {

// A file that is written where the dump runs.
struct InnerFile {
  TextWord path;
  bool redirected = false;
};

// `sh -c "pg_dump app > FILE"`, `sh -c "pg_dump app | gzip > FILE"`.
[[nodiscard]] inline std::optional<InnerFile> redirected_inside(
    const std::vector<TextCommand>& commands) {
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (dump_tool(program_name(commands[i])) == nullptr) continue;
    std::size_t last = i;
    while (commands[last].piped_out && last + 1 < commands.size() && commands[last + 1].piped_in &&
           passes_on(program_name(commands[last + 1]))) {
      ++last;
    }
    const TextCommand& writer = commands[last];
    if (writer.output && !writer.appends) return InnerFile{*writer.output, true};
  }
  return std::nullopt;
}

// The same of `exec db sh -c "pg_dump app > FILE"`.
[[nodiscard]] inline std::optional<InnerFile> redirected_inside(const Step& dump) {
  const std::optional<InnerCommand> inner = inner_command_of(dump);
  const auto shell = inner ? shell_script_in(*inner->words) : std::nullopt;
  if (!shell || (inner->opaque && inner->fresh)) return std::nullopt;
  return redirected_inside(read_script_text((*inner->words)[shell->at]));
}

// `cp db:/tmp/app.sql .` behind `exec db sh -c "pg_dump > /tmp/app.sql"`: the file is there in any
// case.
[[nodiscard]] inline bool takes_what_there_is(const Step& earlier, const Step& step) {
  const std::vector<Argument>& words = step.call ? step.call->operands : step.docker->operands;
  const std::optional<InnerFile> file = redirected_inside(earlier);
  if (words.size() != 2 || !file || !file->path.known || file->path.text.empty()) return false;
  return words.front().text.ends_with(":" + file->path.text);
}

}  // namespace composelint
