#include "guard/settings.h"

#include <utility>

#include "analyzer/engine/workspace.h"
#include "analyzer/text/path.h"

namespace composelint::guard {

namespace {

// $NAME/composelint where that is set as the base directory specification wants it, else below the
// home directory; empty without one.
std::string own_directory(const Surroundings& around, std::string_view variable,
                          std::string_view below_home) {
  const auto told = around.variable(variable);
  if (told && told->starts_with('/')) return text::join_path(*told, "composelint");
  const std::string home = around.home();
  if (!home.starts_with('/')) return "";
  return text::join_path(home, std::string(below_home) + "/composelint");
}

}  // namespace

struct Settings::Files {
  Files(const FileSystem& disk, const std::string& directory, engine::ConfigChoice choice)
      : workspace(disk, directory), configs(workspace.sources, std::move(choice), all_rules()) {}

  engine::Workspace workspace;
  engine::Configs configs;
};

Settings::Settings(const GuardOptions& options, const Surroundings& around, const FileSystem& files)
    : files_(std::make_unique<Files>(files, around.working_directory(),
                                     engine::ConfigChoice{options.policy_file, false})),
      named_(options.policy_file.has_value()) {
  const std::string directory = own_directory(around, "XDG_CONFIG_HOME", ".config");
  const std::string own = directory.empty() ? "" : text::join_path(directory, "config.yaml");
  if (!own.empty() && files.kind(own) == FileKind::kRegular) {
    engine::Configs configs(files_->workspace.sources, {own, false}, all_rules());
    policy_ = configs.of(own, "/").guard;
    problems_ = configs.problems();
  }
  config_ = config_in(around.working_directory());
  const auto& problems = files_->configs.problems();
  problems_.insert(problems_.end(), problems.begin(), problems.end());
  take(config_->guard);
}

Settings::~Settings() = default;

const engine::Config* Settings::config_in(const std::string& directory) {
  const std::string path = text::join_path(directory, engine::kConfigName);
  return &files_->configs.of(path, files_->workspace.root_of(path));
}

bool Settings::hear(const std::string& project_directory) {
  const std::size_t known = files_->configs.problems().size();
  const engine::Config* there = config_in(project_directory);
  if (there == config_) return false;
  config_ = there;
  const auto& problems = files_->configs.problems();
  problems_.insert(problems_.end(), problems.begin() + static_cast<std::ptrdiff_t>(known),
                   problems.end());
  take(there->guard);
  return true;
}

// Two clones with directories of their own would hold two locks for one project.
void Settings::take(Policy repository) {
  const auto directory = repository.state_directory;
  if (!named_) repository.state_directory.reset();
  policy_ = tightened(std::move(policy_), repository);
  if (named_ || !directory) return;
  const Span at = repository.state_directory_at;
  problems_.push_back({Severity::kError, at.file == nullptr ? "" : at.file->path(), at,
                       "guard.state-directory is the user's to set, in their own configuration: a "
                       "repository does not say where journal and locks are"});
}

std::string state_directory(const Policy& policy, const Surroundings& around) {
  if (policy.state_directory) return *policy.state_directory;
  return own_directory(around, "XDG_STATE_HOME", ".local/state");
}

}  // namespace composelint::guard
