#include <composelint/mentions.h>
#include <composelint/once_a_file.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <array>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

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

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Something on the line or in the unit says where it is to run.
bool says_where(const Step& step, Starter starter) {
  const SourceFile& file = *step.span.file;
  if (starter == Starter::kSystemd) return contains(file.bytes(), "WorkingDirectory");
  const std::string_view line = file.line_text(file.line_of(step.span.begin));
  return contains(line, "cd ") || contains(line, "COMPOSE_FILE") || contains(line, "pushd ") ||
         contains(file.bytes(), "COMPOSE_FILE");
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Timeline* timeline = context.timeline();
  if (timeline == nullptr || step.place != Place::kHost || call.opaque_global) return;
  if (call.span.file != timeline->file || step.directory.value_or("").starts_with('/')) return;
  const Starter starter = starter_of(*timeline->file);
  if (starter == Starter::kNone || says_where(step, starter)) return;
  // By its name alone a running project is found from anywhere.
  if (call.verb.empty() || call.global_option("--project-name") != nullptr ||
      call.global_option("--project-directory") != nullptr || call.is("ls") || call.is("version")) {
    return;
  }
  const OptionUse* file = call.global_option("--file");
  if (file != nullptr) {
    if (!file->value || !file->value->known()) return;
    const std::string& path = file->value->text;
    if (path.starts_with('/') || path.starts_with('~')) return;
  }
  const std::string where =
      starter == Starter::kCron ? "cron starts it in the user's home" : "systemd starts it in `/`";
  context.report(
      file != nullptr ? file->value->place() : call.program_span,
      where +
          (file != nullptr ? ", and " + quoted(file->value->text) + " is looked for there"
                           : ", and Compose looks for a compose file there") +
          ": " + quoted(call.verb) + " does not find its project",
      {call.verb, file != nullptr ? file->value->text : std::string()});
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
        "Lines with a `cd`, units with `WorkingDirectory=`, calls with `-p` or "
        "`--project-directory`, COMPOSE_FILE. Scripts that cron runs: they may change the "
        "directory themselves.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
