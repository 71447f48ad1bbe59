#include "cli/config_call.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "analyzer/compose/origin.h"
#include "analyzer/report/display.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

compose::Environment process_environment() {
  compose::Environment environment;
  for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.set(std::string(text.substr(0, equals)),
                    {std::string(text.substr(equals + 1)), {}, "shell"});
  }
  return environment;
}

void print_line(const Span& span, std::string_view kind, const std::string& message) {
  std::string line = compose::shown_place(span);
  if (!line.empty()) line += ": ";
  line += kind;
  line += message;
  std::fprintf(stderr, "%s\n", report::printable(line).c_str());
}

// Compose takes SERVICE beside these and does nothing with it.
bool regards_all_services(ConfigView view) {
  constexpr std::array<ConfigView, 5> kViews = {ConfigView::kServices, ConfigView::kVolumes,
                                                ConfigView::kNetworks, ConfigView::kModels,
                                                ConfigView::kHash};
  return std::find(kViews.begin(), kViews.end(), view) != kViews.end();
}

}  // namespace

compose::LoadRequest load_request(const ConfigOptions& options, std::string working_directory) {
  compose::LoadRequest request;
  request.files = options.files;
  request.profiles = options.profiles;
  request.env_files = options.env_files;
  request.services = options.services;
  request.project_name = options.project_name;
  request.project_directory = options.project_directory;
  request.working_directory = std::move(working_directory);
  request.no_interpolate = options.no_interpolate || options.view == ConfigView::kVariables;
  const bool plain = options.view == ConfigView::kModel || options.view == ConfigView::kServices;
  request.as_written = options.view == ConfigView::kVariables || (options.no_interpolate && plain);
  request.no_normalize = options.no_normalize || options.compatibility;
  request.no_path_resolution = options.no_path_resolution;
  request.no_consistency = options.no_consistency;
  request.no_env_resolution = options.no_env_resolution;
  request.all_resources = options.all_resources;
  switch (options.view) {
    case ConfigView::kModel:
    case ConfigView::kEnvironment:
    case ConfigView::kProvenance:
    case ConfigView::kWhy: break;
    default: request.keep_env_files = true;
  }
  if (regards_all_services(options.view)) request.services.clear();
  return request;
}

Result<compose::LoadedProject> ConfigCall::load(const ConfigOptions& options) {
  compose::LoadRequest request = load_request(options, working_directory_);
  request.environment = process_environment();
  if (std::find(options.files.begin(), options.files.end(), "-") != options.files.end()) {
    Result<std::string> text = read_standard_input();
    if (!text) return text.failure();
    request.stdin_text = std::move(*text);
  }
  return compose::load(request, store_);
}

ExitCode report_refusal(const Failure& failure) {
  print_line(failure.span, "error: ", failure.message);
  return failure.code == FailureCode::kUsage ? ExitCode::kTrouble : ExitCode::kFindings;
}

void report_warnings(const Project& project) {
  for (const ProjectProblem& problem : project.problems) {
    print_line(problem.span, problem.refused ? "error: " : "warning: ", problem.message);
  }
}

}  // namespace composelint::cli
