#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/steps/docker_terminal.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/cron_line.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// What cron and systemd start.
bool is_started_by_a_clock(const std::string& path) {
  const auto holds = [&](const char* part) { return path.find(part) != std::string::npos; };
  return holds("crontab") || holds("cron.d/") || path.ends_with(".cron") ||
         path.ends_with(".service");
}

// Nobody sits at a terminal where this is started. CircleCI and Travis give their steps one.
bool has_no_terminal(const RuleContext& context) {
  if (context.timeline() == nullptr || context.timeline()->file == nullptr) return false;
  const std::string& path = context.timeline()->file->path();
  const auto holds = [&](const char* part) { return path.find(part) != std::string::npos; };
  if (holds("circleci") || holds("travis")) return false;
  return is_of_a_pipeline(*context.timeline()->file) || is_started_by_a_clock(path);
}

const OptionUse* terminal_of(const Step& step) {
  if (const auto& call = step.call) {
    const bool forced = call->is("run") && call->has("--tty") && !call->has("--detach");
    return forced && !call->has("--no-tty") ? call->option("--tty") : nullptr;
  }
  if (!step.docker || step.docker->has("--detach")) return nullptr;
  if (program_name(step) == "podman") return nullptr;  // it warns, and goes on
  const bool runs = step.docker->is("container exec") || step.docker->is("container run");
  return runs && step.docker->has("--interactive") ? step.docker->option("--tty") : nullptr;
}

std::optional<Fix> without_terminal(const Step& step, const OptionUse& use) {
  const std::string_view text = use.span.text();
  if (text != "-it" && text != "-ti") return std::nullopt;
  const char* instead = step.call ? "-T" : "-i";
  return Fix{std::string("Write ") + instead, FixSafety::kSafe, {{use.span, instead}}};
}

// `[ -t 0 ]`, `test -t 1`, `tty -s`
bool asks_for_terminal(std::string_view test) {
  static constexpr std::array<std::string_view, 4> kAsks = {"-t 0", "-t 1", "-t 2", "tty -s"};
  return std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view asks) {
    return test.find(asks) != std::string_view::npos;
  });
}

// The call, or the variable that brings the option, stands where a terminal has been found.
bool has_asked(const Timeline& timeline, const Step& step, const Span& option) {
  const auto& branches = timeline.branches;
  const auto& ways = step.conditions;
  return std::any_of(ways.begin(), ways.end(),
                     [&](const Condition& way) {
                       return asks_for_terminal(branches[way.branch].condition.text());
                     }) ||
         std::any_of(branches.begin(), branches.end(), [&](const Branch& branch) {
           return branch.span.file == option.file && branch.span.begin <= option.begin &&
                  option.end <= branch.span.end && asks_for_terminal(branch.condition.text());
         });
}

// `in_instance systemctl is-active || true`: the function's caller does without.
bool is_done_without(const Step& step) {
  return std::any_of(step.called_from.begin(), step.called_from.end(), [](const Span& call) {
    const std::string_view behind = call.file->bytes().substr(call.end);
    const std::string_view line = behind.substr(0, behind.find('\n'));
    return line.find("|| true") != line.npos || line.find("|| :") != line.npos;
  });
}

// On a way of a script that the pipeline calls: `elif [ "$MODE" = local ]` may be there for people.
bool is_on_a_way_of_its_own(const Timeline* timeline, const Step& step) {
  if (timeline == nullptr || step.span.file == timeline->file) return false;
  // `[ -f .env ]` and `up -d &&` ask nobody what he has come for.
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline->branches[way.branch];
    const bool chosen = branch.kind == BranchKind::kCase || branch.kind == BranchKind::kIf ||
                        branch.condition.text().starts_with("[");
    return !branch.name.empty() ||
           (chosen && branch.condition.text().find('$') != std::string_view::npos);
  });
}

// `script -qec 'docker exec -it …'` makes one.
bool is_one_of_a_script(const Step& step) {
  return step.span.text().starts_with("script ");
}

// `docker exec -it app report > today.txt`: whoever reads it does not mind the CRLF, of which
// docker-exec-tty-redirected tells.
bool is_for_people(const Step& step, const Timeline* timeline) {
  return step.docker && step.docker->is("container exec") && step.out.kind == StreamKind::kFile &&
         harm_of_terminal(step, timeline).empty();
}

Finding& report_terminal(const Step& step, const OptionUse& use, std::string_view why,
                         RuleContext& context) {
  const std::string line = step.call                          ? short_form(*step.call)
                           : step.docker->is("container run") ? "docker run"
                                                              : "docker exec";
  Finding& finding =
      context.report(use.span,
                     std::string(why) + quoted(line) + " with " + quoted(written_option(use)) +
                         " stops with \"the input device is not a TTY\"",
                     {line});
  if (auto fix = without_terminal(step, use)) finding.fixes.push_back(std::move(*fix));
  return finding;
}

// `docker-compose exec` of 1.x asks for a terminal wherever -T does not tell it otherwise.
bool asks_as_the_old_program(const Step& step) {
  if (!step.call) return false;
  const ComposeInvocation& call = *step.call;
  return call.program == ComposeProgram::kStandalone && call.is("exec") && !call.opaque_options &&
         !call.operands.empty() && !call.has("--no-tty") && !call.has("--detach") &&
         !call.has("--help") && step.place == Place::kHost && !is_fed(step) &&
         !is_done_without(step);
}

Finding& report_the_old_program(const Step& step, Severity most, RuleContext& context) {
  const ComposeInvocation& call = *step.call;
  Finding& finding = context.report(
      call.verb_span,
      "there is no terminal here, and docker-compose 1.x asks for one: " +
          quoted(short_form(call)) + " without -T stops with \"the input device is not a TTY\"",
      {short_form(call)});
  finding.severity = std::min(most, Severity::kWarning);
  if (auto fix = add_option(call, "-T")) finding.fixes.push_back(std::move(*fix));
  return finding;
}

void look_at_the_old_program(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || context.timeline()->file == nullptr) return;
  if (asks_as_the_old_program(step) && is_started_by_a_clock(context.timeline()->file->path())) {
    report_the_old_program(step, context.severity_in(context.context()), context);
  }
}

// A script that cron starts, as a page of the repository tells.
void look_at_script(const TaskView& task, Span line, RuleContext& context) {
  const auto tell = [&](Finding& finding) {
    finding.context = to_string(task.context);
    finding.related.push_back({line, "cron starts the script"});
  };
  for (const Step& step : task.timeline->steps) {
    if (step.span.file != task.timeline->file || step.in.kind == StreamKind::kNull) continue;
    if (asks_as_the_old_program(step)) {
      tell(report_the_old_program(step, context.severity_in(task.context), context));
      continue;
    }
    const OptionUse* use = step.place == Place::kHost ? terminal_of(step) : nullptr;
    const bool redirected =
        step.out.kind != StreamKind::kInherited && !is_for_people(step, task.timeline);
    if (use == nullptr || redirected || is_fed(step) || is_done_without(step)) continue;
    if (has_asked(*task.timeline, step, use->span) || is_one_of_a_script(step)) continue;
    Finding& finding = report_terminal(step, *use, "there is no terminal here: ", context);
    finding.severity = context.severity_in(task.context);
    tell(finding);
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    if (!timeline.task.empty() || timeline.script == nullptr || task.context == Context::kDocs ||
        is_started_by_a_clock(timeline.file->path())) {
      continue;
    }
    const auto line = cron_line_in_pages(facts, *timeline.file);
    if (line) look_at_script(task, *line, context);
  }
}

void on_step(const Step& step, RuleContext& context) {
  look_at_the_old_program(step, context);
  const bool closed = step.in.kind == StreamKind::kNull;
  if (step.place != Place::kHost || !(closed || has_no_terminal(context))) return;
  const OptionUse* use = terminal_of(step);
  if (use == nullptr || is_fed(step) || is_done_without(step)) return;
  if (context.timeline() != nullptr && has_asked(*context.timeline(), step, use->span)) return;
  // Redirected output is another rule's.
  const bool redirected = step.out.kind == StreamKind::kFile ||
                          step.out.kind == StreamKind::kPipe ||
                          step.out.kind == StreamKind::kCaptured;
  const bool run = step.docker && step.docker->is("container run");
  if (!closed && redirected && !run && !is_for_people(step, context.timeline())) return;
  if (is_one_of_a_script(step)) return;
  if (!closed && is_on_a_way_of_its_own(context.timeline(), step)) return;
  report_terminal(
      step, *use,
      closed ? "standard input is closed here: " : "there is no terminal here: ", context);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker exec -it app_db vacuumdb -a </dev/null\n",
    .safe = "docker exec -i app_db vacuumdb -a </dev/null\n",
}};

}  // namespace

COMPOSELINT_RULE(tty_in_ci) = {
    .slug = "tty-in-ci",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "A terminal is asked for where there is none",
    .rationale =
        "`docker exec -it`, `docker run -it` and `docker compose run -it` stop with `the input "
        "device is not a TTY`, exit code 1, when standard input is no terminal: in a pipeline, "
        "from cron, from a systemd unit, behind `</dev/null` (measured with Compose 2.40.3 and "
        "engine 20.10). `docker compose exec -it` does nothing of the kind in v2 and works. "
        "`docker-compose exec` of 1.x stops so from cron and systemd unless `-T` is given "
        "(measured with 1.29.2), a warning. Reported once a file.",
    .silent_on =
        "`podman`, which only warns. Scripts that may as well be started by hand, unless a page of "
        "the repository has the line of cron that starts them. CircleCI and Travis, which give "
        "their steps a terminal. What a script that a pipeline calls does under a condition. "
        "Lines, and options in variables, behind a test for one (`[ -t 0 ]`, `tty -s`). Functions "
        "whose caller does without what they say (`|| true`). Lines whose input or output is "
        "redirected into what other rules look at.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
    .on_workspace = on_workspace,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
