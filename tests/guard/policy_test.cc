#include "guard/policy.h"

#include <gtest/gtest.h>

namespace composelint::guard {
namespace {

ProtectedEnvironment environment(const char* name, Confirm confirm,
                                 std::vector<std::string> require) {
  ProtectedEnvironment out;
  out.name = name;
  out.confirm = confirm;
  out.require = std::move(require);
  return out;
}

TEST(Tightened, NeverLoosensWhatTheUserAsksFor) {
  Policy user;
  user.environments = {environment("production", Confirm::kTypeName, {"backup-taken"})};
  user.environments[0].contexts = {"prod"};
  user.state_directory = "/home/anna/state";
  user.writers = {"worker"};
  Policy repository;
  repository.environments = {environment("production", Confirm::kNone, {"ready"}),
                             environment("staging", Confirm::kQuestion, {})};
  repository.environments[0].contexts = {"nowhere"};
  repository.state_directory = "/repo/state";
  repository.writers = {"cron", "worker"};
  repository.backups.emplace_back();
  repository.checks.emplace_back();

  const Policy both = tightened(user, repository);
  ASSERT_EQ(both.environments.size(), 3U);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(both.environments[i].confirm, Confirm::kTypeName);
    EXPECT_EQ(both.environments[i].require, (std::vector<std::string>{"backup-taken", "ready"}));
  }
  EXPECT_EQ(both.environments[0].contexts, std::vector<std::string>{"prod"});
  EXPECT_EQ(both.environments[1].contexts, std::vector<std::string>{"nowhere"});
  EXPECT_EQ(both.writers, (std::vector<std::string>{"worker", "cron"}));
  EXPECT_EQ(both.state_directory, "/home/anna/state");
  EXPECT_EQ(both.backups.size(), 1U);
  EXPECT_EQ(both.checks.size(), 1U);
}

TEST(Tightened, TakesWhatOnlyTheRepositoryAsksFor) {
  Policy repository;
  repository.environments = {environment("production", Confirm::kTypeName, {})};
  repository.state_directory = "/repo/state";
  const Policy both = tightened({}, repository);
  ASSERT_EQ(both.environments.size(), 1U);
  EXPECT_EQ(both.environments[0].confirm, Confirm::kTypeName);
  EXPECT_EQ(both.state_directory, "/repo/state");
}

}  // namespace
}  // namespace composelint::guard
