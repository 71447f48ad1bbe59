#include <composelint/inner_command.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

// `sh -c 'echo "$1"' name value` means to be given words; a bare command word does not.
bool is_bare_word(const Argument& word) {
  return word.known() && !word.text.empty() &&
         word.text.find_first_of(" \t\n$;&|(){}`\"'<>") == std::string::npos;
}

std::optional<Fix> quote_all(const std::vector<Argument>& words, std::size_t from) {
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!words[i].known() || words[i].written != words[i].span) return std::nullopt;
  }
  const Span first = words[from].span;
  const Span last = words.back().span;
  if (first.file != last.file || first.begin >= last.end) return std::nullopt;
  const std::string_view text = Span{first.file, first.begin, last.end}.text();
  if (text.find_first_of("'\n") != std::string_view::npos) return std::nullopt;
  return Fix{
      "Quote the whole line",
      FixSafety::kUnsafe,
      {{{first.file, first.begin, first.begin}, "'"}, {{last.file, last.end, last.end}, "'"}}};
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque) return;
  const std::vector<Argument>& words = *inner->words;
  const std::optional<ShellScript> script = shell_script_in(words);
  if (!script || script->at + 1 >= words.size()) return;
  const Argument& run = words[script->at];
  const Argument& lost = words[script->at + 1];
  if (!is_bare_word(run) || !lost.known() || lost.is("--")) return;
  Finding& finding =
      context.report(run.place(),
                     "only " + quoted(run.text) + " is the script of " +
                         quoted(words[script->shell].text + " -c") + ": " + quoted(lost.text) +
                         (script->at + 2 < words.size() ? " and what follows" : "") +
                         " becomes $0, and " + quoted(run.text) + " runs without it",
                     {inner->line, run.text});
  if (auto fix = quote_all(words, script->at)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app bash -lc rake db:migrate\n",
    .safe = "docker compose exec -T app bash -lc 'rake db:migrate'\n",
}};

}  // namespace

COMPOSELINT_RULE(sh_c_argument_split) = {
    .slug = "sh-c-argument-split",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Only the first word behind sh -c is the script",
    .rationale =
        "`sh -c` takes one word as its script; further words are `$0`, `$1` and so on for it. "
        "`exec app sh -c echo hi there` prints an empty line (measured with Compose 2.40.3), and "
        "`bash -lc rake db:migrate` runs `rake` alone, whatever its default does, with 0.",
    .silent_on =
        "Scripts of several words or with `$` in them: what follows those is meant to be their "
        "arguments. Words whose text is not known.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
};

}  // namespace composelint::rules
