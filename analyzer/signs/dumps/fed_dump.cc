#include "analyzer/signs/dumps/fed_dump.h"

#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/dumps/copied_in.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/files/own_entrypoint.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/fed_text.h"

namespace composelint {

const std::vector<Argument>& words_of_task(const Step& step) {
  return step.call ? step.call->inner : step.docker ? step.docker->inner : step.argv;
}

bool loads_as_a_restore(const Step& step, const Timeline& timeline) {
  const std::vector<Argument>& words = words_of_task(step);
  const bool open = !words.empty() && (!words.back().known() || names_dump(words.back().text));
  return open && step.effect_name == "Django loaddata" && is_part_of_a_restore(step, timeline);
}

namespace {

// `cp "$BACKUP" db:/tmp/in`: what it is called over there tells nothing.
bool is_copy_of_a_dump(std::string_view path, const Step& step, const Timeline& timeline) {
  const Argument* source = copied_in(timeline, step, path);
  if (source == nullptr) return false;
  return names_dump(source->span.text()) || names_dump(source->text) ||
         (!source->known() && is_part_of_a_restore(step, timeline));
}

// `psql -f "$BACKUP"`.
bool reads_a_dump(const Step& step, const Timeline& timeline) {
  const std::vector<Argument>& words = words_of_task(step);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& text = words[i].text;
    const bool value = i > 0 && (words[i - 1].is("-f") || words[i - 1].is("--file"));
    if (!value && !text.starts_with("--file=")) continue;
    if (names_dump(words[i].span.text())) return true;
    if (!words[i].known()) continue;
    const std::string_view path = std::string_view(text).substr(value ? 0 : text.find('=') + 1);
    if (is_file_of_a_restore(path, step, timeline)) return true;
    if (is_copy_of_a_dump(path, step, timeline)) return true;
  }
  return false;
}

// `cat "$1" | psql` in such a script: what the file is called is up to the caller.
bool is_fed_by_a_restore(const Step& step, const Timeline& timeline) {
  const Argument& file = step.in.target;
  if (step.in.kind == StreamKind::kFile && file.known()) {
    return is_file_of_a_restore(file.text, step, timeline);
  }
  const std::string stages = stages_before(timeline, step);
  const bool open = step.in.kind == StreamKind::kPipe
                        ? stages.find('$') != std::string::npos &&
                              stages.find("echo") == std::string::npos &&
                              stages.find("printf") == std::string::npos
                        : step.in.kind == StreamKind::kFile;
  return open && is_part_of_a_restore(step, timeline);
}

// `sh -c 'zcat /backups/app.sql.gz | psql'`, `sh -c "psql -f /backups/app.sql"`, all of it inside.
bool pours_inside(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 8> kBring = {"bzcat", "cat",   "gunzip", "gzip",
                                                             "pv",    "xzcat", "zcat",   "zstdcat"};
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner) return false;
  const std::vector<Argument> words_inside = behind_entrypoint(step, *inner->words);
  const auto shell = shell_script_in(words_inside);
  // `docker exec $CID sh -c …` begins where the shell stands.
  if (!shell || (inner->opaque && inner->fresh)) return false;
  const auto is_dump = [&](const TextWord& word) {
    return names_dump(word.text) || (word.span && names_dump(word.span.text())) ||
           (word.known && (is_file_of_a_restore(word.text, step, timeline) ||
                           is_copy_of_a_dump(word.text, step, timeline)));
  };
  const std::vector<TextCommand> commands = read_script_text(words_inside[shell->at]);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::vector<TextWord>& words = commands[i].words;
    const std::string_view program = program_name(commands[i]);
    if (program != "psql" && program != "mysql" && program != "mariadb") continue;
    if (commands[i].input && is_dump(*commands[i].input)) return true;
    for (std::size_t at = 1; program == "psql" && at < words.size(); ++at) {
      const std::string& before = words[at - 1].text;
      const bool value = before == "-f" || before == "--file";
      if ((value || words[at].text.starts_with("--file=")) && is_dump(words[at])) return true;
    }
    if (i == 0 || !commands[i].piped_in) continue;
    const std::vector<TextWord>& brought = commands[i - 1].words;
    if (std::find(kBring.begin(), kBring.end(), program_name(commands[i - 1])) == kBring.end()) {
      continue;
    }
    if (std::any_of(brought.begin() + 1, brought.end(), is_dump)) return true;
    if (names_dump(commands[i - 1].span.text())) return true;
  }
  return false;
}

}  // namespace

bool is_fed_a_dump(const Step& step, const Timeline& timeline) {
  if (step.effect_name == "SQL file") {
    return reads_a_dump(step, timeline) || pours_inside(step, timeline);
  }
  if (step.role != Role::kClient) return false;
  if (pours_inside(step, timeline) || is_fed_by_a_restore(step, timeline)) return true;
  // su - postgres -c "psql < backup.sql"
  const std::string words = task_words(step);
  const std::size_t sign = words.find("< ");
  if (sign != std::string::npos) return names_dump(std::string_view(words).substr(sign));
  const StreamKind in = step.in.kind;
  if (in == StreamKind::kFile) return names_dump(step.in.target.span.text());
  return in == StreamKind::kPipe && names_dump(stages_before(timeline, step));
}

}  // namespace composelint
