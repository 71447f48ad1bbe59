#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/streams.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace composelint::rules {
namespace {

// The next stage takes the carriage returns out, or only shows them.
bool next_does_not_mind(const Step& step, const RuleContext& context) {
  static constexpr std::array<std::string_view, 10> kShows = {
      "cat", "dos2unix", "grep", "head", "jq", "less", "more", "rg", "tail", "tee"};
  const Step* next =
      context.timeline() == nullptr ? nullptr : next_stage(*context.timeline(), step);
  const auto shows = [](std::string_view program) {
    return std::find(kShows.begin(), kShows.end(), program) != kShows.end();
  };
  // Of the pipe of a script or a group around it the neighbour is told by its text.
  const std::string_view text = step.out.span.text();
  if (shows(text.substr(0, text.find_first_of(" \n")))) return true;
  if (next != nullptr && shows(program_name(*next))) return true;
  if (next == nullptr) return false;
  return std::any_of(next->argv.begin(), next->argv.end(), [](const Argument& word) {
    return word.text.find("\\r") != std::string::npos ||
           word.text.find("\\015") != std::string::npos;
  });
}

bool is_name_part(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// `status=$(docker exec -it …)` whose value is only shown, or searched: a carriage return at its
// end makes no difference.
bool is_only_shown(const Step& step) {
  if (step.out.kind != StreamKind::kCaptured) return false;
  const std::string_view text = step.span.file->bytes();
  std::size_t at = text.rfind("$(", step.span.begin);
  if (at == std::string_view::npos) return false;
  if (at > 0 && text[at - 1] == '"') --at;
  if (at == 0 || text[--at] != '=') return false;
  const std::size_t end = at;
  while (at > 0 && is_name_part(text[at - 1])) --at;
  const std::string_view name = text.substr(at, end - at);
  if (name.empty()) return false;
  bool used = false;
  for (std::size_t use = text.find(name); use != std::string_view::npos;
       use = text.find(name, use + 1)) {
    const std::size_t behind = use + name.size();
    if (behind < text.size() && is_name_part(text[behind])) continue;
    const bool expands = use > 0 && (text[use - 1] == '$' || text[use - 1] == '{');
    if (!expands) continue;
    const std::size_t begin = text.rfind('\n', use) + 1;  // npos + 1 is 0
    const std::string_view line = text.substr(begin, text.find('\n', use) - begin);
    const bool shown = line.find("echo ") != std::string_view::npos ||
                       line.find("printf ") != std::string_view::npos ||
                       line.find("grep ") != std::string_view::npos;
    if (!shown) return false;
    used = true;
  }
  return used;
}

std::string consequence(const Step& step, bool interactive) {
  if (is_fed(step) && interactive) return "stops with \"the input device is not a TTY\"";
  const std::string from_cron = interactive ? "; from cron it stops altogether" : "";
  switch (step.out.kind) {
    case StreamKind::kFile: {
      const Argument& file = step.out.target;
      const bool named = file.known() && !file.text.empty();
      return "writes CRLF line ends and the error messages into " +
             (named ? quoted(file.text) : std::string("the file")) + from_cron;
    }
    case StreamKind::kPipe:
      return "writes CRLF line ends and the error messages into the pipe" + from_cron;
    case StreamKind::kCaptured: return "gives a value that ends in a carriage return" + from_cron;
    case StreamKind::kInherited:
    case StreamKind::kNull:
    case StreamKind::kHere: return "";
  }
  return "";
}

std::optional<Fix> without_terminal(const OptionUse& use) {
  const std::string_view text = use.span.text();
  if (text == "-it" || text == "-ti") {
    return Fix{"Leave -t out", FixSafety::kSafe, {{use.span, "-i"}}};
  }
  if (text != "-t" && text != "--tty") return std::nullopt;
  const std::string_view bytes = use.span.file->bytes();
  const std::uint32_t end = use.span.end;
  if (end >= bytes.size() || bytes[end] != ' ') return std::nullopt;
  return Fix{"Leave -t out", FixSafety::kSafe, {{{use.span.file, use.span.begin, end + 1}, ""}}};
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.docker || step.place == Place::kContainer) return;
  const DockerInvocation& call = *step.docker;
  if (!call.is("container exec") || !call.has("--tty") || call.opaque_options) return;
  if (call.has("--detach")) return;
  const bool interactive = call.has("--interactive");
  const bool stops = is_fed(step) && interactive;
  const bool kept = step.effect == Effect::kDumps || step.effect == Effect::kExports;
  if (!stops && !kept && step.out.kind != StreamKind::kFile) {
    if (step.effect == Effect::kShell || next_does_not_mind(step, context)) return;
    if (is_only_shown(step)) return;
  }
  const std::string what = consequence(step, interactive);
  if (what.empty()) return;
  const OptionUse& use = *call.option("--tty");
  const std::string name = call.operands.empty() || !call.operands.front().known()
                               ? std::string("docker exec")
                               : "docker exec " + call.operands.front().text;
  Finding& finding = context.report(
      use.span, quoted(written_option(use)) + " forces a terminal: " + quoted(name) + " " + what,
      {name});
  const Span place = stops ? step.in.span : step.out.span;
  if (place)
    finding.related.push_back(
        {place, stops ? "its input comes from here" : "its output goes here"});
  if (auto fix = without_terminal(use)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker exec -t app_db pg_dump -U app appdb > app.sql\n",
    .safe = "docker exec app_db pg_dump -U app appdb > app.sql\n",
}};

}  // namespace

COMPOSELINT_RULE(docker_exec_tty_redirected) = {
    .slug = "docker-exec-tty-redirected",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "docker exec -t forces a terminal although its output or input is redirected",
    .rationale =
        "Plain `docker exec -t` takes its user at their word: the command gets a terminal, every "
        "line of the file ends in CRLF, and standard error lands in it as well. A dump made that "
        "way cannot be restored as it is. With `-it` the same line stops from cron with `the "
        "input device is not a TTY`, exit code 1; with `-t` alone it goes on and writes the CRLF "
        "(measured with engine 20.10).",
    .silent_on =
        "Shells whose session is recorded; output that only gets shown (`| grep`, `| less`, `| "
        "jq`, `| tee` into a log) or that has its carriage returns taken out (`| tr -d '\\r'`), "
        "where it is no dump.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
};

}  // namespace composelint::rules
