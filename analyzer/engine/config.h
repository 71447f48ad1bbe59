// .composelint.yaml: what a user tells of scripts, programs and projects.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/request.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/text/source_store.h"

namespace composelint::engine {

inline constexpr std::string_view kConfigName = ".composelint.yaml";

struct Config {
  struct ContextOf {
    std::vector<std::string> paths;  // globs
    Context context = Context::kOps;
    std::string cue;  // "configuration, line 3"
  };
  struct ProjectOf {
    std::vector<std::string> scripts;  // globs
    compose::LoadRequest request;
  };

  std::string directory;  // absolute: globs and files are relative to it
  std::vector<ContextOf> contexts;
  knowledge::Vocabulary vocabulary;
  std::vector<ProjectOf> projects;

  // The first entry for the file at `path` (absolute); null when there is none.
  [[nodiscard]] const ContextOf* context_of(const std::string& path) const;
  [[nodiscard]] const ProjectOf* project_of(const std::string& path) const;
};

struct ConfigReading {
  Config config;                       // empty where there are problems
  std::vector<Notification> problems;  // with their places, all kError
};

// `path` is the file's own, absolute.
[[nodiscard]] ConfigReading read_config(const SourceFile& file, const std::string& path);

// Whether one of the globs fits `path`, or a directory it lies in. A glob without '/' fits names
// anywhere.
[[nodiscard]] bool fits(const std::vector<std::string>& globs, std::string_view path);

struct ConfigChoice {
  std::optional<std::string> file;  // this one for all, as written; none is searched for
  bool none = false;
};

// The configuration of each file: the nearest at or above its directory, up to the workspace's
// root.
class Configs {
 public:
  Configs(text::SourceStore& sources, ConfigChoice choice);

  [[nodiscard]] const Config& of(const std::string& path, const std::string& root);
  [[nodiscard]] const std::vector<Notification>& problems() const { return problems_; }

 private:
  const Config& read(const std::string& path);

  text::SourceStore& sources_;
  ConfigChoice choice_;
  std::vector<Notification> problems_;
  std::map<std::string, std::unique_ptr<Config>> read_;  // by path
  std::map<std::string, const Config*> of_directory_;
  Config nothing_;
};

}  // namespace composelint::engine
