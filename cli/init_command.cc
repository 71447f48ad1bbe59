#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace composelint::cli {

ExitCode init_command(const Words& words) {
  const auto parsed = parse_init(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const InitOptions& options = *std::get_if<InitOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  const text::DiskFileSystem files;
  const std::string path = text::join_path(*directory, engine::kConfigName);
  if (!options.print && files.kind(path) != FileKind::kNone) {
    return complain(std::string(engine::kConfigName) +
                    " is there already; --print shows what would be written");
  }
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = *directory;
  request.config.none = true;  // what holds without one
  const engine::Outcome outcome = engine::check(request, files, all_rules());
  const std::string text = report::starting_config(outcome.run);
  const auto trouble = write_output(options.print ? std::nullopt : std::optional(path), text);
  if (trouble) return complain(trouble->message);
  if (!options.print) say("wrote " + std::string(engine::kConfigName) + "\n");
  return ExitCode::kClean;
}

}  // namespace composelint::cli
