#include "analyzer/signs/steps/redirected_inside.h"

#include <cstddef>
#include <optional>
#include <vector>

#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

std::optional<InnerFile> redirected_inside(const std::vector<TextCommand>& commands) {
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

std::optional<InnerFile> redirected_inside(const Step& dump) {
  const std::optional<InnerCommand> inner = inner_command_of(dump);
  const auto shell = inner ? shell_script_in(*inner->words) : std::nullopt;
  if (!shell || (inner->opaque && inner->fresh)) return std::nullopt;
  return redirected_inside(read_script_text((*inner->words)[shell->at]));
}

bool takes_what_there_is(const Step& earlier, const Step& step) {
  const std::vector<Argument>& words = step.call ? step.call->operands : step.docker->operands;
  const std::optional<InnerFile> file = redirected_inside(earlier);
  if (words.size() != 2 || !file || !file->path.known || file->path.text.empty()) return false;
  return words.front().text.ends_with(":" + file->path.text);
}

}  // namespace composelint
