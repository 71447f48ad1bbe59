#include "analyzer/signs/dumps/earlier_dump.h"

#include <composelint/path_name.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

std::optional<std::string> file_written_by(const Step& step) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || step.effect != Effect::kDumps) return std::nullopt;
  std::vector<TextWord> text;
  for (const Argument& word : *inner->words) text.push_back(text_word(word));
  std::optional<TextWord> path = dump_file_in(text);
  for (std::size_t i = 1; !path && i < inner->words->size(); ++i) {
    // sh -c 'pg_dump …', su - postgres -c 'pg_dump …'
    if (!(*inner->words)[i - 1].text.ends_with('c')) continue;
    for (const TextCommand& command : read_script_text((*inner->words)[i])) {
      if (!path && dump_tool(program_name(command)) != nullptr) path = dump_file_in(command.words);
    }
  }
  if (!path || !path->known) return std::nullopt;
  const std::size_t name = path->text.rfind('/') + 1;  // npos + 1 is 0
  return path->text.size() > name + 2 ? std::optional(path->text.substr(name)) : std::nullopt;
}

std::string_view carried_in(const Step& step) {
  const std::vector<Argument>* words = nullptr;
  if (step.call && step.call->is("cp")) words = &step.call->operands;
  if (step.docker && step.docker->is("container cp")) words = &step.docker->operands;
  if (words == nullptr || words->size() != 2 || !words->front().known()) return {};
  const std::string_view from = words->front().text;
  const std::string_view to = words->back().text;
  if (from.find(':') != std::string_view::npos || to.find(':') == std::string_view::npos) return {};
  return file_name(from);
}

bool stores_file(const Step& step, std::string_view name) {
  static constexpr std::array<std::string_view, 11> kPrograms = {
      "aws", "cp", "gsutil", "gzip", "mc", "mv", "rclone", "rsync", "scp", "tar", "zip"};
  const bool copies =
      (step.call && step.call->is("cp")) || (step.docker && step.docker->is("container cp"));
  const std::string_view program = program_name(step);
  return (copies || std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end()) &&
         mentions(step, name);
}

bool packs_folder(const Step& step) {
  if (program_name(step) != "tar" || step.role != Role::kFileBackup) return false;
  const Argument& last = step.argv.back();
  return last.is(".") || last.is("./") || (last.text.empty() && last.holes.size() == 1);
}

}  // namespace composelint
