// .composelint.yaml: what a user tells of scripts, programs, projects and rules.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/request.h"
#include "analyzer/engine/policy.h"
#include "analyzer/engine/rule_levels.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/text/source_store.h"

namespace composelint::engine {

struct CustomRule;

inline constexpr std::string_view kConfigName = ".composelint.yaml";

// Whether one of the globs fits `path`, or a directory it lies in. A glob without '/' fits names
// anywhere.
[[nodiscard]] bool fits(const std::vector<std::string>& globs, std::string_view path);

// Globs as a file has them: they are relative to its directory.
struct PathGlobs {
  std::string directory;  // absolute
  std::vector<std::string> globs;

  [[nodiscard]] bool fit(const std::string& path) const;  // absolute
};

// Of several entries for a file the first one counts: those of a nearer file stand first.
struct Config {
  struct ContextOf {
    PathGlobs paths;
    Context context = Context::kOps;
    std::string cue;  // "configuration, line 3"
  };
  struct ProjectOf {
    PathGlobs scripts;
    compose::LoadRequest request;
  };
  // For findings in some files, about some services, or both.
  struct Override {
    PathGlobs paths;  // none: all files
    std::vector<std::string>
        services;  // patterns of names; none: all, and what is about no service
    RuleLevels rules;

    [[nodiscard]] bool fits(const std::string& path, const std::vector<std::string>& about) const;
  };

  std::vector<ContextOf> contexts;
  knowledge::Vocabulary vocabulary;
  std::vector<ProjectOf> projects;
  std::optional<std::vector<Preset>> presets;  // besides kDefault, which is always in
  RuleLevels rules;
  std::vector<Override> overrides;
  std::optional<Severity> fail_on;                              // kOff: never
  std::vector<std::shared_ptr<const CustomRule>> custom_rules;  // by slug
  Policy guard;

  // The first entry for the file at `path` (absolute); null when there is none.
  [[nodiscard]] const ContextOf* context_of(const std::string& path) const;
  [[nodiscard]] const ProjectOf* project_of(const std::string& path) const;
  [[nodiscard]] bool takes(Preset preset) const;
};

struct ConfigReading {
  Config config;                       // empty where there are problems
  std::vector<Notification> problems;  // with their places, all kError
};

// What reading a configuration needs of the world.
struct ConfigSurroundings {
  std::span<const Rule* const> rules;  // built-in ones
  // Files that others extend, by absolute path; null: none are followed.
  std::function<Result<const SourceFile*>(const std::string&)> open;
};

// `path` is the file's own, absolute.
[[nodiscard]] ConfigReading read_config(const SourceFile& file, const std::string& path,
                                        const ConfigSurroundings& around = {});

struct ConfigChoice {
  std::optional<std::string> file;  // this one for all, as written; none is searched for
  bool none = false;
};

// The configuration of each file: the nearest at or above its directory, up to the workspace's
// root.
class Configs {
 public:
  Configs(text::SourceStore& sources, ConfigChoice choice, std::span<const Rule* const> rules);

  [[nodiscard]] const Config& of(const std::string& path, const std::string& root);
  [[nodiscard]] const std::vector<Notification>& problems() const { return problems_; }
  // Those of all configurations that were read.
  [[nodiscard]] std::vector<std::shared_ptr<const CustomRule>> custom_rules() const;

 private:
  const Config& read(const std::string& path);

  text::SourceStore& sources_;
  ConfigChoice choice_;
  std::span<const Rule* const> rules_;
  std::vector<Notification> problems_;
  std::map<std::string, std::unique_ptr<Config>> read_;  // by path
  std::map<std::string, const Config*> of_directory_;
  Config nothing_;
};

}  // namespace composelint::engine
