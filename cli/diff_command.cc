// `composelint diff A... -- B...`: what changes in the resolved project between two calls.
#include <algorithm>
#include <utility>

#include "analyzer/compose/difference.h"
#include "analyzer/compose/origin.h"
#include "analyzer/compose/presentation.h"
#include "analyzer/report/display.h"
#include "cli/commands.h"
#include "cli/config_call.h"
#include "cli/config_options.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

constexpr const char* kHelp =
    "Usage: composelint diff A... -- B...\n\n"
    "A and B are what stands in front of a subcommand of docker compose:\n"
    "  composelint diff -f compose.yaml -- -f compose.yaml -f prod.yaml --env-file prod.env\n\n"
    "Prints what B adds (+), removes (-) and changes (~), by path, with the place in B, or in A\n"
    "for what is removed. Values that look like secrets show as ***.\n\n"
    "Exit codes: 0 no difference, 1 differences, 2 wrong usage, or a project that is refused\n";

std::string line_of(const compose::Difference& difference) {
  const std::string& path = difference.path;
  std::string line;
  if (!difference.before) {
    line = "+ " + path + ": " + compose::shown_value(path, *difference.after);
  } else if (!difference.after) {
    line = "- " + path + ": " + compose::shown_value(path, *difference.before);
  } else {
    line = "~ " + path + ": " + compose::shown_value(path, *difference.before) + " -> " +
           compose::shown_value(path, *difference.after);
  }
  const compose::Value& told = difference.after ? *difference.after : *difference.before;
  const std::string place = compose::shown_place(told.span);
  if (!place.empty()) line += "  # " + place;
  return report::printable(line) + "\n";
}

}  // namespace

ExitCode diff_command(const Words& words) {
  if (words.empty() || words.front() == "--help" || words.front() == "-h") {
    return show({kHelp, words.empty() ? ExitCode::kTrouble : ExitCode::kClean});
  }
  const auto between = std::find(words.begin(), words.end(), "--");
  if (between == words.end()) return complain("diff needs two calls with -- between them");
  const Result<std::string> directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  ConfigCall call(*directory);
  std::vector<compose::LoadedProject> sides;
  for (Words side : {Words(words.begin(), between), Words(between + 1, words.end())}) {
    side.emplace_back("config");
    const Result<ConfigOptions> options = parse_config_options(side);
    if (!options) return complain(options.failure().message);
    Result<compose::LoadedProject> loaded = call.load(*options);
    if (!loaded) {
      report_refusal(loaded.failure());
      return ExitCode::kTrouble;
    }
    loaded->model = compose::as_yaml_model(std::move(loaded->model));
    sides.push_back(std::move(*loaded));
  }
  std::string text;
  for (const compose::Difference& one :
       compose::differences(sides.front().model, sides.back().model)) {
    text += line_of(one);
  }
  if (const MaybeFailure failure = write_output(std::nullopt, text)) {
    return complain(failure->message);
  }
  return text.empty() ? ExitCode::kClean : ExitCode::kFindings;
}

}  // namespace composelint::cli
