#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Programs that go with an application's own files; `python manage.py` here and there is one
// command that was cut in two.
bool same_beginning(const std::vector<Argument>& inner, const std::vector<Argument>& rest) {
  if (inner.size() < 2 || rest.size() < 2) return false;
  static constexpr std::array<std::string_view, 13> kPrograms = {
      "bin/console", "bin/rails", "bundle", "composer", "drush", "flask", "php",
      "python",      "python3",   "rails",  "rake",     "wp",    "occ"};
  if (!inner[0].known() || !rest[0].known() || inner[0].text != rest[0].text) return false;
  if (std::find(kPrograms.begin(), kPrograms.end(), inner[0].text) == kPrograms.end()) return false;
  const bool interpreter =
      inner[0].text.starts_with("python") || inner[0].is("php") || inner[0].is("bundle");
  return !interpreter || (inner[1].known() && rest[1].known() && inner[1].text == rest[1].text &&
                          !inner[1].text.starts_with('-'));
}

// One line all the same where `\` joins it to the next.
bool is_one_line(std::string_view between) {
  while (!between.empty()) {
    const bool joined = between.starts_with("\\\n");
    if (!joined && std::string_view(" \t&;").find(between.front()) == std::string_view::npos) {
      return false;
    }
    between.remove_prefix(joined ? 2 : 1);
  }
  return true;
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  std::size_t next = index_of(timeline, step) + 1;
  // What is known of the command inside comes as a step of its own.
  while (next < timeline.steps.size() && timeline.steps[next].place == Place::kContainer) ++next;
  if (next >= timeline.steps.size()) return;
  const Step& rest = timeline.steps[next];
  if (rest.call || rest.docker || rest.place != step.place) return;
  const std::string_view between = text_between(step.span, rest.span);
  if (!is_one_line(between)) return;
  if (!same_beginning(*inner->words, rest.argv)) return;
  Finding& finding = context.report(
      rest.span,
      quoted(task_text(rest)) +
          " runs on this machine, not in the container: " + quoted(inner->line) + " ends before " +
          quoted(between.find(';') == std::string_view::npos ? "&&" : ";"),
      {inner->line, rest.argv[0].text, rest.argv[1].text});
  finding.related.push_back({step.span, "this much runs in the container"});
}

constexpr Example kExamples[] = {{
    .unsafe =
        "docker compose exec -T app python manage.py migrate && python manage.py collectstatic\n",
    .safe = "docker compose exec -T app sh -c 'python manage.py migrate && python manage.py "
            "collectstatic'\n",
}};

}  // namespace

COMPOSELINT_RULE(rest_runs_on_host) = {
    .slug = "rest-runs-on-host",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "The second half of a command for the container runs on the host",
    .rationale =
        "`&&`, `;` and `|` belong to the script's shell. In `exec app python manage.py migrate && "
        "python manage.py collectstatic` only the first half runs in the container (measured with "
        "Compose 2.40.3); the second fails, or works on a checkout with other settings.",
    .silent_on =
        "Second halves that may be meant for the host. Reported is only the application's own "
        "program on both sides of one line: manage.py, artisan, composer, rake, rails, wp and "
        "their "
        "like.",
    .examples = kExamples,
    .on_step = on_step,
};

}  // namespace composelint::rules
