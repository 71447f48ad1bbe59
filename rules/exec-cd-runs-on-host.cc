#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool is_builtin(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kBuiltins = {".",      "alias", "cd",  "eval",
                                                                "export", "pushd", "set", "source"};
  return std::find(kBuiltins.begin(), kBuiltins.end(), word) != kBuiltins.end();
}

// `run web export` may well be a word for the image's entrypoint; `run web cd x` is none.
bool may_be_for_entrypoint(std::string_view word) {
  return word != "cd" && word != "pushd" && word != "source" && word != ".";
}

// What the image's entrypoint is told may be a shell's line after all.
bool may_have_shell_entrypoint(const Step& step) {
  if (!step.call) return step.docker->has("--entrypoint");
  if (step.call->has("--entrypoint")) return true;
  const Argument* name = step.call->service();
  const Project* project = step.call->target.project;
  const Service* service =
      name == nullptr || project == nullptr ? nullptr : project->service(name->text);
  return service == nullptr || service->entrypoint;  // not known: it may well be one
}

// The command behind `&&` or `;` on the same line, which was meant to run inside.
const Step* rest_of_line(const Step& step, const RuleContext& context) {
  const Timeline& timeline = *context.timeline();
  const std::size_t next = index_of(timeline, step) + 1;
  if (next >= timeline.steps.size()) return nullptr;
  const Step& other = timeline.steps[next];
  if (other.call || other.docker || other.place != step.place) return nullptr;
  const std::string_view between = text_between(step.span, other.span);
  const std::size_t first = between.find_first_not_of(' ');
  if (first == std::string_view::npos) return nullptr;
  const std::string_view sign = between.substr(first, between.find_last_not_of(' ') - first + 1);
  return sign == "&&" || sign == ";" ? &other : nullptr;
}

std::optional<Fix> in_a_shell(const std::vector<Argument>& words, const Step* rest) {
  const Span first = words.front().span;
  const Span last = rest == nullptr ? words.back().span : rest->span;
  if (rest == nullptr || words.front().written != first || first.file != last.file)
    return std::nullopt;
  const std::string_view text = Span{first.file, first.begin, last.end}.text();
  if (text.find_first_of("'\n") != std::string_view::npos) return std::nullopt;
  const std::string_view bytes = first.file->bytes();
  const std::string_view behind = bytes.substr(last.end, bytes.find('\n', last.end) - last.end);
  if (behind.find_first_not_of(" \r") != std::string_view::npos) return std::nullopt;
  return Fix{"Hand it to a shell in the container",
             FixSafety::kUnsafe,
             {{{first.file, first.begin, first.begin}, "sh -c '"},
              {{last.file, last.end, last.end}, "'"}}};
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || context.timeline() == nullptr) return;
  const Argument& word = inner->words->front();
  if (!is_builtin(word.text) || !is_certain(word, step, *context.timeline())) return;
  // `run linter .`: the directory that an entrypoint is to look at. The shell's `.` has a file.
  if (word.text == "." && inner->words->size() == 1) return;
  if (inner->fresh && (may_have_shell_entrypoint(step) || may_be_for_entrypoint(word.text))) return;
  const Step* rest = rest_of_line(step, context);
  std::string message = quoted(word.text) +
                        " is a shell's own command and no program: " + quoted(inner->line) +
                        " fails or does nothing";
  if (rest != nullptr)
    message += ", and " + quoted(task_text(*rest)) + " would run on this machine";
  Finding& finding = context.report(word.place(), std::move(message), {inner->line, word.text});
  if (rest != nullptr) finding.related.push_back({rest->span, "not in the container"});
  if (auto fix = in_a_shell(*inner->words, rest)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app cd /srv && ./bin/report\n",
    .safe = "docker compose exec -T app sh -c 'cd /srv && ./bin/report'\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_cd_runs_on_host) = {
    .slug = "exec-cd-runs-on-host",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A shell's own command is given to exec or run as if it were a program",
    .rationale =
        "`exec app cd /srv && ./bin/report` is two commands of the script's own shell: one that "
        "looks for a program called `cd` in the container (exit code 126; 127 with newer engines; "
        "some images have one, which changes nothing), and one that runs on the host (measured "
        "with Compose 2.40.3). `source`, `.`, `export`, `set` and `eval` are of the same kind. "
        "`exec -w /srv app ./bin/report` or `sh -c '…'` say what is meant.",
    .silent_on =
        "`sh -c 'cd …'`. `run` and `docker run` where an entrypoint is set that may be a shell. A "
        "`.` with nothing behind it, which is a directory.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
};

}  // namespace composelint::rules
