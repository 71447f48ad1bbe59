#include <gtest/gtest.h>
#include <unistd.h>

#include "guard/process_identity.h"
#include "tests/guard/stack_rows.h"

namespace composelint::guard {
namespace {

TEST(AskTheStack, IsContentWithAHealthyStack) {
  const Words rows[] = {kMigrate,
                        kMigrateInside,
                        kTidyInside,
                        kDump,
                        {"docker", "compose", "run", "--rm", "--no-deps", "app", "./tidy"},
                        {"docker", "compose", "run", "--rm", "tool", "./tidy"},
                        {"docker", "compose", "up", "-d"},
                        {"docker", "compose", "down"},
                        {"docker", "compose", "exec", "--index", "1", "app", "./tidy"}};
  for (const Words& argv : rows) {
    StackCase stack(argv);
    if (argv.back() == "./tidy" && argv[argv.size() - 2] == "tool") stack.snapshot.up.actions = {};
    const LiveFacts facts = stack.facts();
    for (const Answer& answer : ask_the_stack(facts)) {
      EXPECT_EQ(answer.truth, Truth::kSupported)
          << argv[2] << " " << argv.back() << ": " << answer.claim << ": " << answer.note;
      EXPECT_FALSE(answer.note.empty()) << answer.claim;
      EXPECT_FALSE(answer.origin.empty()) << answer.claim;
    }
  }
}

const std::vector<StackRow>& service_rows() {
  static const std::vector<StackRow> kRows = {
      {"typo", run_with({"exec", "ap", "x"}), [](StackCase&) {}, "service-exists", kNo, kError,
       "did you mean app"},
      {"far off", run_with({"exec", "zzzzzz", "x"}), [](StackCase&) {}, "service-exists", kNo,
       kError, "app, db"},
      {"stopped", kMigrateInside, [](StackCase& s) { s.container("shop-app-1").state = "exited"; },
       "service-running", kNo, kError, "has ended"},
      {"gone", kMigrateInside, [](StackCase& s) { s.remove("shop-app-1"); }, "service-running", kNo,
       kError, "no container of app"},
      {"only a one-off", kMigrateInside,
       [](StackCase& s) {
         s.remove("shop-app-1");
         s.one_off("app", "running");
       },
       "service-running", kNo, kError, "one-off"},
      {"no such number", run_with({"exec", "--index", "3", "app", "x"}), [](StackCase&) {},
       "service-running", kNo, kError, "choose one with --index 1"},
      {"no list", kMigrateInside, [](StackCase& s) { s.snapshot.containers_failure = "broken"; },
       "service-running", kOpen, kError, "broken"},
      {"paused", kMigrateInside, [](StackCase& s) { s.container("shop-app-1").state = "paused"; },
       "service-not-paused", kNo, kError, "shop-app-1 is paused"},
      {"how a paused one is brought back", kMigrateInside,
       [](StackCase& s) { s.container("shop-app-1").state = "paused"; }, "service-not-paused", kNo,
       kError, "`docker compose unpause app` brings it back"},
      {"the words of the call", run_with({"-f", "compose.yaml", "exec", "app", "./tidy"}),
       [](StackCase& s) { s.container("shop-app-1").state = "exited"; }, "service-running", kNo,
       kError, "`docker compose -f compose.yaml up -d app`"},
      {"dependency paused", kMigrate,
       [](StackCase& s) { s.container("shop-db-1").state = "paused"; }, "service-not-paused", kNo,
       kError, "shop-db-1 is paused"},
      {"unhealthy", kMigrateInside,
       [](StackCase& s) { s.container("shop-app-1").health = "unhealthy"; }, "service-healthy", kNo,
       kError, "unhealthy"},
      {"unhealthy, no migration", kTidyInside,
       [](StackCase& s) { s.container("shop-app-1").health = "unhealthy"; }, "service-healthy", kNo,
       kWarning, "unhealthy"},
      {"live one unhealthy beside run", kMigrate,
       [](StackCase& s) { s.container("shop-app-1").health = "unhealthy"; }, "service-healthy", kNo,
       kWarning, "unhealthy"},
      {"dependency starting", kMigrate,
       [](StackCase& s) { s.container("shop-db-1").health = "starting"; }, "service-healthy", kNo,
       kError, "starting"},
      {"dependency restarting, --no-deps",
       run_with({"run", "--no-deps", "app", "manage.py", "migrate"}),
       [](StackCase& s) { s.container("shop-db-1").state = "restarting"; }, "service-healthy", kNo,
       kError, "restarting"},
      {"two", kMigrateInside,
       [](StackCase& s) { s.add("shop-app-2", "app", "running").number = 2; }, "right-container",
       kNo, kWarning, "2 containers"},
      {"first stopped", kMigrateInside,
       [](StackCase& s) {
         s.container("shop-app-1").state = "exited";
         s.add("shop-app-2", "app", "running").number = 2;
       },
       "right-container", kNo, kWarning, "enter shop-app-2"},
  };
  return kRows;
}

const std::vector<StackRow>& change_rows() {
  static const std::vector<StackRow> kRows = {
      {"recreate", kMigrate,
       [](StackCase& s) {
         s.snapshot.task.actions = {{"Container", "shop-db-1", "Recreate"}};
       },
       "no-recreate", kNo, kError, "shop-db-1"},
      {"recreate, no migration", run_with({"run", "app", "./tidy"}),
       [](StackCase& s) {
         s.snapshot.task.actions = {{"Container", "shop-db-1", "Recreate"}};
       },
       "no-recreate", kNo, kError, "shop-db-1"},
      {"orphans go", run_with({"run", "--no-deps", "--remove-orphans", "app", "./tidy"}),
       [](StackCase& s) {
         s.snapshot.task.actions = {{"Container", "shop-old-1", "Removing"}};
       },
       "no-recreate", kNo, kError, "shop-old-1"},
      {"plan failed, other plan tells", kMigrate,
       [](StackCase& s) {
         s.snapshot.task = {true, false, "unhealthy", {}};
         s.snapshot.up.actions = {{"Container", "shop-db-1", "Recreate"}};
       },
       "no-recreate", kNo, kError, "shop-db-1"},
      {"plans failed", kMigrate,
       [](StackCase& s) {
         s.snapshot.task = {true, false, "unhealthy", {}};
         s.snapshot.up = {true, false, "no image", {}};
       },
       "no-recreate", kOpen, kError, "unhealthy"},
      {"plan says nothing", kMigrate,
       [](StackCase& s) {
         s.snapshot.task.actions = {};
         s.snapshot.up = {};
       },
       "no-recreate", kOpen, kError, "not known"},
      {"no plan", kMigrate, [](StackCase& s) { s.snapshot.task = {}; }, "no-recreate", kOpen,
       kError, "not looked at"},
      {"plan failed, nothing is there yet", kMigrate,
       [](StackCase& s) {
         s.snapshot.task = {true, false, "app is missing dependency db", {}};
         s.snapshot.containers.clear();
       },
       "no-recreate", Truth::kSupported, kError, "leaves"},
      {"database down", kMigrate, [](StackCase& s) { s.container("shop-db-1").state = "exited"; },
       "dependencies-up", kNo, kWarning, "run would start it"},
      {"database down inside", kTidyInside, [](StackCase& s) { s.remove("shop-db-1"); },
       "dependencies-up", kNo, kNote, "db"},
      {"prepared once more", kMigrate,
       [](StackCase& s) {
         s.add("shop-prepare-1", "prepare", "exited");
         s.snapshot.task.actions.push_back({"Container", "shop-prepare-1", "Starting"});
       },
       "dependencies-up", kNo, kWarning, "prepare once more"},
      {"drift under exec", kMigrateInside,
       [](StackCase& s) {
         s.snapshot.up.actions = {{"Container", "shop-app-1", "Recreate"}};
       },
       "no-drift", kNo, kError, "shop-app-1 differs"},
      {"drift, no migration", kTidyInside,
       [](StackCase& s) {
         s.snapshot.up.actions = {{"Container", "shop-app-1", "Recreate"}};
       },
       "no-drift", kNo, kWarning, "shop-app-1 differs"},
      {"drift before run", kMigrate,
       [](StackCase& s) {
         s.snapshot.up.actions = {{"Container", "shop-app-1", "Recreate"}};
       },
       "no-drift", kNo, kNote, "shop-app-1 differs"},
      {"drift of others", kMigrateInside,
       [](StackCase& s) {
         s.snapshot.up.actions = {{"Container", "shop-db-1", "Recreate"}};
       },
       "no-drift", Truth::kSupported, kError, "what the files say"},
      {"scaled is no drift", kMigrateInside,
       [](StackCase& s) {
         s.snapshot.up.actions = {{"Container", "shop-app-1", "Removing"}};
       },
       "no-drift", Truth::kSupported, kError, "what the files say"},
      {"paused is not run once more", kMigrate,
       [](StackCase& s) {
         s.container("shop-db-1").state = "paused";
         s.snapshot.task.actions = {{"Container", "shop-db-1", "Restart"}};
       },
       "dependencies-up", Truth::kSupported, kWarning, "is up"},
      {"drift not known", kMigrateInside, [](StackCase& s) { s.snapshot.up = {}; }, "no-drift",
       kOpen, kError, "not known"},
      {"new image before migration", kMigrate,
       [](StackCase& s) { s.snapshot.configured_image_id = "sha256:2"; }, "image-current", kNo,
       kNote, "new code"},
      {"new image before import", run_with({"run", "app", "manage.py", "loaddata", "x.json"}),
       [](StackCase& s) { s.snapshot.configured_image_id = "sha256:2"; }, "image-current", kNo,
       kWarning, "new code"},
      {"new image under exec", kMigrateInside,
       [](StackCase& s) { s.snapshot.configured_image_id = "sha256:2"; }, "image-current", kNo,
       kWarning, "another"},
      {"no image", kMigrate, [](StackCase& s) { s.snapshot.configured_image_id.reset(); },
       "image-current", kOpen, kNote, "not on the engine"},
  };
  return kRows;
}

const std::vector<StackRow>& other_rows() {
  static const std::vector<StackRow> kRows = {
      {"task", kMigrate, [](StackCase& s) { s.one_off("app", "running"); }, "no-other-task", kNo,
       kError, "shop-app-run-1"},
      {"task beside a small one", kTidyInside, [](StackCase& s) { s.one_off("app", "running"); },
       "no-other-task", kNo, kWarning, "shop-app-run-1"},
      {"guarded task", kMigrate, [](StackCase& s) { s.one_off("app", "running").guard_run = "f"; },
       "no-other-task", kNo, kError, "guarded"},
      {"ended task", kMigrate, [](StackCase& s) { s.one_off("app", "exited"); }, "no-other-task",
       Truth::kSupported, kError, "no other"},
      {"other service's task", kMigrate, [](StackCase& s) { s.one_off("mail", "running"); },
       "no-other-task", Truth::kSupported, kError, "no other"},
      {"task under a stack", run_with({"down"}), [](StackCase& s) { s.one_off("app", "running"); },
       "no-other-task", kNo, kWarning, "shop-app-run-1"},
      {"open run", kMigrate,
       [](StackCase& s) {
         JournalRun run;
         run.project = "shop";
         run.user = "bert";
         s.journal = {run};
       },
       "nothing-left-open", kNo, kError, "recover"},
      {"open run, stack", run_with({"up", "-d"}),
       [](StackCase& s) {
         JournalRun run;
         run.project = "shop";
         s.journal = {run};
       },
       "nothing-left-open", kNo, kError, "recover"},
      {"open run of others", kMigrate,
       [](StackCase& s) {
         JournalRun project;
         project.project = "blog";
         JournalRun engine;
         engine.project = "shop";
         engine.engine = "ssh://prod";
         JournalRun ended;
         ended.project = "shop";
         ended.ended = 1;
         s.journal = {project, engine, ended};
       },
       "nothing-left-open", Truth::kSupported, kError, "no earlier"},
      {"errors in logs", kMigrate, [](StackCase& s) { s.snapshot.logs["mail"].error_count = 2; },
       "logs-baseline", kNo, kNote, "mail (2)"},
      {"no logs", kMigrate, [](StackCase& s) { s.snapshot.logs_asked = false; }, "logs-baseline",
       kOpen, kNote, "could not"},
  };
  return kRows;
}

TEST(AskTheStack, TellsWhatIsWrongWithServices) {
  expect_answers(service_rows());
}
TEST(AskTheStack, TellsWhatWouldChange) {
  expect_answers(change_rows());
}
TEST(AskTheStack, TellsWhoElseIsAtWork) {
  expect_answers(other_rows());
}

TEST(AskTheStack, AsksLessOfAStackThanOfATask) {
  StackCase stack({"docker", "compose", "up", "-d"});
  const LiveFacts facts = stack.facts();
  std::vector<std::string> claims;
  for (const Answer& answer : ask_the_stack(facts)) claims.push_back(answer.claim);
  EXPECT_EQ(claims,
            (Words{"engine-reachable", "engine-supported", "configuration-valid", "variables-set",
                   "project-is-live-from-here", "no-other-task", "nothing-left-open"}));
}

TEST(AskTheStack, SaysNothingOfContainersWithoutAnEngine) {
  StackCase stack(kMigrate);
  stack.snapshot.engine.reachable = false;
  EXPECT_EQ(stack.asked("service-healthy").claim, "");
  EXPECT_EQ(stack.asked("no-other-task").claim, "");
  EXPECT_EQ(stack.asked("configuration-valid").truth, Truth::kSupported);
}

TEST(AskTheStack, WarnsWhereOnlyComposeCanReadTheProject) {
  StackCase stack(kMigrate, std::string(kShop) + "nonsense: 1\n");
  const Answer answer = stack.asked("project-agrees");
  EXPECT_TRUE(asks(answer)) << answer.note;
  EXPECT_EQ(stack.asked("service-exists").truth, Truth::kSupported);
}

TEST(AskTheStack, TakesAPersonsWordForWhatIsNotKnownOnly) {
  StackCase stack(kMigrate);
  stack.attestations = {{"project-is-live-from-here", "CI deploys it"},
                        {"no-other-task", "I am sure"}};
  stack.snapshot.engine.endpoint = "ssh://prod";
  stack.container("shop-db-1").working_directory = "/builds/7";
  stack.one_off("app", "running");
  const Answer filled = stack.asked("project-is-live-from-here");
  EXPECT_EQ(filled.truth, Truth::kSupported);
  EXPECT_EQ(filled.origin, "attested by anna");
  EXPECT_EQ(filled.note, "CI deploys it");
  EXPECT_EQ(stack.asked("no-other-task").truth, Truth::kRefuted);
  EXPECT_NE(stack.asked("no-other-task").note.find("attested does not stand"), std::string::npos);
}

TEST(AskTheStack, TellsARunThatIsStillAtWork) {
  StackCase stack(kMigrate);
  JournalRun run;
  run.project = "shop";
  run.boot = boot_id();
  run.pid = ::getpid();
  run.ticks = began(run.pid);
  stack.journal = {run};
  EXPECT_EQ(stack.asked("nothing-left-open").remedy, "wait for it");
  EXPECT_NE(stack.asked("nothing-left-open").note.find("is at work in process"), std::string::npos);
  stack.journal[0].boot = "b-0";
  EXPECT_EQ(stack.asked("nothing-left-open").remedy, "`composelint guard recover`");
}

TEST(AskTheStack, ShowsNoControlCharacters) {
  StackCase stack(kMigrate);
  stack.one_off("app", "running").name = "x\x1b[2J";
  EXPECT_EQ(stack.asked("no-other-task").note.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace composelint::guard
