// What the user and the repository ask for: levels of rules, vocabulary, policy.
#pragma once

#include <composelint/finding.h>

#include <memory>
#include <string>
#include <vector>

#include "analyzer/engine/config.h"
#include "guard/policy.h"
#include "guard/request.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// Owns the configurations that it has read.
class Settings {
 public:
  // Reads the user's own file, and --policy FILE or the nearest configuration above `directory`.
  Settings(const GuardOptions& options, const Surroundings& around, const FileSystem& files);
  ~Settings();

  // A project may lie elsewhere: its repository is heard, too. True when that changes anything.
  bool hear(const std::string& project_directory);

  [[nodiscard]] const engine::Config& config() const { return *config_; }
  [[nodiscard]] const Policy& policy() const { return policy_; }
  [[nodiscard]] const std::vector<Notification>& problems() const { return problems_; }

 private:
  struct Files;
  const engine::Config* config_in(const std::string& directory);
  void take(Policy repository);

  std::unique_ptr<Files> files_;
  const engine::Config* config_ = nullptr;
  bool named_ = false;  // --policy: the user's word, wherever the file lies
  Policy policy_;
  std::vector<Notification> problems_;
};

// Where journal and locks are: as the policy says, $XDG_STATE_HOME/composelint,
// ~/.local/state/composelint. Empty: nowhere.
[[nodiscard]] std::string state_directory(const Policy& policy, const Surroundings& around);

}  // namespace composelint::guard
