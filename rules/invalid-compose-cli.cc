#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/misspelt_compose.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `npm run compose ps`: what follows the name of a script of package.json is put behind its words.
bool gets_more_words(const ComposeInvocation& call) {
  return call.verb.empty() && call.span.file->path().ends_with("package.json");
}

// `compose "$app" ${args}`: words that the caller of the function may still add.
bool is_called_with_more(const Step& step, const ComposeInvocation& call) {
  return call.verb.empty() &&
         std::any_of(step.called_from.begin(), step.called_from.end(), [](const Span& from) {
           const std::string_view text = from.text();
           return text.find(" $") != std::string_view::npos ||
                  text.find("[@]}") != std::string_view::npos ||
                  text.find("\"$@\"") != std::string_view::npos;
         });
}

// A block of a page that is this one line, and stops behind the verb: what is put in front of the
// reader's own words.
bool is_a_sketch(const ComposeInvocation& call) {
  if (!call.operands.empty() || !call.verb_span || call.span.end > call.verb_span.end) return false;
  const SourceFile& file = *call.span.file;
  const std::uint32_t line = file.line_of(call.span.begin);
  const auto is_fence = [&](std::uint32_t at) {
    std::string_view text = at == 0 || at > file.line_count() ? "" : file.line_text(at);
    text.remove_prefix(std::min(text.find_first_not_of(" \t>"), text.size()));
    return text.starts_with("```") || text.starts_with("~~~");
  };
  return is_fence(line - 1) && is_fence(line + 1);
}

// `ENV` of `"${ENV}" ` that stands in front of a word.
std::string_view variable_in_front_of(const Span& word) {
  if (word.file == nullptr) return {};
  std::string_view text = word.file->bytes().substr(0, word.begin);
  const auto cut = [&](std::string_view bytes) {
    const std::size_t last = text.find_last_not_of(bytes);
    text = text.substr(0, last == text.npos ? 0 : last + 1);
  };
  cut(" \t");
  cut("\"}");
  const std::size_t dollar = text.rfind('$');
  if (dollar == text.npos) return {};
  text.remove_prefix(dollar + 1);
  if (text.starts_with('{')) text.remove_prefix(1);
  return leading_name(text).size() == text.size() ? text : std::string_view();
}

// The script has ended where the variable is empty: `[ -f "$X" ] || exit`, `if [ -z "$X" ]; then`.
bool ends_where_it_is_empty(const Timeline& timeline, const Step& step, std::string_view name) {
  static constexpr std::array<std::string_view, 7> kLacks = {"! -d ", "! -e ", "! -f ", "! -n ",
                                                             "! -r ", "! -s ", "-z "};
  static constexpr std::array<std::string_view, 6> kHas = {"[ -d ", "[ -e ", "[ -f ",
                                                           "[ -n ", "[ -r ", "[ -s "};
  const auto tests = [&](std::string_view test, const auto& operators) {
    return std::any_of(operators.begin(), operators.end(),
                       [&](std::string_view each) { return test.find(each) != test.npos; });
  };
  const std::size_t here = index_of(timeline, step);
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const std::string_view test = branch.condition.text();
    const bool about = find_name(test, name) != test.npos;
    const bool lacks = (branch.kind == BranchKind::kIf && tests(test, kLacks)) ||
                       (branch.kind == BranchKind::kOr && tests(test, kHas));
    return about && lacks && !branch.leaves.empty() && !branch.leads_to(0, here);
  });
}

// A `\` at the end of a line that something has taken for a word of its own.
bool is_white_space(std::string_view word) {
  return !word.empty() && word.find_first_not_of(" \t\r\n") == word.npos;
}

// `--env-file "$ENV" -f compose.yaml` where ENV may be empty, so that `-f` passes for the file, and
// a test has ruled that out.
bool rests_on_a_ruled_out_blank(const Step& step, const ComposeInvocation& call,
                                const Timeline& timeline) {
  return std::any_of(call.global_options.begin(), call.global_options.end(),
                     [&](const OptionUse& use) {
                       if (!use.value || !use.value->known() || !use.value->text.starts_with('-'))
                         return false;
                       const std::string_view name = variable_in_front_of(use.value->place());
                       return !name.empty() && ends_where_it_is_empty(timeline, step, name);
                     });
}

// The `&&` of `ExecReload=docker compose pull && docker compose up -d`: written bare, and a word
// all the same. A shell would have ended the command there.
const Argument* operator_without_shell(const Step& step) {
  static constexpr std::array<std::string_view, 4> kOperators = {"&&", "|", "||", ">"};
  const auto found = std::find_if(step.argv.begin(), step.argv.end(), [](const Argument& word) {
    return word.known() && word.span.text() == word.text &&
           std::find(kOperators.begin(), kOperators.end(), word.text) != kOperators.end();
  });
  return found == step.argv.end() ? nullptr : &*found;
}

void report_operator(const Argument& word, const ComposeInvocation& call, RuleContext& context) {
  const std::string reader =
      word.span.file->path().ends_with(".service") ? "systemd starts" : "what reads this starts";
  context.report(word.span,
                 reader + " no shell: " + quoted(word.text) +
                     " and all behind it are arguments of " + quoted("compose " + call.verb) +
                     "; one command a line, or " + quoted("/bin/sh -c '…'"),
                 {call.verb, word.text});
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Timeline* timeline = context.timeline();
  if (timeline != nullptr && rests_on_a_ruled_out_blank(step, call, *timeline)) return;
  const Argument* bare = operator_without_shell(step);
  if (bare != nullptr) report_operator(*bare, call, context);
  Finding* told = nullptr;
  std::string subject;
  std::vector<std::string> more;
  for (const CliError& error : call.errors) {
    const bool behind = bare != nullptr && error.span.file == bare->span.file &&
                        error.span.begin >= bare->span.begin;
    if (behind || is_white_space(error.subject)) continue;
    const bool open = gets_more_words(call) || is_called_with_more(step, call);
    if (error.subject.empty() && open) continue;
    if (timeline != nullptr && !is_certain(error.span, step, *timeline)) continue;
    if (context.context() == Context::kDocs && is_a_sketch(call)) continue;
    if (told == nullptr) {
      subject = error.subject;
      told = &context.report(error.span, error.message, {call.verb, error.subject});
      if (error.fix) told->fixes.push_back(*error.fix);
      continue;
    }
    // One line is refused once, whatever else is wrong with it.
    Finding also;
    also.span = error.span;
    also.key = {call.verb, error.subject};
    if (error.fix) also.fixes.push_back(*error.fix);
    if (told->fixes.empty()) std::swap(told->fixes, also.fixes);
    merge_into(*told, also);
    const bool said = error.subject.empty() || error.subject == subject ||
                      std::find(more.begin(), more.end(), error.subject) != more.end();
    if (!said) more.push_back(error.subject);
  }
  if (!more.empty()) told->message += "; for " + listed(more) + " as well";
}

void on_step(const Step& step, RuleContext& context) {
  if (const Argument* name = parted_file_name(step)) {
    context.report(step.out.target.place(),
                   "this writes to a file " + quoted("docker") + ", and " + quoted(name->text) +
                       " is one more word of the command: the name was to be " +
                       quoted("docker-" + name->text),
                   {"docker " + name->text});
    return;
  }
  const Span word = misspelt_compose(step);
  if (!word) return;
  const bool plugin = step.argv.front().is("docker");
  const std::string written = plugin ? "docker " + step.argv[1].text : step.argv.front().text;
  context.report(word,
                 quoted(written) + " is no command of docker's: nothing of the line is done; did " +
                     "you mean " + quoted(plugin ? "docker compose" : "docker-compose") + "?",
                 {written});
}

// What somebody takes for an option is told once, however often they write it.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  tell_once_a_subject(findings, [](const Finding& finding) { return finding.message; });
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose up -d -f compose.prod.yaml",
        .safe = "docker compose -f compose.prod.yaml up -d",
    },
    {
        .unsafe = "docker compose logs –-tail=50 app\n",
        .safe = "docker compose logs --tail=50 app\n",
    },
    {
        .unsafe = "docker compose exec -T db",
        .safe = "docker compose exec -T db pg_isready",
    },
};

}  // namespace

COMPOSELINT_RULE(invalid_compose_cli) = {
    .slug = "invalid-compose-cli",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kError},
    .summary = "A command line that Compose refuses",
    .rationale =
        "Options of `docker compose` itself (`-f`, `-p`, `--profile`, `--env-file`, …) stand "
        "before the verb; behind it they are taken for options of the verb and refused. So are "
        "options the verb does not have, a verb that does not exist, `docker compos`, a missing "
        "service or command, dashes that a word processor made longer, and `cat > docker "
        "compose.yml`, where the hyphen of a file's name was replaced as well. Such a line never "
        "runs: it fails in the middle of whatever the script was doing. Judged by the command line "
        "of Compose 2.40.3; what docker-compose 1.29 took besides is accepted behind that name. "
        "`&&`, `|` and `>` of a unit of systemd, which starts no shell, are told in the place of "
        "what they make of the words behind them.",
    .silent_on =
        "Lines with an unknown word where it could make them right. Words behind the service of "
        "`run` and `exec`, which belong to the inner command. Scripts of `package.json` that end "
        "before the verb: it comes from the command line, as do words that the caller of a "
        "function hands on in a variable. Words that an empty variable would shift, where a test "
        "of it has ended the script (`[ -f \"$ENV_FILE\" ] || exit 1`). Blocks of a page that are "
        "one line and stop behind the verb: the reader's words come there. Words of a variable "
        "that may well have another value: of an arm that the call does not stand in, of a default "
        "that a test looks at.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
