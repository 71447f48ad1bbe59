#include <composelint/nearest.h>
#include <fmt/format.h>

#include <vector>

#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/verdict.h"

namespace composelint::cli {

namespace {

std::string no_such_task(const TraceOptions& options, const std::vector<ScriptRecord>& scripts) {
  std::vector<std::string_view> known;
  for (const ScriptRecord& script : scripts) {
    if (!script.timeline->task.empty()) known.push_back(script.timeline->task);
  }
  const auto meant = nearest(*options.task, known);
  if (known.empty()) return fmt::format("{} has no tasks of a name", options.script);
  return fmt::format("{} has no task \"{}\"{}", options.script, *options.task,
                     meant.empty() ? fmt::format("; it has {}", fmt::join(known, ", "))
                                   : fmt::format("; did you mean \"{}\"?", meant));
}

}  // namespace

ExitCode trace_command(const Words& words) {
  const auto parsed = parse_trace(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const TraceOptions& options = *std::get_if<TraceOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  const text::DiskFileSystem files;
  if (files.kind(options.script) == FileKind::kDirectory) {
    return complain(options.script + " is a directory; a trace is of one file");
  }
  engine::CheckRequest request;
  request.paths = {options.script};
  request.working_directory = *directory;
  request.config = {options.config.file, options.config.none};
  request.called_tasks = true;
  const engine::Outcome outcome = engine::check(request, files, all_rules());
  for (const Notification& trouble : outcome.run.notifications) {
    const bool told = trouble.severity == Severity::kError || outcome.run.scripts.empty();
    if (told)
      complain(trouble.path.empty() ? trouble.message : trouble.path + ": " + trouble.message);
  }
  std::vector<ScriptRecord> scripts;
  for (const ScriptRecord& script : outcome.run.scripts) {
    if (!options.task || script.timeline->task == *options.task) scripts.push_back(script);
  }
  if (scripts.empty() && options.task && !outcome.run.scripts.empty()) {
    return complain(no_such_task(options, outcome.run.scripts));
  }
  if (scripts.empty()) {
    return outcome.run.notifications.empty() ? complain(options.script + " holds no commands")
                                             : ExitCode::kTrouble;
  }
  report::Options shown;
  shown.all = options.all;
  shown.colour = wants_colour(options.colour, false);
  const std::string text = options.format == Format::kJson ? report::trace_json(scripts)
                                                           : report::trace_text(scripts, shown);
  if (const auto trouble = write_output(std::nullopt, text)) return complain(trouble->message);
  return verdict(outcome.run, std::nullopt);
}

}  // namespace composelint::cli
