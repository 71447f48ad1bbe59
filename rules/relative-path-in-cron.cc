#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/words/cron_line.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// A unit of a user is started in the home, where a stack may lie.
bool is_of_a_user(const SourceFile& unit) {
  return contains(unit.path(), "systemd/user/") ||
         contains(unit.bytes(), "WantedBy=default.target");
}

enum class Starter { kNone, kCron, kSystemd };

Starter starter_of(const SourceFile& file) {
  const std::string_view path = file.path();
  const std::string_view name = file_name(path);
  if (name.ends_with(".service")) return Starter::kSystemd;
  const bool cron = name.find("crontab") != std::string_view::npos || name.ends_with(".cron") ||
                    name.ends_with("cronjobs") || name.ends_with("cron.txt") ||
                    path.find("cron.d/") != std::string_view::npos ||
                    path.find("crontabs/") != std::string_view::npos;
  return cron ? Starter::kCron : Starter::kNone;
}

// Something on the line or in the unit says where it is to run.
bool says_where(Span started, Starter starter) {
  const SourceFile& file = *started.file;
  if (starter == Starter::kSystemd) {
    return contains(file.bytes(), "WorkingDirectory") || contains(file.bytes(), "RootDirectory") ||
           is_of_a_user(file) || contains(file.bytes(), "COMPOSE_FILE") ||
           contains(file.bytes(), "EnvironmentFile");
  }
  const std::string_view line = file.line_text(file.line_of(started.begin));
  return contains(line, "cd ") || contains(line, "COMPOSE_FILE") || contains(line, "pushd ") ||
         contains(file.bytes(), "COMPOSE_FILE");
}

// By its name alone a running project is found from anywhere; a path from the root, too.
bool finds_its_project(const ComposeInvocation& call) {
  if (call.verb.empty() || call.opaque_global || call.global_option("--project-name") != nullptr ||
      call.global_option("--project-directory") != nullptr || call.is("ls") || call.is("version")) {
    return true;
  }
  const OptionUse* file = call.global_option("--file");
  if (file == nullptr) return false;
  if (!file->value || !file->value->known()) return true;
  const std::string& path = file->value->text;
  return path.starts_with('/') || path.starts_with('~');
}

Finding& report(const ComposeInvocation& call, Starter starter, RuleContext& context,
                const std::string& told = {}) {
  const OptionUse* file = call.global_option("--file");
  const std::string where =
      starter == Starter::kCron ? "cron starts it in the user's home" : "systemd starts it in `/`";
  return context.report(
      file != nullptr ? file->value->place() : call.program_span,
      told + where +
          (file != nullptr ? ", and " + quoted(file->value->text) + " is looked for there"
                           : ", and Compose looks for a compose file there") +
          ": " + quoted(call.verb) + " does not find its project",
      {call.verb, file != nullptr ? file->value->text : std::string()});
}

// `# 1 0 * * 0 /srv/app/backup.sh` in the comments at the head of that script: how it is to be run.
// 0: nothing says so.
std::uint32_t line_of_cron_in(const SourceFile& file) {
  const std::string_view name = file_name(file.path());
  for (std::uint32_t number = 1; number <= std::min<std::uint32_t>(file.line_count(), 40);
       ++number) {
    const std::string_view line = file.line_text(number);
    if (!line.starts_with('#')) {
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      return 0;
    }
    const std::string_view command = command_of_cron(line);
    if (starts_file(command, name) && !contains(command, "cd ")) return number;
  }
  return 0;
}

// Somewhere in it: a change of directory, or a word on where the files are.
bool moves_about(const SourceFile& file) {
  const std::string_view text = file.bytes();
  return contains(text, "cd ") || contains(text, "pushd ") || contains(text, "COMPOSE_FILE") ||
         contains(text, "chdir");
}

// The first call of the script that needs another directory than cron's.
const ComposeInvocation* lost_call(const Timeline& task) {
  for (const Step& step : task.steps) {
    if (step.call && step.call->span.file == task.file && step.place == Place::kHost &&
        !step.directory.value_or("").starts_with('/') && !finds_its_project(*step.call)) {
      return &*step.call;
    }
  }
  return nullptr;
}

// A script whose own head says that cron runs it.
void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  for (const Timeline* task : tasks) {
    if (!task->task.empty() || starter_of(*task->file) != Starter::kNone) continue;
    const std::uint32_t line = line_of_cron_in(*task->file);
    if (line == 0 || moves_about(*task->file)) continue;
    const ComposeInvocation* call = lost_call(*task);
    if (call == nullptr) continue;
    report(*call, Starter::kCron, context,
           "this script is for cron (line " + std::to_string(line) + "): ");
  }
}

// One of which a page has the line.
void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    if (!timeline.task.empty() || timeline.script == nullptr || task.context == Context::kDocs ||
        starter_of(*timeline.file) != Starter::kNone || line_of_cron_in(*timeline.file) != 0) {
      continue;
    }
    const ComposeInvocation* call = lost_call(timeline);
    if (call == nullptr || moves_about(*timeline.file)) continue;
    const auto line = cron_line_in_pages(facts, *timeline.file);
    if (!line || contains(line->text(), "cd ")) continue;
    Finding& finding =
        report(*call, Starter::kCron, context,
               "this script is for cron (line " + std::to_string(line->file->line_of(line->begin)) +
                   " of " + quoted(file_name(line->file->path())) + "): ");
    finding.severity = context.severity_in(task.context);
    finding.context = to_string(task.context);
  }
}

// The line itself, or one that starts a script of the repository.
void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Timeline* timeline = context.timeline();
  if (timeline == nullptr || step.place != Place::kHost) return;
  const Starter starter = starter_of(*timeline->file);
  const std::string directory = step.directory.value_or("");
  // A unit that names no directory is started in `/`.
  if (directory.starts_with('/') && !(starter == Starter::kSystemd && directory == "/")) return;
  if (starter == Starter::kNone || finds_its_project(call)) return;
  if (call.span.file == timeline->file) {
    if (!says_where(step.span, starter)) report(call, starter, context);
    return;
  }
  if (step.called_from.empty() || step.called_from.front().file != timeline->file) return;
  const Span started = step.called_from.front();
  if (says_where(started, starter) || moves_about(*call.span.file)) return;
  report(call, starter, context,
         "line " + std::to_string(timeline->file->line_of(started.begin)) + " of " +
             quoted(file_name(timeline->file->path())) + " starts this script: ");
}

constexpr Example kExamples[] = {{
    .unsafe = "15 3 * * * docker compose -f app/compose.yaml exec -T app ./bin/cleanup\n",
    .safe = "15 3 * * * docker compose -f /srv/app/compose.yaml exec -T app ./bin/cleanup\n",
    .file = "crontab",
}};

}  // namespace

COMPOSELINT_RULE(relative_path_in_cron) = {
    .slug = "relative-path-in-cron",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kOff},
    .summary = "A line of cron or systemd runs compose away from its project",
    .rationale =
        "cron starts a line in the home of its user, systemd a unit in `/`. Compose looks for its "
        "files in the working directory and those above it, and a relative `-f` begins there: `no "
        "configuration file provided: not found`, in a mail that nobody reads. `cd /srv/app && …`, "
        "`WorkingDirectory=` or an absolute `-f` say where.",
    .silent_on =
        "Lines with a `cd`, units with `WorkingDirectory=`, units of users, which start at home, "
        "calls with `-p` or "
        "`--project-directory`, COMPOSE_FILE. Scripts that cron runs, unless their own head "
        "or a crontab or a page of the repository has the line that starts them, and nothing in "
        "them "
        "changes the directory.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_file = on_file,
    .on_workspace = on_workspace,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
