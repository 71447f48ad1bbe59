#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `bash -o pipefail -c`, `set -o pipefail` in the text, a look at PIPESTATUS.
bool sees_all_stages(const std::vector<Argument>& words) {
  return std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return word.text.find("pipefail") != std::string::npos ||
           word.text.find("PIPESTATUS") != std::string::npos;
  });
}

// `tar cf - data | …`, as far as it writes the archive into the pipe.
bool packs_into_pipe(const TextCommand& command) {
  if (program_name(command) != "tar" || command.words.size() < 3) return false;
  std::string_view letters = command.words[1].text;
  if (letters.starts_with("--")) return false;
  if (letters.starts_with('-')) letters.remove_prefix(1);
  if (letters.find('c') == letters.npos) return false;
  return letters.find('f') == letters.npos ||
         (letters.ends_with('f') && command.words[2].text == "-");
}

bool removes_files(const TextCommand& command) {
  return program_name(command) == "rm";
}

struct PipedDump {
  std::string what;  // that goes wrong; a tar that unpacks fails itself where the stream is cut off
  std::string reader;  // in words
  Span place;
  std::string program;
};

// The first dump that the script of `sh -c` pipes into something; where files count, an archive is
// one.
std::optional<PipedDump> piped_dump(const std::vector<Argument>& words, bool files_count) {
  const std::optional<ShellScript> shell = shell_script_in(words);
  if (!shell || sees_all_stages(words)) return std::nullopt;
  const Argument& text = words[shell->at];
  const std::vector<TextCommand> commands = read_script_text(text);
  for (std::size_t i = 0; i + 1 < commands.size(); ++i) {
    const std::string_view program = program_name(commands[i]);
    const std::string_view reader = program_name(commands[i + 1]);
    const bool packs = files_count && packs_into_pipe(commands[i]);
    if (!packs && (dump_tool(program) == nullptr || program == "redis-cli")) continue;
    if (!commands[i].piped_out || !commands[i + 1].piped_in) continue;
    const bool unpacks = packs && (reader == "tar" || (reader == "cd" && i + 2 < commands.size() &&
                                                       program_name(commands[i + 2]) == "tar"));
    // A copy beside what was copied can be made again.
    if (unpacks && std::none_of(commands.begin() + static_cast<std::ptrdiff_t>(i), commands.end(),
                                removes_files)) {
      continue;
    }
    return PipedDump{
        quoted(program) + (unpacks ? " cannot read a file" : " fails or is cut off"),
        reader.empty() || reader == "cd" ? std::string("the last command") : quoted(reader),
        commands[i].span ? commands[i].span : text.place(), std::string(program)};
  }
  return std::nullopt;
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque) return;
  // `tar cf - . | (cd /copy && tar xf -)` copies, and is taken for what comes last in it.
  const bool copies = step.effect == Effect::kRestores && step.effect_name == "tar extraction";
  if (step.effect != Effect::kDumps && !copies) return;
  const auto dump = piped_dump(*inner->words, true);
  if (!dump) return;
  context.report(dump->place,
                 "when " + dump->what + ", " + quoted(inner->line) + " still returns the 0 of " +
                     dump->reader +
                     ": the pipe is in the container, where no pipefail of this script counts",
                 {dump->program});
}

// What the container is started with; empty where some of it is not known.
std::vector<Argument> own_words(const Service& service) {
  std::vector<Argument> words;
  for (const std::string_view part : {"entrypoint", "command"}) {
    const Value* list = service.attribute(part);
    if (list == nullptr) continue;
    for (const Value& item : list->items) {
      if (!item.known || !item.is_string()) return {};
      Argument word;
      word.span = place_of(item, service);
      word.text = item.text;
      words.push_back(std::move(word));
    }
  }
  return words;
}

// A service that dumps by itself: its loop, or whoever reads its exit code, is told that all is
// well.
void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  const auto dump = piped_dump(own_words(service), false);
  if (!dump) return;
  context.report(dump->place,
                 "when " + dump->what + ", the shell of " + quoted(service.name) +
                     " gets the 0 of " + dump->reader +
                     ", and the backup looks like a good one: without pipefail the end of the "
                     "pipe is all that counts",
                 {service.name, dump->program});
}

constexpr Example kExamples[] = {{
    .unsafe =
        "set -euo pipefail\n"
        "docker compose exec -T db sh -c 'pg_dump -U app appdb | gzip' > app-$(date +%F).gz\n",
    .safe = "set -euo pipefail\n"
            "docker compose exec -T db pg_dump -U app appdb | gzip > app-$(date +%F).gz\n",
}};

}  // namespace

COMPOSELINT_RULE(dump_pipe_in_container) = {
    .slug = "dump-pipe-in-container",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A dump goes through a pipe inside the container, which hides its failure",
    .rationale =
        "`set -o pipefail` holds in the shell that it is given to. `exec -T db sh -c 'pg_dump | "
        "gzip' > f` starts another one: with the backend terminated in the middle it returns 0 and "
        "leaves a truncated file that `gzip -t` finds in order (measured with PostgreSQL 15 and "
        "Compose 2.40.3). Compressed on the host, under the pipefail of the script, the same dump "
        "fails with 137; so does `bash -o pipefail -c` in images that have bash. A service whose "
        "own command is `sh -c 'pg_dump | gzip > f'`, once or in a loop, goes on in the same way.",
    .silent_on =
        "Shells that get `-o pipefail`, scripts that set it or read PIPESTATUS. An archive that "
        "`tar` unpacks again, where nothing is removed after it. Pipes of the host, of which "
        "dump-pipe-without-pipefail tells.",
    .examples = kExamples,
    .cwe = 252,
    .on_step = on_step,
    .on_service = on_service,
};

}  // namespace composelint::rules
