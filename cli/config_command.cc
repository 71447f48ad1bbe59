#include "cli/config_command.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include "analyzer/compose/loader.h"
#include "analyzer/compose/presentation.h"
#include "analyzer/compose/print_json.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/source_store.h"
#include "cli/config_options.h"

namespace composelint::cli {

namespace {

constexpr int kRefused = 1;
constexpr int kBadUsage = 2;

compose::LoadRequest request_of(ConfigOptions options, const ConfigSurroundings& surroundings) {
  compose::LoadRequest request;
  if (std::find(options.files.begin(), options.files.end(), "-") != options.files.end()) {
    request.stdin_text = surroundings.read_stdin();
  }
  request.files = std::move(options.files);
  request.profiles = std::move(options.profiles);
  request.env_files = std::move(options.env_files);
  request.services = std::move(options.services);
  request.project_name = std::move(options.project_name);
  request.project_directory = std::move(options.project_directory);
  request.working_directory = surroundings.working_directory;
  request.environment = surroundings.environment;
  request.no_interpolate = options.no_interpolate;
  request.no_normalize = options.no_normalize || options.compatibility;
  request.no_path_resolution = options.no_path_resolution;
  request.no_consistency = options.no_consistency;
  request.no_env_resolution = options.no_env_resolution;
  request.all_resources = options.all_resources;
  return request;
}

void print_place(const Span& span, std::ostream& err) {
  if (!span) return;
  const Position at = span.file->position(span.begin, ColumnUnit::kCodePoint);
  err << span.file->path() << ':' << at.line << ':' << at.column << ": ";
}

void print_failure(const Failure& failure, std::ostream& err) {
  print_place(failure.span, err);
  err << "error: " << failure.message << '\n';
}

void print_warnings(const Project& project, std::ostream& err) {
  for (const ProjectProblem& problem : project.problems) {
    print_place(problem.span, err);
    err << (problem.refused ? "error: " : "warning: ") << problem.message << '\n';
  }
}

// Digests are the registry's to tell: only a project that names them all can be printed with them.
MaybeFailure check_digests(const Project& project) {
  for (const Service& service : project.services) {
    if (!service.active || !service.image) continue;
    if (service.image->value.find('@') != std::string::npos) continue;
    return Failure{FailureCode::kUnsupported,
                   "the digest of " + service.image->value + " is known to its registry only",
                   service.image->from.span};
  }
  return std::nullopt;
}

// Of every service its image, and nothing else.
compose::Value images_only(const compose::Value& model) {
  compose::Value services = compose::Value::map();
  for (const compose::Member& service : model.find("services")->members) {
    compose::Value kept = compose::Value::map();
    for (const char* key : {"command", "entrypoint"}) kept.set(key, compose::Value::null());
    if (const compose::Value* image = service.value.find("image")) kept.set("image", *image);
    services.set(service.key, std::move(kept), service.span);
  }
  compose::Value out = compose::Value::map();
  out.set("name", compose::Value::of(std::string()));
  out.set("services", std::move(services));
  return out;
}

}  // namespace

int run_config(const std::vector<std::string>& words, const ConfigSurroundings& surroundings) {
  Result<ConfigOptions> options = parse_config_options(words);
  if (!options) {
    print_failure(options.failure(), surroundings.err);
    return kBadUsage;
  }
  const ConfigOptions wanted = *options;
  const text::DiskFileSystem disk;
  text::SourceStore store(disk, surroundings.working_directory);
  Result<compose::LoadedProject> loaded =
      compose::load(request_of(std::move(*options), surroundings), store);
  if (!loaded) {
    print_failure(loaded.failure(), surroundings.err);
    return kRefused;
  }
  print_warnings(loaded->project, surroundings.err);
  if (wanted.resolve_image_digests || wanted.lock_image_digests) {
    if (const MaybeFailure failure = check_digests(loaded->project)) {
      print_failure(*failure, surroundings.err);
      return kRefused;
    }
  }
  if (wanted.lock_image_digests) loaded->model = images_only(loaded->model);
  Result<compose::Value> model = wanted.no_interpolate
                                     ? compose::as_sorted(std::move(loaded->model))
                                     : compose::as_json_model(std::move(loaded->model));
  Result<std::string> text =
      model ? compose::print_json(*model, !wanted.no_interpolate) : model.failure();
  if (!text) {
    print_failure(text.failure(), surroundings.err);
    return kRefused;
  }
  if (!wanted.quiet) surroundings.out << *text;
  return 0;
}

}  // namespace composelint::cli
