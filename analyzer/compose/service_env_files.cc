#include <set>
#include <string>
#include <utility>

#include "analyzer/compose/env_files.h"
#include "analyzer/compose/own_files.h"
#include "analyzer/compose/project_model.h"
#include "analyzer/compose/shape.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

class EnvFileReader {
 public:
  EnvFileReader(const ProjectModel& project, Load& load) : project_(project), load_(load) {}

  MaybeFailure service(Value& service);
  MaybeFailure labels(Value& service);

 private:
  Result<DotenvFile> read(const Value& path, std::string_view format, const Lookup& lookup,
                          const Environment& seen, bool required);
  Value value_of(DotenvEntry entry);

  const ProjectModel& project_;
  Load& load_;
};

Value EnvFileReader::value_of(DotenvEntry entry) {
  Value value = Value::of(std::move(entry.value));
  value.span = entry.span;
  value.known = entry.known;
  for (const UsedVariable& used : entry.used) {
    value.trail = load_.trails().push(value.trail, {OriginKind::kVariable, used.span,
                                                    used.by_default ? used.name + " (default)"
                                                    : used.set      ? used.name
                                                                    : used.name + " (not set)"});
  }
  value.trail = load_.trails().push(value.trail, {OriginKind::kEnvFile, entry.span, {}});
  return value;
}

Result<DotenvFile> EnvFileReader::read(const Value& path, std::string_view format,
                                       const Lookup& lookup, const Environment& seen,
                                       bool required) {
  const std::string full = text::join_path(load_.request().working_directory, path.text);
  const auto failed = [&](FailureCode code, std::string message) {
    return Failure{code, std::move(message), path.span};
  };
  if (!path.known) return DotenvFile{};
  if (load_.files().kind(full) == FileKind::kNone) {
    if (!required) return DotenvFile{};
    return failed(FailureCode::kNotFound, "env file " + load_.store().shown(full) + " not found");
  }
  const Result<const SourceFile*> source = load_.store().open(full);
  if (!source) return failed(source.failure().code, source.failure().message);
  if (format == "raw") return parse_raw_env(**source, lookup);
  if (!format.empty()) {
    return failed(FailureCode::kInvalid,
                  "unsupported env_file format \"" + std::string(format) + "\"");
  }
  Result<DotenvFile> file =
      parse_dotenv(**source, lookup, seen, load_.lint() ? Unset::kHole : Unset::kEmpty);
  if (file && load_.lint()) note_unset(*file, load_);
  if (file && !load_.lint()) {
    for (const std::string& name : file->unset) {
      load_.warn({}, "The \"" + name + "\" variable is not set. Defaulting to a blank string.");
    }
  }
  return file;
}

// Bare names of the service's own `environment` take the caller's value, or stay without.
void pass_through(Value& variables, const Environment& environment, Trails& trails) {
  for (Member& member : variables.members) {
    if (!member.value.is_null()) continue;
    const Variable* found = environment.find(member.key);
    if (found == nullptr) continue;
    const Value was = member.value;
    member.value = Value::of(found->value).from(was);
    if (!member.value.span) member.value.span = member.span;
    member.value.trail = trails.push(was.trail, {OriginKind::kVariable, found->span, member.key});
  }
}

MaybeFailure EnvFileReader::service(Value& service) {
  Value own = Value::map();
  if (Value* declared = service.find("environment")) {
    pass_through(*declared, project_.environment, load_.trails());
    own = *declared;
  }
  const Value* files = service.find("env_file");
  if (files == nullptr) return std::nullopt;
  // A line sees the project's variables, then the service's own, then the files' so far.
  Environment declared;
  Environment seen;
  Value merged = Value::map().from(own);
  merged.by_name = true;
  for (const Member& member : own.members) {
    if (member.value.is_null()) continue;
    declared.set(member.key, {member.value.text, member.value.span, {}});
    seen.set(member.key, {member.value.text, member.value.span, {}});
  }
  const Lookup lookup = [&](std::string_view name) {
    const Variable* found = project_.environment.find(name);
    return found != nullptr ? found : declared.find(name);
  };
  for (const Value& file : files->items) {
    const Value* path = file.find("path");
    const Value* required = file.find("required");
    if (path == nullptr) {
      // An empty path was left out with the other empty values.
      if (required == nullptr || !required->boolean) continue;
      const Failure empty{FailureCode::kNotFound, "env file \"\" not found", file.span};
      if (MaybeFailure failure = load_.refuse(empty)) return failure;
      continue;
    }
    Result<DotenvFile> read = this->read(*path, file.text_of("format"), lookup, seen,
                                         required != nullptr && required->boolean);
    if (!read) {
      if (MaybeFailure failure = load_.refuse(read.failure())) return failure;
      continue;
    }
    for (DotenvEntry& entry : read->entries) {
      seen.set(entry.name, {entry.value, entry.span, {}});
      const std::string name = entry.name;
      const Span span = entry.span;
      merged.set(name, value_of(std::move(entry)), span);
    }
  }
  for (Member& member : own.members) {
    merged.set(member.key, std::move(member.value), member.span);
  }
  service.erase("env_file");
  if (!merged.members.empty()) set_field(service, kServiceShape, "environment", std::move(merged));
  return std::nullopt;
}

MaybeFailure EnvFileReader::labels(Value& service) {
  const Value* files = service.find("label_file");
  if (files == nullptr) return std::nullopt;
  Environment seen;
  Value merged = Value::map();
  merged.by_name = true;
  for (const Value& file : files->items) {
    const Environment before = seen;
    const Lookup lookup = [&](std::string_view name) { return before.find(name); };
    Result<DotenvFile> read = this->read(file, "", lookup, {}, true);
    if (!read) {
      if (MaybeFailure failure = load_.refuse(read.failure())) return failure;
      continue;
    }
    for (DotenvEntry& entry : read->entries) {
      seen.set(entry.name, {entry.value, entry.span, {}});
      const std::string name = entry.name;
      const Span span = entry.span;
      merged.set(name, value_of(std::move(entry)), span);
    }
  }
  service.erase("label_file");
  if (Value* own = service.find("labels")) {
    for (Member& member : own->members) {
      merged.set(member.key, std::move(member.value), member.span);
    }
  }
  if (!merged.members.empty()) set_field(service, kServiceShape, "labels", std::move(merged));
  return std::nullopt;
}

}  // namespace

namespace {

// `docker/.env` in docker/compose.yaml: read from where the call is made, it is there, or is each
// machine's own; where Compose looks for it, there is not even a directory.
bool repeats_its_directory(const Load& load, const std::string& path) {
  const FileSystem& files = load.files();
  const std::string inner = text::directory_of(path);
  const std::string outer = text::directory_of(inner);
  if (outer == load.request().workspace_root) return false;
  if (text::name_of(inner) != text::name_of(outer)) return false;
  if (files.kind(inner) == FileKind::kDirectory) return false;
  const std::string meant = text::join_path(outer, text::name_of(path));
  if (files.kind(meant) != FileKind::kNone) return true;
  return files.kind(outer) == FileKind::kDirectory && is_each_machines_own(files, meant);
}

// For rules, before the entries are replaced by what stands in the files.
void note_entries(const Member& service, Load& load) {
  const Value* files = service.value.find("env_file");
  if (files == nullptr) return;
  for (const Value& file : files->items) {
    const Value* path = file.find("path");
    const Value* required = file.find("required");
    if (path == nullptr) continue;
    EnvFile entry;
    entry.path = text::join_path(load.request().working_directory, path->text);
    entry.span = path->span ? path->span : file.span;
    entry.required = required == nullptr || required->boolean;
    const std::string& root = load.request().workspace_root;
    const bool outside = !root.empty() && root != "/" && !entry.path.starts_with(root + "/");
    entry.there = !path->known || load.files().kind(entry.path) != FileKind::kNone;
    entry.expected = !entry.there && (outside ||
                                      (is_each_machines_own(load.files(), entry.path) &&
                                       !repeats_its_directory(load, entry.path)) ||
                                      is_made_of_a_template(load.files(), root, entry.path));
    load.note_service_env_file(service.key, std::move(entry));
  }
}

}  // namespace

MaybeFailure resolve_env_files(ProjectModel& project, Load& load) {
  if (load.lint()) {
    for (const Member& service : project.services.members) note_entries(service, load);
    for (const Member& service : project.inactive.members) note_entries(service, load);
  }
  EnvFileReader reader(project, load);
  for (Member& service : project.services.members) {
    if (MaybeFailure failure = reader.service(service.value)) return failure;
  }
  return std::nullopt;
}

MaybeFailure resolve_label_files(ProjectModel& project, Load& load) {
  EnvFileReader reader(project, load);
  for (Member& service : project.services.members) {
    if (MaybeFailure failure = reader.labels(service.value)) return failure;
  }
  return std::nullopt;
}

}  // namespace composelint::compose
