#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/verdict.h"

namespace composelint::cli {

ExitCode calls_command(const Words& words) {
  const auto parsed = parse_calls(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const CallsOptions& options = *std::get_if<CallsOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  engine::CheckRequest request;
  request.paths = options.paths;
  if (request.paths.empty()) request.paths = {"."};
  request.working_directory = *directory;
  request.config = {options.config.file, options.config.none};
  const text::DiskFileSystem files;
  // The rules are told because comments may name them; what they find is not asked for.
  const engine::Outcome outcome = engine::check(request, files, all_rules());
  for (const Notification& trouble : outcome.run.notifications) {
    if (trouble.severity != Severity::kError) continue;
    complain(trouble.path.empty() ? trouble.message : trouble.path + ": " + trouble.message);
  }
  const bool json = options.format == Format::kJson;
  const std::string list = json ? report::calls_json(outcome.run) : report::calls_text(outcome.run);
  if (const auto trouble = write_output(std::nullopt, list)) return complain(trouble->message);
  return verdict(outcome.run, std::nullopt);
}

}  // namespace composelint::cli
