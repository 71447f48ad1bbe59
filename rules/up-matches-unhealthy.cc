#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

bool shows_states(const Step& step) {
  if (step.call) return step.call->is("ps");
  if (program_name(step) == "docker" && step.argv.size() > 1 && step.argv[1].is("inspect")) {
    return true;
  }
  return step.docker && (step.docker->is("container ls") || step.docker->is("container inspect"));
}

struct Search {
  const Argument* pattern = nullptr;
  bool extended = false;  // ( ) group
  bool fixed = false;
  bool words = false;  // -w, -x: "unhealthy" does not match "healthy"
  bool negated = false;
};

Search search_of(const Step& step) {
  Search search;
  const std::string_view program = program_name(step);
  search.extended = program == "egrep" || program == "rg";
  search.fixed = program == "fgrep";
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const bool option = word.text.starts_with('-') && word.text.size() > 1;
    if (option && !word.text.starts_with("--")) {
      for (const char c : word.text) {
        search.extended |= c == 'E' || c == 'P';
        search.fixed |= c == 'F';
        search.words |= c == 'w' || c == 'x';
        search.negated |= c == 'v' || c == 'L';
      }
      continue;
    }
    if (option) {
      search.extended |= word.text == "--extended-regexp";
      search.words |= word.text == "--word-regexp";
      search.negated |= word.text == "--invert-match";
      continue;
    }
    if (search.pattern == nullptr && word.known()) search.pattern = &word;
    break;
  }
  return search;
}

// "healthy" stands in the pattern so that the end of "unhealthy" is one, too.
bool matches_unhealthy(const Search& search) {
  if (search.words) return false;
  const std::string& text = search.pattern->text;
  const std::size_t at = text.find("healthy");
  if (at == std::string::npos) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  const bool escaped = at > 1 && text[at - 2] == '\\';
  if (before == '*' || before == '|') return true;
  if (before != '(' || search.fixed) return false;
  return search.extended != escaped;  // a group, not the parenthesis of "(healthy)"
}

// Its answer decides something, or ends the script.
bool is_a_test(const Step& step) {
  return step.last_in_pipeline &&
         (step.status == StatusUse::kDecides || step.status == StatusUse::kStops) &&
         (step.out.kind == StreamKind::kNull || step.out.kind == StreamKind::kInherited ||
          step.status == StatusUse::kDecides);
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || !is_a_test(step) || step.pipeline == 0) return;
  const std::string_view program = program_name(step);
  if (program != "grep" && program != "egrep" && program != "fgrep" && program != "rg") return;
  const Search search = search_of(step);
  if (search.pattern == nullptr || search.negated) return;
  const Timeline& timeline = *context.timeline();
  const Step* source = nullptr;
  for (std::size_t i = index_of(timeline, step); i-- > 0;) {
    if (timeline.steps[i].pipeline != step.pipeline) continue;
    source = shows_states(timeline.steps[i]) ? &timeline.steps[i] : nullptr;
    const bool narrows = source == nullptr && program_name(timeline.steps[i]) == "grep";
    if (!narrows) break;
  }
  if (source == nullptr || !matches_unhealthy(search)) return;
  const std::string pattern = quoted(search.pattern->text);
  Finding& finding = context.report(
      step.span,
      pattern + " matches \"unhealthy\" as well: the test holds for a service that has failed its "
                "healthcheck",
      {std::string(program), search.pattern->text});
  const Span place = search.pattern->place();
  if (place.text().find(search.pattern->text) == std::string_view::npos) return;
  const Span behind{step.argv[0].place().file, step.argv[0].place().end, step.argv[0].place().end};
  if (step.argv[0].place().text() == program) {
    finding.fixes.push_back({"Match the whole word", FixSafety::kUnsafe, {{behind, " -w"}}});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "until docker compose ps db | grep -q healthy; do sleep 1; done\n",
    .safe = "until docker compose ps db | grep -qw healthy; do sleep 1; done\n",
    .compose = "services:\n"
               "  db:\n"
               "    image: postgres:16\n"
               "    healthcheck: {test: pg_isready -h 127.0.0.1}\n",
}};

}  // namespace

COMPOSELINT_RULE(up_matches_unhealthy) = {
    .slug = "up-matches-unhealthy",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A search for \"healthy\" finds \"unhealthy\" as well",
    .rationale =
        "`ps` shows `Up 2 seconds (unhealthy)` for a service whose healthcheck fails, and `docker "
        "inspect` prints `unhealthy` (measured with Compose 2.40.3). A search for `healthy` finds "
        "it in both, so the wait ends at once and the check passes when it should not. `grep -w`, "
        "or `up --wait`, which asks the engine.",
    .silent_on =
        "Patterns that do not match it: `(healthy)` with its parenthesis, `-w`, `-x`, `^healthy`. "
        "Searches whose result is shown and decides nothing. Searches for `unhealthy`.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
};

}  // namespace composelint::rules
