// Engine, configuration, and whether it is the right project.
#include <gtest/gtest.h>

#include "tests/guard/stack_rows.h"

namespace composelint::guard {
namespace {

const std::vector<StackRow>& engine_rows() {
  static const std::vector<StackRow> kRows = {
      {"unreachable", kMigrate,
       [](StackCase& s) {
         s.snapshot.engine.reachable = false;
         s.snapshot.engine.failure = "Cannot connect";
       },
       "engine-reachable", kNo, kError, "Cannot connect"},
      {"podman", kMigrate, [](StackCase& s) { s.snapshot.engine.podman = true; },
       "engine-supported", kOpen, kError, "podman"},
      {"old", kMigrate, [](StackCase& s) { s.snapshot.engine.compose_version = "2.25.9"; },
       "engine-supported", kNo, kError, "2.25.9"},
      {"v1", kMigrate, [](StackCase& s) { s.snapshot.engine.compose_version = "1.29.2"; },
       "engine-supported", kNo, kError, "1.29.2"},
      {"no version", kMigrate, [](StackCase& s) { s.snapshot.engine.compose_version = ""; },
       "engine-supported", kOpen, kError, "2.26"},
      {"invalid", kMigrate,
       [](StackCase& s) { s.snapshot.config = {true, false, "no such env file", {}, {}, ""}; },
       "configuration-valid", kNo, kError, "no such env file"},
      {"not asked", kMigrate, [](StackCase& s) { s.snapshot.config = {}; }, "configuration-valid",
       kOpen, kError, "not looked at"},
      {"other profile", kMigrate,
       [](StackCase& s) { s.snapshot.all_profiles = {true, false, "no jobdep", {}, {}, ""}; },
       "configuration-valid", kNo, kNote, "no jobdep"},
      {"own profile", run_with({"run", "tool", "x"}),
       [](StackCase& s) { s.snapshot.all_profiles = {true, false, "no jobdep", {}, {}, ""}; },
       "configuration-valid", kNo, kError, "no jobdep"},
      {"own variable", kMigrate, [](StackCase& s) { s.snapshot.config.unset = {"KEY"}; },
       "variables-set", kNo, kError, "KEY"},
      {"own variable, no migration", kTidyInside,
       [](StackCase& s) { s.snapshot.config.unset = {"KEY"}; }, "variables-set", kNo, kWarning,
       "KEY"},
      {"other variable", kMigrate, [](StackCase& s) { s.snapshot.config.unset = {"MAIL"}; },
       "variables-set", kNo, kWarning, "MAIL"},
      {"other variable, no migration", kTidyInside,
       [](StackCase& s) { s.snapshot.config.unset = {"MAIL"}; }, "variables-set", kNo, kNote,
       "MAIL"},
      {"variable from nowhere", kMigrate,
       [](StackCase& s) { s.snapshot.all_profiles.unset = {"abc"}; }, "variables-set", kNo, kError,
       "abc"},
      {"variable of a stack", run_with({"up", "-d"}),
       [](StackCase& s) { s.snapshot.config.unset = {"MAIL"}; }, "variables-set", kNo, kWarning,
       "MAIL"},
  };
  return kRows;
}

const std::vector<StackRow>& identity_rows() {
  static const std::vector<StackRow> kRows = {
      {"name", kMigrate,
       [](StackCase& s) { s.snapshot.config.json = R"({"name":"other","services":{}})"; },
       "project-agrees", kNo, kWarning, "other"},
      {"image", kMigrate,
       [](StackCase& s) {
         std::string& json = s.snapshot.config.json;
         json.replace(json.find("postgres:15"), 11, "postgres:16");
       },
       "project-agrees", kNo, kWarning, "postgres:16"},
      {"more services", kMigrate,
       [](StackCase& s) {
         s.snapshot.config.json.replace(s.snapshot.config.json.find("\"mail\""), 6, "\"x\"");
       },
       "project-agrees", kNo, kWarning, "service x"},
      {"volume", kMigrate,
       [](StackCase& s) {
         std::string& json = s.snapshot.config.json;
         json.replace(json.find("shop_data"), 9, "old_data_");
       },
       "project-agrees", kNo, kWarning, "old_data_"},
      {"no json", kMigrate, [](StackCase& s) { s.snapshot.config.json = "{"; }, "project-agrees",
       kOpen, kWarning, "not known"},
      {"other files", kMigrate,
       [](StackCase& s) {
         s.container("shop-db-1").config_files = "/srv/shop/compose.yaml,/srv/shop/b";
       },
       "project-is-live-from-here", kNo, kError, "give it the files of the live stack"},
      {"a file too many", run_with({"-f", "compose.yaml", "-f", "b", "exec", "app", "./migrate"}),
       [](StackCase&) {}, "project-is-live-from-here", kNo, kError, "leave out /srv/shop/b"},
      {"a file that a part of the stack has adopted",
       run_with({"-f", "compose.yaml", "-f", "b", "exec", "app", "./migrate"}),
       [](StackCase& s) {
         s.container("shop-app-1").config_files = "/srv/shop/compose.yaml,/srv/shop/b";
       },
       "project-is-live-from-here", kNo, kWarning,
       "db, mail and worker still run as started from /srv/shop/compose.yaml, and other services "
       "with /srv/shop/b as well / "},
      {"the service itself runs without a file that others have",
       run_with({"-f", "compose.yaml", "-f", "b", "exec", "worker", "./migrate"}),
       [](StackCase& s) {
         s.container("shop-app-1").config_files = "/srv/shop/compose.yaml,/srv/shop/b";
       },
       "project-is-live-from-here", kNo, kError,
       "b up -d --force-recreate worker` starts worker with"},
      {"a database that these files change",
       run_with({"-f", "compose.yaml", "-f", "b", "exec", "app", "./migrate"}),
       [](StackCase& s) {
         s.container("shop-app-1").config_files = "/srv/shop/compose.yaml,/srv/shop/b";
         s.snapshot.up = {true, true, "", {{"Container", "shop-db-1", "Recreate"}}};
       },
       "project-is-live-from-here", kNo, kError, "b up -d --force-recreate db` starts db with"},
      {"all services but the database", run_with({"-f", "compose.yaml", "-f", "b", "up", "-d"}),
       [](StackCase& s) {
         s.container("shop-app-1").config_files = "/srv/shop/compose.yaml,/srv/shop/b";
       },
       "project-is-live-from-here", kNo, kWarning,
       "b up -d --force-recreate mail worker` starts mail and worker with"},
      {"other directory", kMigrate,
       [](StackCase& s) { s.container("shop-db-1").working_directory = "/old"; },
       "project-is-live-from-here", kNo, kError, "go to /old, or name its files: -f"},
      {"a directory that is gone", kMigrate,
       [](StackCase& s) {
         for (Container& one : s.snapshot.containers) one.working_directory = "/releases/1";
       },
       "project-is-live-from-here", kOpen, kError, "up -d --force-recreate"},
      {"a file that was given another name", kMigrate,
       [](StackCase& s) { s.container("shop-db-1").config_files = "/srv/shop/docker-compose.yml"; },
       "project-is-live-from-here", Truth::kSupported, kError, "these files"},
      {"a release before this one", kMigrate,
       [](StackCase& s) { s.container("shop-db-1").working_directory = "/releases/1"; },
       "project-is-live-from-here", Truth::kSupported, kError, "these files"},
      {"left by up from here", kMigrate,
       [](StackCase& s) {
         s.container("shop-db-1").working_directory = "/old";
         s.snapshot.up = {true, true, "", {{"Container", "shop-db-1", "Running"}}};
       },
       "project-is-live-from-here", Truth::kSupported, kError, "these files"},
      {"left by up from here, nothing of here", kMigrate,
       [](StackCase& s) {
         for (Container& one : s.snapshot.containers) one.working_directory = "/old";
         s.snapshot.up = {true, true, "", {{"Container", "shop-db-1", "Running"}}};
       },
       "project-is-live-from-here", kNo, kError, "/old"},
      {"made anew by up from here", kMigrate,
       [](StackCase& s) {
         s.container("shop-db-1").working_directory = "/old";
         s.snapshot.up = {true, true, "", {{"Container", "shop-db-1", "Recreate"}}};
       },
       "project-is-live-from-here", kNo, kError, "/old"},
      {"a task from elsewhere", kMigrate,
       [](StackCase& s) { s.one_off("mail", "exited").working_directory = "/old"; },
       "project-is-live-from-here", Truth::kSupported, kError, "these files"},
      {"other directory, stack", run_with({"up", "-d"}),
       [](StackCase& s) { s.container("shop-db-1").working_directory = "/old"; },
       "project-is-live-from-here", kNo, kWarning, "/old"},
      {"other directory, data goes", run_with({"down", "-v"}),
       [](StackCase& s) { s.container("shop-db-1").working_directory = "/old"; },
       "project-is-live-from-here", kNo, kError, "/old"},
      {"another machine's directory", kMigrate,
       [](StackCase& s) {
         s.snapshot.engine.endpoint = "ssh://prod";
         s.container("shop-db-1").working_directory = "/builds/7";
       },
       "project-is-live-from-here", kOpen, kError, "--attest"},
      {"no list", kMigrate, [](StackCase& s) { s.snapshot.containers_failure = "broken"; },
       "project-is-live-from-here", kOpen, kError, "broken"},
  };
  return kRows;
}

TEST(AskTheStack, TellsWhatIsWrongWithEngineAndConfiguration) {
  expect_answers(engine_rows());
}

// A label alone is no reason to restart anything that the command has nothing to do with.
TEST(AskTheStack, NamesNoRemedyForWhatTheCommandDoesNotTouch) {
  StackCase stack(run_with({"-f", "compose.yaml", "-f", "b", "exec", "app", "./migrate"}));
  stack.container("shop-app-1").config_files = "/srv/shop/compose.yaml,/srv/shop/b";
  EXPECT_EQ(stack.asked("project-is-live-from-here").remedy, "");
}

TEST(AskTheStack, SaysNothingGoodOfAStackOfTwoPieces) {
  StackCase stack(run_with({"-f", "compose.yaml", "-f", "b", "exec", "app", "./migrate"}));
  const auto adopt = [&](const std::string& name) {
    stack.container(name).config_files = "/srv/shop/compose.yaml,/srv/shop/b";
  };
  adopt("shop-app-1");
  EXPECT_EQ(stack.asked("no-drift").claim, "");
  for (const char* name : {"shop-db-1", "shop-worker-1", "shop-mail-1"}) adopt(name);
  EXPECT_EQ(stack.asked("no-drift").truth, Truth::kSupported);
}
TEST(AskTheStack, TellsWhereTheProjectIsAnother) {
  expect_answers(identity_rows());
}

}  // namespace
}  // namespace composelint::guard
