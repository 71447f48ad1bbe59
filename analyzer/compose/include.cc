#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "analyzer/compose/dotenv.h"
#include "analyzer/compose/env_files.h"
#include "analyzer/compose/model.h"
#include "analyzer/compose/own_files.h"
#include "analyzer/compose/resolve_paths.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

Failure refused(const Value& value, std::string message) {
  return {FailureCode::kInvalid, std::move(message), value.span};
}

// Compose may see it.
Failure unseen(const Value& value, std::string message) {
  return {FailureCode::kUnsupported, std::move(message), value.span};
}

// One entry of `include`.
struct Inclusion {
  const Value* written = nullptr;
  std::vector<std::string> paths;
  std::string project_directory;
  std::vector<std::string> env_files;
  bool known = true;
};

Result<std::vector<std::string>> strings(const Value* value) {
  std::vector<std::string> out;
  if (value == nullptr || value->is_null()) return out;
  if (value->is_string()) return std::vector<std::string>{value->text};
  if (!value->is_list()) return refused(*value, "include: a string or a list is needed");
  for (const Value& item : value->items) {
    if (!item.is_string()) return refused(item, "include: a string is needed");
    out.push_back(item.text);
  }
  return out;
}

bool all_known(const Value& value) {
  return value.known && std::all_of(value.items.begin(), value.items.end(), all_known) &&
         std::all_of(value.members.begin(), value.members.end(),
                     [](const Member& member) { return all_known(member.value); });
}

Result<Inclusion> read_inclusion(const Value& entry) {
  Inclusion inclusion;
  inclusion.written = &entry;
  inclusion.known = all_known(entry);
  if (entry.is_string()) {
    inclusion.paths = {entry.text};
    return inclusion;
  }
  if (!entry.is_map()) return refused(entry, "include: a string or a mapping is needed");
  Result<std::vector<std::string>> paths = strings(entry.find("path"));
  if (!paths) return paths.failure();
  Result<std::vector<std::string>> env_files = strings(entry.find("env_file"));
  if (!env_files) return env_files.failure();
  const Value* directory = entry.find("project_directory");
  if (directory != nullptr && !directory->is_string() && !directory->is_null()) {
    return refused(*directory, "include: project_directory must be a string");
  }
  inclusion.paths = std::move(*paths);
  inclusion.env_files = std::move(*env_files);
  if (directory != nullptr) inclusion.project_directory = directory->text;
  return inclusion;
}

class Include {
 public:
  Include(const Scope& scope, const std::vector<std::string>& including, ModelBuilder& builder)
      : scope_(scope), including_(including), builder_(builder), load_(builder.load()) {}

  MaybeFailure add(const Inclusion& inclusion, Value& tree);

 private:
  MaybeFailure place(Inclusion& inclusion, std::string& directory) const;
  Result<Environment> environment(const Inclusion& inclusion) const;
  MaybeFailure import(Value& from, Value& tree, const Value& written);
  void mark(Value& value, const OriginStep& step);
  // Compose leaves some paths relative to where it was called.
  [[nodiscard]] std::string on_disk(const std::string& path) const {
    return text::join_path(load_.request().working_directory, path);
  }

  const Scope& scope_;
  const std::vector<std::string>& including_;
  ModelBuilder& builder_;
  Load& load_;
  std::map<const Trail*, const Trail*> marked_;
};

// Makes the paths absolute and finds the directory of the included project: `directory` seen from
// the including one, `project_directory` in full.
MaybeFailure Include::place(Inclusion& inclusion, std::string& directory) const {
  const auto seen_from_here = [&](const std::string& path) {
    const std::string full = text::join_path(scope_.references, path);
    const bool is_directory = load_.files().kind(full) == FileKind::kDirectory;
    return relative_path(scope_.references, is_directory ? full : text::directory_of(full));
  };
  for (std::size_t i = 0; i < inclusion.paths.size(); ++i) {
    std::string& path = inclusion.paths[i];
    if (is_remote_resource(path)) {
      return unseen(*inclusion.written, "cannot fetch \"" + path + "\": remote files are not read");
    }
    path = text::join_path(scope_.references, path);
    if (i != 0) continue;
    if (inclusion.project_directory.empty()) {
      directory = seen_from_here(path);
      inclusion.project_directory = text::directory_of(path);
    } else if (!text::is_absolute(inclusion.project_directory)) {
      directory = seen_from_here(inclusion.project_directory);
      inclusion.project_directory =
          text::normalise(scope_.directory + "/" + inclusion.project_directory);
    } else {
      directory = inclusion.project_directory;
    }
    if (std::find(including_.begin(), including_.end(), path) != including_.end()) {
      return refused(*inclusion.written,
                     "include cycle detected: " + including_.front() + " includes " + path);
    }
  }
  return std::nullopt;
}

Result<Environment> Include::environment(const Inclusion& inclusion) const {
  std::vector<std::string> paths;
  for (const std::string& file : inclusion.env_files) {
    if (text::is_absolute(file)) {
      paths.push_back(file);
      continue;
    }
    paths.push_back(on_disk(text::normalise(scope_.directory + "/" + file)));
  }
  if (inclusion.env_files.empty()) {
    const std::string usual = on_disk(inclusion.project_directory + "/.env");
    const FileKind kind = load_.files().kind(usual);
    if (kind != FileKind::kNone && kind != FileKind::kDirectory) paths.push_back(usual);
  }
  Environment seen = *scope_.environment;
  Result<Environment> own = read_env_files(paths, seen, "include", load_);
  if (!own) return own.failure();
  seen.add_missing(*own);
  return seen;
}

void Include::mark(Value& value, const OriginStep& step) {
  const Trail*& marked = marked_[value.trail];
  if (marked == nullptr) marked = load_.trails().push(value.trail, step);
  value.trail = marked;
  for (Value& item : value.items) mark(item, step);
  for (Member& member : value.members) mark(member.value, step);
}

MaybeFailure Include::import(Value& from, Value& tree, const Value& written) {
  for (const char* section : {"services", "volumes", "networks", "secrets", "configs", "models"}) {
    Value* source = from.find(section);
    if (source == nullptr || source->is_null()) continue;
    Value* target = tree.find(section);
    if (target == nullptr) target = &tree.set(section, Value::map().from(written));
    if (!target->is_map() || !source->is_map()) {
      return refused(*target, std::string(section) + " must be a mapping");
    }
    for (Member& member : source->members) {
      const Member* present = target->member(member.key);
      if (present == nullptr) {
        target->members.push_back(std::move(member));
      } else if (!same(present->value, member.value)) {
        const Failure conflict{
            FailureCode::kInvalid,
            std::string(section) + "." + member.key + " conflicts with imported resource",
            present->span};
        if (MaybeFailure failure = load_.refuse(conflict)) return failure;
      }
    }
  }
  return std::nullopt;
}

MaybeFailure Include::add(const Inclusion& written, Value& tree) {
  Inclusion inclusion = written;
  if (!inclusion.known) {
    return unseen(*inclusion.written, "what is included depends on variables nobody set");
  }
  std::string directory = ".";
  if (MaybeFailure failure = place(inclusion, directory)) return failure;
  const Result<Environment> variables = environment(inclusion);
  if (!variables) {
    Failure why = variables.failure();
    if (!why.span) why.span = inclusion.written->span;
    return why;
  }
  for (const std::string& path : inclusion.paths) {
    if (!load_.lint() || load_.files().kind(on_disk(path)) != FileKind::kNone) continue;
    const bool own = is_each_machines_own(load_.files(), on_disk(path));
    return Failure{own ? FailureCode::kUnsupported : FailureCode::kNotFound,
                   path + ": no such file or directory", inclusion.written->span};
  }
  const Scope scope{directory, on_disk(inclusion.project_directory), &*variables, true, false};
  Result<Value> model = builder_.build(inclusion.paths, scope, including_);
  if (!model) {
    Failure why = model.failure();
    if (!why.span) why.span = inclusion.written->span;
    return why;
  }
  marked_.clear();
  mark(*model, {OriginKind::kInclude, inclusion.written->span, {}});
  return import(*model, tree, *inclusion.written);
}

}  // namespace

MaybeFailure apply_include(Value& tree, const Scope& scope,
                           const std::vector<std::string>& including, ModelBuilder& builder) {
  const Value* found = tree.find("include");
  if (found == nullptr) return std::nullopt;
  Load& load = builder.load();
  const Value written = *found;
  tree.erase("include");
  if (written.is_null()) return std::nullopt;
  if (!written.is_list()) return load.refuse(refused(written, "`include` must be a list"));
  std::vector<Inclusion> inclusions;
  for (const Value& entry : written.items) {
    Result<Inclusion> inclusion = read_inclusion(entry);
    if (inclusion) {
      inclusions.push_back(std::move(*inclusion));
    } else if (MaybeFailure failure = load.refuse_partial(inclusion.failure())) {
      return failure;
    }
  }
  Include include(scope, including, builder);
  for (const Inclusion& inclusion : inclusions) {
    if (MaybeFailure failure = include.add(inclusion, tree)) {
      if (MaybeFailure refusal = load.refuse_partial(std::move(*failure))) return refusal;
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose
