#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/steps/inner_command.h"

namespace composelint::rules {
namespace {

// `sh -c 'echo "$1"' name value` means to be given words; a bare command word does not.
bool is_bare_word(const Argument& word) {
  return word.known() && !word.text.empty() &&
         word.text.find_first_of(" \t\n$;&|(){}`\"'<>") == std::string::npos;
}

// `$1`, `"$@"`, `${2:-x}`, `shift`: the script asks for the words behind it.
bool asks_for_words(const Argument& script) {
  const std::string_view text = script.text;
  for (std::size_t at = text.find('$'); at < text.size(); at = text.find('$', at + 1)) {
    std::string_view name = text.substr(at + 1);
    if (name.starts_with('{')) name.remove_prefix(1);
    if (name.starts_with('#') || name.starts_with('!')) name.remove_prefix(1);
    if (name.empty() || std::string_view("0123456789@*}").find(name.front()) != name.npos) {
      return true;
    }
  }
  static constexpr std::array<std::string_view, 4> kTakes = {"for ", "getopts", "set ", "shift"};
  return std::any_of(kTakes.begin(), kTakes.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool is_script(const Argument& word) {
  return word.text.find(' ') != std::string::npos;
}

// `sh -c 'mkdir x' sh -c 'chown x'`, `sh -c 'a b' 'c d'`: a second script, which the first one does
// not ask for. One more word behind a script may be its name.
const Argument* second_script(const std::vector<Argument>& words, std::size_t at) {
  if (!is_script(words[at]) || asks_for_words(words[at])) return nullptr;
  const std::span<const Argument> rest = std::span(words).subspan(at + 1);
  if (const auto other = shell_script_in(rest); other && other->shell == 0) {
    return &rest[other->at];
  }
  return is_script(rest.front()) ? &rest.front() : nullptr;
}

// `sh -c 'a b' check $? message`: the look at the status behind a `\` too many is an argument.
const Argument* lost_check(const std::vector<Argument>& words, std::size_t at) {
  if (!is_script(words[at]) || asks_for_words(words[at]) || at + 2 >= words.size()) return nullptr;
  const Argument& check = words[at + 1];
  const Argument& status = words[at + 2];
  const bool asks = status.text.empty() && status.holes.size() == 1 && status.holes[0].name == "?";
  return asks && is_bare_word(check) ? &check : nullptr;
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

// The script's first words, enough to tell it by.
std::string shown_script(const Argument& script) {
  const std::string first = script.text.substr(0, script.text.find('\n'));
  constexpr std::size_t kMost = 40;
  return quoted(first.size() > kMost ? first.substr(0, kMost) + "…" : first);
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque) return;
  const std::vector<Argument>& words = *inner->words;
  const std::optional<ShellScript> script = shell_script_in(words);
  if (!script || script->at + 1 >= words.size()) return;
  const Argument& run = words[script->at];
  const Argument& lost = words[script->at + 1];
  if (const Argument* second = second_script(words, script->at)) {
    context.report(second->place(),
                   quoted(words[script->shell].text + " -c") +
                       " runs its first script alone: what stands behind that is arguments, "
                       "which it does not ask for, so " +
                       shown_script(*second) + " never runs",
                   {inner->line, second->text});
    return;
  }
  if (const Argument* check = lost_check(words, script->at)) {
    context.report(check->place(),
                   quoted(check->text + " $?") + " is a part of this command, arguments of " +
                       quoted(words[script->shell].text + " -c") +
                       " that its script does not ask for: it never looks at the status",
                   {inner->line, check->text});
    return;
  }
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

// One habit of a script, in each of its calls: `sh -c '…' \` and a look at `$?` below it.
void on_findings(const WorkspaceFacts& /*facts*/, std::span<Finding* const> findings) {
  tell_once_a_subject(findings, [](const Finding& finding) {
    return finding.message.find(" $?` is a part of") == std::string::npos ? std::string()
                                                                          : finding.key.back();
  });
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
        "`bash -lc rake db:migrate` runs `rake` alone, whatever its default does, with 0. Of `sh "
        "-c "
        "'rm -rf /data/*' sh -c 'tar xf /backup.tar'` the first script runs, and nothing unpacks.",
    .silent_on =
        "Scripts of several words: what follows those is meant to be their name or their "
        "arguments, unless it is a script again, or a look at `$?`, and the first one asks for no "
        "arguments. Words whose text is not known.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
