#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/inner_command.h"

namespace composelint::rules {
namespace {

// Programs that take paths as they are. Others (find, grep, tar, rsync, redis-cli) read patterns of
// their own.
bool takes_paths(std::string_view program) {
  static constexpr std::array<std::string_view, 18> kPrograms = {
      "cat",    "chmod", "chown", "cp",        "du",   "gunzip", "gzip",  "head", "ls",
      "md5sum", "mv",    "rm",    "sha256sum", "stat", "tail",   "touch", "wc",   "zcat"};
  return std::find(kPrograms.begin(), kPrograms.end(), file_name(program)) != kPrograms.end();
}

// A `*` that the script's shell leaves alone, and that no shell in the container sees.
bool is_kept_glob(const Argument& word) {
  return !word.splits && word.quoted && !word.text.starts_with('-') &&
         word.text.find('*') != std::string::npos;
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || inner->fresh || !inner->words->front().known()) return;
  const std::string& program = inner->words->front().text;
  if (!takes_paths(program)) return;
  const auto word = std::find_if(inner->words->begin() + 1, inner->words->end(), is_kept_glob);
  if (word == inner->words->end()) return;
  const bool removes = program.ends_with("rm");
  context.report(word->place(),
                 "no shell in the container makes names of " + quoted(word->text) + ": " +
                     quoted(program) + " looks for a file that is called so" +
                     (removes ? ", and removes nothing" : " and fails"),
                 {inner->line, program, word->text});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app rm -f '/srv/cache/*'\n",
    .safe = "docker compose exec -T app sh -c 'rm -f /srv/cache/*'\n",
}};

}  // namespace

COMPOSELINT_RULE(quoted_glob_without_shell) = {
    .slug = "quoted-glob-without-shell",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A quoted pattern is given to a program that does not read patterns",
    .rationale =
        "The quotes keep the script's shell from looking for files on the host, and `exec` starts "
        "the program with no shell in between: `exec app ls '/bi*'` asks for a file of just that "
        "name and ends with 1 (measured with Compose 2.40.3). `rm -f` ends with 0 and has removed "
        "nothing. `sh -c 'rm -f /srv/cache/*'` has the container's shell look.",
    .silent_on =
        "Programs that read patterns themselves (find, grep, tar, rsync, psql, redis-cli). "
        "Patterns inside of `sh -c`. `run`, whose entrypoint may be a shell.",
    .examples = kExamples,
    .on_step = on_step,
};

}  // namespace composelint::rules
