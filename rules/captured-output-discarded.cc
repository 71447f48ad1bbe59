#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_end(std::string_view text, std::string_view end) {
  while (!text.empty() && end.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

struct Capture {
  std::string_view before;  // on the line, up to `$(`
  std::string_view after;   // behind `)`
};

// The command is all that stands in `$( … )`.
std::optional<Capture> capture_around(Span command) {
  const std::string_view bytes = command.file->bytes();
  std::string_view before = without_end(bytes.substr(0, command.begin), " \t");
  if (!before.ends_with("$(")) return std::nullopt;
  std::size_t behind = command.end;
  while (behind < bytes.size() && is_space(bytes[behind])) ++behind;
  if (behind >= bytes.size() || bytes[behind] != ')') return std::nullopt;
  before = without_end(before.substr(0, before.size() - 1), "$");
  const std::size_t line = before.rfind('\n');
  const std::string_view rest = bytes.substr(behind + 1);
  return Capture{before.substr(line == std::string_view::npos ? 0 : line + 1),
                 rest.substr(0, rest.find('\n'))};
}

// `[ -n "$(…)" ]`, `[[ $(…) = x ]]`.
bool is_tested(const Capture& capture) {
  const std::string_view before = without_end(capture.before, "\" \t");
  for (const std::string_view word :
       {"-n", "-z", "[", "[[", "test", "==", "!=", " =", "-eq", "-gt"}) {
    if (before.ends_with(word) && capture.before.size() > before.size()) return true;
  }
  return false;
}

// NAME of `NAME=$(…)`, where nothing else is in the value.
std::string assigned_name(const Capture& capture) {
  const std::string_view before = without_end(capture.before, "\"");
  if (!before.ends_with('=')) return {};
  std::string_view name = before.substr(0, before.size() - 1);
  std::size_t begin = name.size();
  while (begin > 0 && (std::isalnum(static_cast<unsigned char>(name[begin - 1])) != 0 ||
                       name[begin - 1] == '_')) {
    --begin;
  }
  const std::string_view end = capture.after.substr(0, capture.after.find_first_not_of("\" \t"));
  const bool whole =
      end.size() == capture.after.size() ||
      std::string_view(";&|#").find(capture.after[end.size()]) != std::string_view::npos;
  return whole ? std::string(name.substr(begin)) : std::string();
}

// Where the script asks whether the variable is empty, or what is in it.
std::optional<Span> test_of(const SourceFile& file, const std::string& name, std::uint32_t from) {
  const std::string_view bytes = file.bytes();
  for (const std::string& written : {"$" + name, "${" + name + "}"}) {
    for (std::size_t at = bytes.find(written, from); at != std::string_view::npos;
         at = bytes.find(written, at + 1)) {
      const std::size_t end = at + written.size();
      const bool longer =
          end < bytes.size() && written.back() != '}' && is_part_of_a_name(bytes[end]);
      if (longer) continue;
      const std::uint32_t line = file.line_begin(file.line_of(static_cast<std::uint32_t>(at)));
      const Capture use{bytes.substr(line, at - line), {}};
      if (is_tested(use)) {
        return Span{&file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      }
    }
  }
  return std::nullopt;
}

void on_step(const Step& step, RuleContext& context) {
  if (step.out.kind != StreamKind::kNull || context.timeline() == nullptr) return;
  // What else a script asks of its machine is not what we are about; a script of the repository
  // that it calls is.
  const bool ours = step.call || step.docker || step.followed || program_name(step) == "docker";
  if (!ours) return;
  const Span redirect = step.out.span;
  // `2>&1 >/dev/null` catches the messages.
  const bool own = redirect.file == step.span.file && redirect &&
                   step.span.begin <= redirect.begin && redirect.end <= step.span.end;
  if (!own || step.err.kind == StreamKind::kCaptured || step.pipeline != 0) return;
  const std::optional<Capture> capture = capture_around(step.span);
  if (!capture) return;
  const std::string name = assigned_name(*capture);
  std::optional<Span> test;
  if (!name.empty()) test = test_of(*step.span.file, name, step.span.end);
  if (!test && !is_tested(*capture)) return;
  Finding& finding =
      context.report(redirect,
                     "what is captured here is always empty: the output goes to /dev/null before " +
                         (name.empty() ? std::string("the test") : quoted("$" + name)) + " sees it",
                     {std::string(program_name(step)), name});
  if (test) finding.related.push_back({*test, "tested here"});
}

constexpr Example kExamples[] = {{
    .unsafe =
        "if [ -z \"$(docker compose ps -q db >/dev/null)\" ]; then docker compose up -d db; fi\n",
    .safe =
        "if [ -z \"$(docker compose ps -q db 2>/dev/null)\" ]; then docker compose up -d db; fi\n",
}};

}  // namespace

COMPOSELINT_RULE(captured_output_discarded) = {
    .slug = "captured-output-discarded",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "Output is captured and tested after it was thrown away",
    .rationale =
        "In `$(command >/dev/null)` the redirect comes first, so the text is empty whatever the "
        "command prints, and `-n`, `-z` and comparisons decide the same way each time (measured "
        "with bash and dash): the service is never found, or always. Meant is mostly "
        "`2>/dev/null`, or `if command >/dev/null` for the exit status.",
    .silent_on =
        "`$(command 2>&1 >/dev/null)`, which catches the messages. Values that nothing in the file "
        "tests; pipelines.",
    .examples = kExamples,
    .cwe = 253,
    .on_step = on_step,
};

}  // namespace composelint::rules
