#include "guard/policy.h"

#include <algorithm>
#include <utility>

namespace composelint::guard {

namespace {

void add_missing(std::vector<std::string>& into, const std::vector<std::string>& from) {
  for (const std::string& each : from) {
    if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(each);
  }
}

}  // namespace

Policy tightened(Policy user, const Policy& repository) {
  // What the user's own entry protects stays protected: the repository's stands beside it, and both
  // are as strict as the stricter.
  const std::size_t own = user.environments.size();
  for (ProtectedEnvironment other : repository.environments) {
    for (std::size_t i = 0; i < own; ++i) {
      ProtectedEnvironment& mine = user.environments[i];
      if (mine.name != other.name) continue;
      mine.confirm = other.confirm = std::max(mine.confirm, other.confirm);
      add_missing(mine.require, other.require);
      other.require = mine.require;
    }
    user.environments.push_back(std::move(other));
  }
  user.backups.insert(user.backups.end(), repository.backups.begin(), repository.backups.end());
  user.checks.insert(user.checks.end(), repository.checks.begin(), repository.checks.end());
  add_missing(user.writers, repository.writers);
  if (!user.state_directory) user.state_directory = repository.state_directory;  // of --policy
  return user;
}

}  // namespace composelint::guard
