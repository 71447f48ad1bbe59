#include <composelint/dump_tool.h>
#include <composelint/inner_command.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

// `bash -o pipefail -c`, `set -o pipefail` in the text, a look at PIPESTATUS.
bool sees_all_stages(const std::vector<Argument>& words) {
  return std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return word.text.find("pipefail") != std::string::npos ||
           word.text.find("PIPESTATUS") != std::string::npos;
  });
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || step.effect != Effect::kDumps) return;
  const std::optional<ShellScript> shell = shell_script_in(*inner->words);
  if (!shell || sees_all_stages(*inner->words)) return;
  const Argument& text = (*inner->words)[shell->at];
  const std::vector<TextCommand> commands = read_script_text(text);
  for (std::size_t i = 0; i + 1 < commands.size(); ++i) {
    const std::string_view program = program_name(commands[i]);
    const std::string_view reader = program_name(commands[i + 1]);
    if (dump_tool(program) == nullptr || program == "redis-cli") continue;
    if (!commands[i].piped_out || !commands[i + 1].piped_in) continue;
    const Span place = commands[i].span ? commands[i].span : text.place();
    context.report(place,
                   "when " + quoted(program) + " fails or is cut off, " + quoted(inner->line) +
                       " still returns the 0 of " +
                       (reader.empty() ? std::string("the last command") : quoted(reader)) +
                       ": the pipe is in the container, where no pipefail of this script counts",
                   {std::string(program)});
    return;
  }
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
        "fails with 137; so does `bash -o pipefail -c` in images that have bash.",
    .silent_on =
        "Shells that get `-o pipefail`, scripts that set it or read PIPESTATUS. Pipes of the host, "
        "of which dump-pipe-without-pipefail tells.",
    .examples = kExamples,
    .cwe = 252,
    .on_step = on_step,
};

}  // namespace composelint::rules
