#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/new_config.h"

namespace composelint::cli {

ExitCode init_command(const Words& words) {
  const auto parsed = parse_init(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const InitOptions& options = *std::get_if<InitOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  const text::DiskFileSystem files;
  const auto path = place_of_new_config(*directory, options.print);
  if (!path) return complain(path.failure().message);
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = *directory;
  request.config.none = true;  // what holds without one
  const engine::Outcome outcome = engine::check(request, files, all_rules());
  return write_new_config(*path, report::starting_config(outcome.run), options.print);
}

}  // namespace composelint::cli
