#include "analyzer/compose/loader.h"

#include <utility>

#include "analyzer/compose/files.h"
#include "analyzer/compose/load.h"
#include "analyzer/compose/missing_sources.h"
#include "analyzer/compose/model.h"
#include "analyzer/compose/normalise.h"
#include "analyzer/compose/own_files.h"
#include "analyzer/compose/project_model.h"
#include "analyzer/compose/project_name.h"
#include "analyzer/compose/public_project.h"
#include "analyzer/compose/select_files.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

class Loader {
 public:
  Loader(const LoadRequest& request, text::SourceStore& store)
      : request_(request),
        trails_(std::make_unique<Trails>()),
        load_(request, store, *trails_),
        files_(load_) {}

  Result<LoadedProject> run();

 private:
  Result<Value> untyped();
  Result<ProjectModel> typed(Value model);
  MaybeFailure complete(ProjectModel& project);
  LoadedProject finish(ProjectModel project);

  const LoadRequest& request_;
  std::unique_ptr<Trails> trails_;
  Load load_;
  ComposeFiles files_;
  Selection selection_;
  Value name_;
};

// The members of a map stay where they are when the map is moved.
void point_into_models(LoadedProject& loaded) {
  Project& project = loaded.project;
  const Value* active = loaded.model.find("services");
  for (Service& service : project.services) {
    service.model =
        service.active ? active->find(service.name) : loaded.inactive.find(service.name);
  }
  project.networks_model = loaded.model.find("networks");
  project.volumes_model = loaded.model.find("volumes");
  project.secrets_model = loaded.model.find("secrets");
  project.configs_model = loaded.model.find("configs");
}

Result<Value> Loader::untyped() {
  Result<Value> name = project_name(selection_, files_, load_);
  if (!name) return name.failure();
  name_ = std::move(*name);
  // The untyped model of Compose is made without the caller's variables.
  if (request_.as_written) selection_.environment = {};
  if (name_.known) {
    selection_.environment.set("COMPOSE_PROJECT_NAME", {name_.text, name_.span, "project name"});
  }

  const Scope scope{selection_.directory, selection_.directory, &selection_.environment,
                    !request_.no_path_resolution, false};
  Result<Value> model = ModelBuilder(load_, files_).build(selection_.files, scope, {});
  if (!model) return model;
  if (model->members.empty()) {
    if (MaybeFailure failure = load_.refuse({FailureCode::kInvalid, "empty compose file", {}})) {
      return *failure;
    }
  }
  if (name_.text.empty()) {
    if (MaybeFailure failure =
            load_.refuse({FailureCode::kInvalid, "project name must not be empty", name_.span})) {
      return *failure;
    }
  }
  if (request_.no_normalize) return model;
  if (MaybeFailure failure = normalise(*model, name_, selection_.environment, load_)) {
    return *failure;
  }
  return model;
}

Result<ProjectModel> Loader::typed(Value model) {
  Result<ProjectModel> project = shape_project(std::move(model), load_);
  if (!project) return project;
  project->name = name_;
  project->environment = selection_.environment;
  select_profiles(*project, selection_.profiles);
  if (!request_.no_consistency) {
    if (MaybeFailure failure = check_consistency(*project, load_)) return *failure;
  }
  if (!request_.keep_env_files) {
    if (MaybeFailure failure = resolve_env_files(*project, load_)) return *failure;
  }
  if (MaybeFailure failure = resolve_label_files(*project, load_)) return *failure;
  return project;
}

// What only `config` and its kin do with a loaded project.
MaybeFailure Loader::complete(ProjectModel& project) {
  enable_services(project, request_.services);
  if (MaybeFailure failure = keep_services(project, request_.services, load_)) return failure;
  if (!request_.all_resources) drop_unused_resources(project);
  if (!request_.no_env_resolution && !request_.keep_env_files) {
    if (MaybeFailure failure = resolve_env_files(project, load_)) return failure;
  }
  if (request_.no_consistency) return std::nullopt;
  return check_container_names(project, load_);
}

LoadedProject Loader::finish(ProjectModel project) {
  LoadedProject loaded;
  if (load_.lint()) note_missing_sources(project, selection_.directory, load_);
  loaded.project = public_project(project, load_);
  loaded.project.directory = selection_.directory;
  loaded.project.default_files = selection_.default_files;
  if (load_.lint()) {
    const std::string env = text::join_path(selection_.directory, ".env");
    loaded.project.own_env =
        load_.files().kind(env) == FileKind::kNone && is_each_machines_own(load_.files(), env);
    loaded.project.set_nearby = variables_set_in(load_.files(), selection_.directory);
  }
  for (const std::string& path : selection_.files) {
    const Result<ComposeFile*> file = files_.open(path);
    if (file) loaded.project.files.push_back((*file)->source);
  }
  loaded.inactive = std::move(project.inactive);
  Value& model = loaded.model;
  model = Value::map();
  model.set("name", std::move(project.name));
  Value& services = model.set("services", std::move(project.services));
  if (!services.span) services.trail = trails_->push(nullptr, {OriginKind::kDefault, {}, {}});
  const auto add = [&](const char* key, Value section) {
    if (!section.members.empty()) model.set(key, std::move(section));
  };
  add("networks", std::move(project.networks));
  add("volumes", std::move(project.volumes));
  add("secrets", std::move(project.secrets));
  add("configs", std::move(project.configs));
  add("models", std::move(project.models));
  add("#extensions", std::move(project.extensions));
  loaded.environment = std::move(project.environment);
  loaded.trails = std::move(trails_);
  if (load_.lint()) {
    point_into_models(loaded);
    loaded.streams = files_.release(loaded.project.written);
  }
  return loaded;
}

Result<LoadedProject> Loader::run() {
  Result<Selection> selected = select_files(load_);
  if (!selected) return selected.failure();
  selection_ = std::move(*selected);
  Result<Value> model = untyped();
  if (!model) return model.failure();
  if (request_.as_written) {
    LoadedProject loaded;
    loaded.model = std::move(*model);
    loaded.project.problems = load_.problems();
    loaded.project.name = {name_.text, {name_.span, nullptr}, name_.known};
    loaded.environment = selection_.environment;
    loaded.trails = std::move(trails_);
    return loaded;
  }
  Result<ProjectModel> project = typed(std::move(*model));
  if (!project) return project.failure();
  if (load_.lint()) return finish(std::move(*project));
  if (MaybeFailure failure = complete(*project)) return *failure;
  return finish(std::move(*project));
}

}  // namespace

Result<LoadedProject> load(const LoadRequest& request, text::SourceStore& store) {
  return Loader(request, store).run();
}

}  // namespace composelint::compose
