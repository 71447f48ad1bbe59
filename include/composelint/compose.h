// A compose project after loading: files merged, variables put in, short forms made long. Names are
// those of the compose specification. Everything remembers where it was written.
//
// Owned by the Workspace; spans point into its source files. Immutable after loading.
#pragma once

#include <composelint/env_file.h>
#include <composelint/provenance.h>
#include <composelint/result.h>
#include <composelint/source.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

struct Value;
namespace yaml {
struct Node;
}

struct DependsOn {
  std::string service;
  std::string condition = "service_started";  // as in compose-spec
  bool required = true;
  Span span;
};

struct HealthCheck {
  bool disabled = false;
  std::vector<std::string> test;  // long form: {"CMD", ...} or {"CMD-SHELL", text}
  Span span;
};

struct Mount {
  std::string type;    // volume, bind, tmpfs, npipe, cluster, image
  std::string source;  // key of the top-level volume or absolute host path; empty: anonymous
  std::string target;  // path in the container
  bool read_only = false;
  Span span;
  bool known = true;  // false: source or target hang on a variable nobody set
};

struct Service {
  std::string name;
  Span span;           // of the key
  bool active = true;  // false: only other profiles enable it
  std::optional<Located<std::string>> image;
  std::optional<Span> build;
  std::optional<Located<std::vector<std::string>>> entrypoint;
  std::optional<Located<std::vector<std::string>>> command;
  std::optional<Located<std::string>> container_name;
  std::optional<Located<std::string>> restart;
  std::vector<Located<std::string>> profiles;
  // name, and the value or nothing where it is passed through from the caller
  std::vector<std::pair<std::string, Located<std::optional<std::string>>>> environment;
  std::vector<Mount> mounts;
  std::vector<DependsOn> depends_on;
  std::optional<HealthCheck> healthcheck;
  std::int64_t replicas = 1;
  bool init = false;  // a process of the engine's own is PID 1
  bool publishes_ports = false;
  std::vector<EnvFile> env_files;
  std::vector<std::string> tmpfs;  // paths in the container, without their options
  bool volumes_from = false;       // mounts of other containers come on top
  // All of its attributes, resolved and in their long forms; null only in tests.
  const Value* model = nullptr;

  // The attribute at a path of keys ("deploy.resources.limits"); null when it is not there. Keys
  // with a dot in them are not reached.
  [[nodiscard]] const Value* attribute(std::string_view path) const;
};

struct Volume {
  std::string key;   // name inside the file
  std::string name;  // name on the engine: project_key unless set
  bool external = false;
  Span span;  // of the key
};

// A compose file as it was written.
struct WrittenFile {
  const SourceFile* file = nullptr;
  std::vector<const yaml::Node*> documents;  // roots, in order
};

// A trouble Compose has, or would have, with this project. Compose refuses the project when
// `refused`; else it only warns.
struct ProjectProblem {
  bool refused = true;
  Span span;
  std::string message;
  FailureCode code = FailureCode::kInvalid;  // kSyntax, kUnreadable, kLimit: a file was not read
};

// `${X}` of a compose file or an env file that has no default and for which nothing has a value.
struct UnsetVariable {
  std::string name;
  Span span;          // of the value that holds it
  std::string place;  // "services.app.image"; empty in an env file
};

struct Project {
  Located<std::string> name;             // from.span is nowhere when it is the directory's name
  std::string directory;                 // the project directory: relative paths start here
  std::vector<const SourceFile*> files;  // as merged, base first, without included ones
  bool default_files = false;  // found by the default search, not named by -f or COMPOSE_FILE
  std::vector<std::string> profiles;  // the active ones
  std::vector<Service> services;      // all, inactive ones too, sorted by name
  std::vector<Volume> volumes;        // all declared, sorted by key
  std::vector<ProjectProblem> problems;
  std::vector<UnsetVariable> unset;  // in the order met
  std::vector<const SourceFile*>
      env_files;  // interpolation read these: .env or those of --env-file
  // Some service could not be seen (an include or extends that is not there, an unknown variable in
  // a path): a name that is missing here may still exist.
  bool partial = false;
  std::vector<std::string> passed_over;  // default names beside the chosen one that are not read
  bool own_env = false;  // `.env` is not there: each machine has its own, as for EnvFile::expected
  // Variables that files with "env" in their names set, in the project directory; sorted.
  std::vector<std::string> set_nearby;
  // Every file that was read for it, included and extended ones too; sorted by path.
  std::vector<WrittenFile> written;
  // The top-level sections, resolved: maps by key; null where there is none.
  const Value* networks_model = nullptr;
  const Value* volumes_model = nullptr;
  const Value* secrets_model = nullptr;
  const Value* configs_model = nullptr;

  [[nodiscard]] const Service* service(std::string_view wanted) const {
    for (const Service& candidate : services) {
      if (candidate.name == wanted) return &candidate;
    }
    return nullptr;
  }
};

}  // namespace composelint
