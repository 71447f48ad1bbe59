#include "guard/plain_docker.h"

#include <gtest/gtest.h>

#include "guard/shim_line.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scripted_processes.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kShop =
    R"({"com.docker.compose.project":"shop","com.docker.compose.service":"db",)"
    R"("com.docker.compose.project.config_files":"/srv/shop/compose.yaml"})"
    "\n";
constexpr const char* kBlog = R"({"com.docker.compose.project":"blog"})"
                              "\n";

class PlainDockerTest : public testing::Test {
 protected:
  // Why it is not let pass, under `policy` and with what it reaches labelled so.
  std::string why(const std::string& policy, const Words& argv, const std::string& labels,
                  bool yes = true) {
    const compose::MemoryFiles files({{"/home/anna/.config/composelint/config.yaml",
                                       "guard: {environments: [" + policy + "]}"}});
    GuardOptions options;
    options.command = argv;
    options.yes = yes;
    const Settings settings(options, around_, files);
    EXPECT_TRUE(settings.problems().empty());
    processes_.rows.clear();
    processes_.asked.clear();
    processes_.on({"context"}, R"({"Name":"prod","Endpoints":{"docker":{"Host":"ssh://prod"}}})");
    processes_.on({"inspect", "{{json .Config.Labels}}"}, labels);
    processes_.on({"volume", "{{json .Labels}}"}, labels);
    return why_not_by_plain_docker(options, settings, processes_, around_, files);
  }

  FakeSurroundings around_;
  ScriptedProcesses processes_;
};

constexpr const char* kProduction = "{name: production, projects: shop, require: [backup-taken]}";

TEST_F(PlainDockerTest, WhatChangesAProtectedProjectIsNotLetPast) {
  const Words rows[] = {
      {"docker", "exec", "shop-app-1", "migrate"},
      {"docker", "exec", "-it", "shop-db-1", "dropdb", "-f", "-U", "postgres", "app"},
      {"docker", "container", "exec", "x", "./manage.py", "migrate"},
      {"sudo", "docker", "--context", "prod", "exec", "x", "sh", "-c", "migrate"},
      {"docker", "rm", "-fv", "shop-db-1"},
      {"docker", "container", "rm", "--volumes", "shop-db-1"},
      {"docker", "volume", "rm", "shop_data"},
      {"docker", "volume", "remove", "-f", "other", "shop_data"},
  };
  for (const Words& row : rows) {
    const std::string said = why(kProduction, row, std::string(kBlog) + kShop);
    EXPECT_NE(said.find("of project shop"), std::string::npos) << ::testing::PrintToString(row);
    EXPECT_NE(said.find("production asks for backup-taken"), std::string::npos) << said;
    EXPECT_NE(said.find("docker compose "), std::string::npos) << said;
  }
  // The same engine is asked.
  static_cast<void>(why(kProduction, rows[3], kShop));
  ASSERT_EQ(processes_.asked.size(), 1U);
  EXPECT_EQ(processes_.asked[0][0], "sudo");
  EXPECT_EQ(processes_.asked[0][3], "prod");
  EXPECT_EQ(processes_.asked[0].back(), "x");
}

TEST_F(PlainDockerTest, TheRestPasses) {
  const Words migrate = {"docker", "exec", "x", "migrate"};
  const struct {
    const char* policy;
    Words argv;
    const char* labels;
    std::size_t asked;
  } rows[] = {
      {kProduction, migrate, kBlog, 1},
      {kProduction, migrate, "null\n", 1},
      {kProduction, migrate, "", 1},
      {kProduction, {"docker", "exec", "x", "pg_dump", "-U", "postgres", "app"}, kShop, 0},
      {kProduction, {"docker", "exec", "x", "psql", "-c", "SELECT 1"}, kShop, 0},
      {kProduction, {"docker", "exec", "x", "ls", "/"}, kShop, 0},
      {kProduction, {"docker", "rm", "-f", "x"}, kShop, 0},
      {kProduction, {"docker", "ps"}, kShop, 0},
      {kProduction, {"docker", "run", "--rm", "app", "migrate"}, kShop, 0},
      {kProduction, {"ls"}, kShop, 0},
      {"{name: p, projects: shop, confirm: none}", migrate, kShop, 0},
      {"{name: p, projects: shop}", migrate, kShop, 0},
      {"{name: p, contexts: other, require: [ready]}", migrate, kShop, 2},
      {"{name: p, files: /srv/blog/*, require: [ready]}", migrate, kShop, 1},
      // What nobody is asked for costs no question.
      {"{name: p, contexts: prod}, {name: q, projects: other, require: [ready]}", migrate, kShop,
       1},
      {"{name: p, endpoints: 'unix:*', require: [ready]}", migrate, kShop, 2},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(why(row.policy, row.argv, row.labels), "") << ::testing::PrintToString(row.argv);
    EXPECT_EQ(processes_.asked.size(), row.asked) << ::testing::PrintToString(row.argv);
  }
}

TEST_F(PlainDockerTest, AnEnvironmentIsKnownByAllThatItHas) {
  const Words migrate = {"docker", "exec", "x", "migrate"};
  for (const char* policy : {"{name: p, contexts: prod, require: [ready]}",
                             "{name: p, endpoints: 'ssh://*', require: [ready]}",
                             "{name: p, files: /srv/shop/compose.yaml, require: [ready]}",
                             "{name: p, projects: shop, confirm: type-name}"}) {
    EXPECT_NE(why(policy, migrate, kShop), "") << policy;
  }
  EXPECT_NE(why("{name: p, projects: shop}", migrate, kShop, false), "") << "nobody is asked";
}

TEST(PlainDockerWay, IsToldByTheWords) {
  const struct {
    std::vector<std::string_view> words;
    ShimWay way;
  } rows[] = {
      {{"exec", "x", "ls"}, ShimWay::kGuard},
      {{"rm", "-v", "x"}, ShimWay::kGuard},
      {{"volume", "rm", "x"}, ShimWay::kGuard},
      {{"ps"}, ShimWay::kPass},
      {{"run", "--rm", "app", "rm", "x"}, ShimWay::kPass},
      {{"image", "rm", "x"}, ShimWay::kPass},
      {{"network", "rm", "x"}, ShimWay::kPass},
      {{"build", "exec"}, ShimWay::kPass},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(way_of("docker", row.words), row.way) << ::testing::PrintToString(row.words);
  }
}

}  // namespace
}  // namespace composelint::guard
