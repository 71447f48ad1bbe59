// `composelint config`: the resolved project, as `docker compose config` prints it.
#include <utility>

#include "cli/commands.h"
#include "cli/config_call.h"
#include "cli/config_options.h"
#include "cli/config_views.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

constexpr const char* kHelp =
    "Usage: composelint [OPTION...] config [OPTION...] [SERVICE...]\n\n"
    "Resolves a compose project as `docker compose config` does, without Docker.\n\n"
    "In front of config, as for docker compose:\n"
    "  -f, --file FILE          a compose file, - for standard input\n"
    "  -p, --project-name NAME\n"
    "  --profile NAME\n"
    "  --env-file FILE\n"
    "  --project-directory DIR\n"
    "  --all-resources          keep volumes, networks, ... that no service uses\n\n"
    "Behind it:\n"
    "  --format yaml|json\n"
    "  -q, --quiet              only tell whether the project is accepted\n"
    "  -o, --output FILE\n"
    "  --provenance             each value with file:line:column and how it came there\n"
    "  --why PATH               the story of one value: --why services.app.image\n"
    "  --services --images --profiles --volumes --networks --models\n"
    "  --variables --environment --hash SERVICES\n"
    "  --no-interpolate --no-normalize --no-path-resolution --no-consistency\n"
    "  --no-env-resolution\n\n"
    "Exit codes: 0 resolved, 1 Compose would refuse the project, 2 wrong usage\n";

}  // namespace

ExitCode config_command(const Words& words) {
  for (const std::string& word : words) {
    if (word == "--help" || word == "-h") return show({kHelp, ExitCode::kClean});
  }
  Result<ConfigOptions> options = parse_config_options(words);
  if (!options) return complain(options.failure().message);
  const Result<std::string> directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  ConfigCall call(*directory);
  Result<compose::LoadedProject> loaded = call.load(*options);
  if (!loaded) return report_refusal(loaded.failure());
  report_warnings(loaded->project);
  const Result<std::string> text = view_of_project(*options, std::move(*loaded));
  if (!text) return report_refusal(text.failure());
  if (options->quiet) return ExitCode::kClean;
  std::optional<std::string> output;
  if (!options->output.empty()) output = options->output;
  if (const MaybeFailure failure = write_output(output, *text)) return complain(failure->message);
  return ExitCode::kClean;
}

}  // namespace composelint::cli
