#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/steps/inner_command.h"

namespace composelint::rules {
namespace {

// Nothing in it means anything to a shell: without its quotes it is the same words.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view(" _./:=,@%+-").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

std::optional<Fix> repair(const Argument& word, bool alone) {
  const std::string_view written = word.span.text();
  const bool whole = written.size() == word.text.size() + 2 &&
                     (written[0] == '"' || written[0] == '\'') && written.back() == written[0] &&
                     written.substr(1, word.text.size()) == word.text;
  if (!whole) return std::nullopt;
  if (is_plain(word.text))
    return Fix{"Leave the quotes out", FixSafety::kSafe, {{word.span, word.text}}};
  if (!alone) return std::nullopt;
  const Span before{word.span.file, word.span.begin, word.span.begin};
  return Fix{"Hand it to a shell in the container", FixSafety::kUnsafe, {{before, "sh -c "}}};
}

// `/opt/media/Media\\ Scanner --scan`: whoever writes a backslash before a blank has a program of
// that name. A command that was put in quotes by mistake has quotes.
bool has_escaped_blanks(const Argument& word) {
  const std::string_view written = word.span.text();
  return written.find('\\') != written.npos && written.find_first_of("\"'$`") == written.npos;
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  // What an entrypoint makes of its words is its own affair.
  if (!inner || inner->opaque || inner->fresh) return;
  const Argument& word = inner->words->front();
  if (word.splits || word.text.empty() || word.text.front() == ' ' || !word.quoted ||
      has_escaped_blanks(word)) {
    return;
  }
  const std::size_t blank = word.text.find_first_of(" \t\n");
  if (blank == std::string::npos) return;
  // Of "$PHP artisan" the unknown part may be empty.
  if (!word.holes.empty() && word.holes.front().at == 0) return;
  const std::string shown = word.text.substr(0, std::min<std::size_t>(word.text.find('\n'), 60));
  Finding& finding = context.report(word.place(),
                                    quoted(shown) + " is one word: " + quoted(inner->line) +
                                        " looks for a program of that whole name and fails",
                                    {inner->line, shown});
  if (!word.known()) return;
  if (auto fix = repair(word, inner->words->size() == 1)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app \"ls /srv\"\n",
    .safe = "docker compose exec -T app ls /srv\n",
}};

}  // namespace

COMPOSELINT_RULE(command_as_one_word) = {
    .slug = "command-as-one-word",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A whole command is given to exec in quotes, as one word",
    .rationale =
        "`exec` starts its first word as a program, with no shell between: `exec app \"ls /srv\"` "
        "looks for a file called `ls /srv` and ends with 126 or 127 (measured with Compose "
        "2.40.3). Quotes belong around the script of `sh -c`.",
    .silent_on =
        "`run` and `docker run`, whose entrypoint may be a shell that takes one word. Words that "
        "are split where they are used, such as an unquoted `$CMD`. Blanks behind a backslash.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
};

}  // namespace composelint::rules
