#include "analyzer/engine/context.h"

#include <gtest/gtest.h>

#include "analyzer/engine/check.h"
#include "tests/engine/last_told.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

std::string told(const ContextCue& cue) {
  return std::string(to_string(cue.context)) + ": " + cue.cue;
}

Outcome whole_run(const Tree& tree) {
  CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/repo";
  return check(request, tree, {});
}

// A script as a whole run sees it.
std::string of_script(const std::string& path, const std::string& text) {
  Tree tree;
  tree.file("/repo/.git/HEAD", "").file("/repo/" + path, "#!/bin/sh\n" + text);
  const Outcome outcome = whole_run(tree);
  if (outcome.run.scripts.size() != 1) return "no script";
  return told({outcome.run.scripts.front().context, outcome.run.scripts.front().cue});
}

TEST(ContextOfScripts, HasACue) {
  struct Row {
    const char *path, *text, *told;
  };
  const Row rows[] = {
      {"a.sh", "docker compose up", "ops: no cue of development or tests"},
      {"deploy.sh", "docker compose up", "ops: file name deploy.sh"},
      {"restore/a.sh", "docker compose up", "ops: directory restore"},
      {"cleanup.sh", "docker compose up", "dev: file name cleanup.sh"},
      {"cleanup.sh", "# For cron: 0 3 * * * /srv/shop/cleanup.sh\ndocker compose up",
       "ops: no cue of development or tests"},
      {"prod/local/a.sh", "docker compose up", "ops: directory prod/local"},
      {"tests/run.sh", "docker compose up", "ci: directory tests"},
      {"test-deploy.sh", "docker compose up", "ci: file name test-deploy.sh"},
      {"deploy-test.sh", "docker compose up", "ci: file name deploy-test.sh"},
      {"deploy_with_smoke_test.sh", "docker compose up",
       "ops: file name deploy_with_smoke_test.sh"},
      {"deploy-dev-and-test.sh", "docker compose up", "dev: file name deploy-dev-and-test.sh"},
      {"build-and-test.sh", "docker compose up", "ci: file name build-and-test.sh"},
      {"ops/deploy-dev.sh", "docker compose up", "dev: file name deploy-dev.sh"},
      {"deploydevelop.sh", "docker compose up", "dev: file name deploydevelop.sh"},
      {"deployprod.sh", "docker compose -f test.yml up", "ops: file name deployprod.sh"},
      {"scripts/perf/run.sh", "docker compose up", "ci: directory scripts/perf"},
      {"reference/scenarios/hunt.sh", "docker compose up", "dev: directory reference/scenarios"},
      {"run_locally.sh", "docker compose up", "dev: file name run_locally.sh"},
      {"e2e.sh", "docker compose up", "ci: file name e2e.sh"},
      {".buildkite/validate.sh", "docker compose up", "ci: directory .buildkite"},
      {"usr/local/bin/backup.sh", "docker compose up", "ops: file name backup.sh"},
      {"a.sh", "docker compose -f docker-compose.dev.yml up",
       "dev: compose file docker-compose.dev.yml"},
      {"deploy-production.sh", "docker compose -f local.docker.yml up",
       "ops: file name deploy-production.sh"},
      {"production/a.sh", "docker compose -f local.docker.yml up",
       "dev: compose file local.docker.yml"},
      {"a.sh", "docker compose -f compose.yaml -f compose.prod.yaml up",
       "ops: a call with --file compose.prod.yaml"},
      {"a.sh", "docker compose -p shop-staging up", "ops: a call with --project-name shop-staging"},
      {"a.sh", "docker compose --env-file .env.production up\npytest",
       "ops: a call with --env-file .env.production"},
      {"a.sh", "docker compose -f product.yml up", "ops: no cue of development or tests"},
      {"dev/a.sh", "docker compose -f compose.prod.yaml up", "dev: directory dev"},
      {"demo/a.sh", "docker compose up -d", "dev: directory demo"},
      {"a.sh", "docker compose exec web pytest", "ci: it runs a test suite"},
      {"a.sh", "docker compose run --rm web npm run test", "ci: it runs a test suite"},
      {"deploy.sh", "docker compose run --rm web npm test\ndocker compose up -d",
       "ops: file name deploy.sh"},
      {"a.sh", "docker compose exec web bin/console fixtures:load --env=dev",
       "dev: it sets --env=dev"},
      {"a.sh", "RAILS_ENV=test\nexport RAILS_ENV\ndocker compose run -e NODE_ENV=test web x",
       "dev: it sets NODE_ENV=test"},
      {"backup.sh", "docker compose exec db sh -c 'pg_dump shop_development > /b/x.sql'",
       "dev: it names shop_development"},
      {"a.sh", "read -p 'Sure? ' x\ndocker compose down", "ops: it asks the operator"},
      {"a.sh", "# Starts a development environment.\ndocker compose up",
       "dev: its head says development environment"},
      {"a.sh", "echo \"Run ./start-dev-env.sh first\"\ndocker compose exec web x",
       "dev: it speaks of start-dev-env.sh"},
      {"a.sh", "case $1 in p) ./start-prod.sh;; d) ./start-dev.sh;; esac\ndocker compose ps",
       "ops: no cue of development or tests"},
      {"deploy.sh", "# Puts it up locally\ndocker compose down\ndocker compose -f a.dev.yml up",
       "dev: compose file a.dev.yml"},
      {"deploy.sh", "# Puts it up\ndocker compose down\ndocker compose -f a.dev.yml up",
       "ops: file name deploy.sh"},
      {"deploy.sh", "# From the development environment.\ndocker compose up",
       "ops: file name deploy.sh"},
  };
  for (const Row& row : rows) EXPECT_EQ(of_script(row.path, row.text), row.told) << row.text;
}

// Files that the script names tell what for: settings that it copies, where it migrates to.
TEST(ContextOfScripts, IsToldByWhatTheyName) {
  struct Row {
    const char* text;
    const char* settings;  // .env.example
    const char* rest;      // of the service in compose.yaml
    const char* told;
  };
  const char* const kNone = "ops: no cue of development or tests";
  const char* const kCopy = "cp .env.example .env\ndocker compose up -d";
  const char* const kLocal = "dev: it migrates a database of this machine";
  const char* const kRun =
      "docker run --network host flyway/flyway -url=jdbc:postgresql://localhost:5432/shop migrate";
  const Row rows[] = {
      {kCopy, "A=b\nAPP_ENV=local\n", "init: true",
       "dev: it copies .env.example, which has APP_ENV=local"},
      {kCopy, "APP_ENV=production\nAPP_DEBUG=true\n", "restart: always", kNone},
      {kCopy, "A=b\n", "restart: always", kNone},
      {"cp .env.example .env\nsed -i s/local/x/ .env\ndocker compose up -d", "APP_ENV=local\n",
       "restart: always", kNone},
      {kRun, "", "init: true", kLocal},
      {kRun, "", "restart: always", kNone},
      {kRun, "", "init: true\n  app:\n    image: example/app", kNone},
      {"docker run flyway/flyway -url=jdbc:postgresql://db:5432/shop migrate", "", "init: true",
       kLocal},
      {"docker run flyway/flyway -url=jdbc:postgresql://db.example.org/shop migrate", "",
       "init: true", kNone},
      {"docker run -v ./flyway.conf:/flyway/conf/flyway.conf flyway/flyway:10 migrate", "",
       "init: true", kLocal},
  };
  for (const Row& row : rows) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "").file("/repo/.env.example", row.settings);
    tree.file("/repo/a.sh", "#!/bin/sh\n" + std::string(row.text) + "\n");
    tree.file("/repo/flyway.conf", "flyway.url=jdbc:postgresql://localhost:5432/shop\n");
    tree.file("/repo/compose.yaml",
              "services:\n  db:\n    image: postgres:16\n    " + std::string(row.rest) + "\n");
    EXPECT_EQ(last_told(tree), row.told) << row.text << row.settings << row.rest;
  }
}

// Nothing says where the script belongs: somebody uses what it acts on, or nothing shows that.
TEST(ContextOfScripts, IsDevelopmentWhereNothingIsLeftToRun) {
  struct Row {
    const char* text;
    const char* services;
    bool operations;
  };
  const char* const kDown = "docker compose down -v\ndocker compose up -d";
  const char* const kBuilt = "app: {build: .}\n  db: {image: postgres}";
  const Row rows[] = {
      {kDown, kBuilt, false},
      {kDown, "db: {image: postgres}", false},
      {kDown, "app: {build: ., restart: always}", true},
      {kDown, "app: {build: ., environment: [NODE_ENV=production]}", true},
      {kDown, "app: {image: example/app}\n  db: {image: postgres}", true},
      {"git pull\ndocker compose up -d --build", kBuilt, true},
      {"git stash\ndocker compose up -d --build", kBuilt, false},
      {"docker compose pull\ndocker compose up -d", kBuilt, true},
      {"docker compose exec -T db pg_dump -U app app > a.sql", kBuilt, true},
      {"docker compose up -d\nsystemctl reload nginx", kBuilt, true},
      {"docker compose -f other.yaml down -v", kBuilt, true},
      {"cd /srv/app\ndocker compose down -v", kBuilt, true},
      {"docker volume rm app_data", kBuilt, true},
  };
  for (const Row& row : rows) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "").file("/repo/Dockerfile", "FROM alpine\n");
    tree.file("/repo/a.sh", "#!/bin/sh\n" + std::string(row.text) + "\n");
    tree.file("/repo/compose.yaml", "services:\n  " + std::string(row.services) + "\n");
    EXPECT_EQ(last_told(tree), row.operations ? "ops: no cue of development or tests"
                                              : "dev: nothing shows that its stack is left to run")
        << row.text << row.services;
  }
}

// A stack whose sources are mounted and that is started to be worked on, and what keeps it from
// being a developer's.
TEST(ContextOfStacks, IsADevelopersWhereSourcesRun) {
  struct Row {
    const char* path;
    const char* text;
    const char* app;  // the rest of the service
    const char* told;
  };
  const char* const kNone = "ops: no cue of development or tests";
  const char* const kCall = "docker compose run --rm app rake db:migrate";
  const Row rows[] = {
      {"a.sh", kCall, "command: manage.py runserver 0.0.0.0:8000",
       "dev: service app runs runserver from mounted sources"},
      {"a.sh", kCall, "command: uvicorn a:b --reload",
       "dev: service app runs --reload from mounted sources"},
      {"a.sh", kCall, "command: npm run dev", "dev: service app runs run dev from mounted sources"},
      {"a.sh", kCall, "environment: [RAILS_ENV=development]",
       "dev: service app has RAILS_ENV=development"},
      {"a.sh", kCall, "environment: [RAILS_ENV=production]", kNone},
      {"a.sh", kCall, "command: gunicorn a:b\n    restart: always", kNone},
      {"a.sh", kCall, "command: manage.py runserver\n    restart: always", kNone},
      {"a.sh", kCall, "command: php -S 0.0.0.0:80",
       "dev: service app runs php -S from mounted sources"},
      {"a.sh", kCall, "ports: ['35729:35729']", "dev: the stack is one that developers work in"},
      {"a.sh", kCall, "ports: ['35729:35729', '443:443']",
       "dev: the stack is one that developers work in"},
      {"a.sh", kCall, "ports: ['35729:35729']\n    environment: [VIRTUAL_HOST=shop.example.com]",
       kNone},
      {"a.sh", "git pull\ndocker compose up -d", "command: manage.py runserver", kNone},
      {"a.sh", "read -p 'Sure? ' x\ndocker compose up -d", "command: manage.py runserver",
       "ops: it asks the operator"},
      {"backup.sh", kCall, "command: manage.py runserver", "ops: file name backup.sh"},
  };
  for (const Row& row : rows) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "")
        .file("/repo/" + std::string(row.path), "#!/bin/sh\n" + std::string(row.text));
    tree.file("/repo/compose.yaml",
              "services:\n  app:\n    build: ./app\n    volumes: "
              "[\"./app/:/usr/src/app\"]\n    " +
                  std::string(row.app) + "\n");
    const Outcome outcome = whole_run(tree);
    std::string found;
    for (const ScriptRecord& script : outcome.run.scripts) {
      if (script.timeline->file->path() == row.path) found = told({script.context, script.cue});
    }
    EXPECT_EQ(found, row.told) << row.path << ": " << row.text << ": " << row.app;
  }
}

std::string of_task(hosts::HostKind kind, const std::string& name, const Timeline& timeline = {},
                    std::string_view path = "x/file") {
  hosts::Task task;
  task.name = name;
  return told(context_of({path, kind, &task, timeline}));
}

TEST(ContextOfTasks, HasACue) {
  using hosts::HostKind;
  struct Row {
    HostKind kind;
    const char* name;
    const char* told;
  };
  const Row rows[] = {
      {HostKind::kMarkdown, "", "docs: documentation"},
      {HostKind::kCrontab, "", "ops: crontab"},
      {HostKind::kSystemd, "", "ops: systemd unit"},
      {HostKind::kGithubWorkflow, "lint", "ci: continuous integration"},
      {HostKind::kGithubWorkflow, "deploy", "ops: job deploy"},
      {HostKind::kGithubWorkflow, "test-deploy", "ci: continuous integration"},
      {HostKind::kGitlabCi, "deploy_staging", "ops: job deploy_staging"},
      {HostKind::kMakefile, "up", "dev: a developer's task runner"},
      {HostKind::kMakefile, "deploy", "ops: task deploy"},
      {HostKind::kMakefile, "deploy-dev", "dev: task deploy-dev"},
      {HostKind::kMakefile, "redeploy-app", "ops: task redeploy-app"},
      {HostKind::kMakefile, "test", "ci: task test"},
      {HostKind::kMakefile, "clean", "dev: task clean"},
      {HostKind::kPackageJson, "db:restore", "ops: task db:restore"},
  };
  for (const Row& row : rows) EXPECT_EQ(of_task(row.kind, row.name), row.told) << row.name;
}

// just's `mod test 'tasks/test'`: what is done for tests with data of production is no operation.
TEST(ContextOfTasks, AreNoOperationsInAFileForTests) {
  hosts::Task task;
  task.name = "load-prod-data";
  const Timeline timeline;
  EXPECT_EQ(told(context_of({"tasks/test", hosts::HostKind::kJustfile, &task, timeline})),
            "ci: file name test");
  EXPECT_EQ(told(context_of({"tasks/data", hosts::HostKind::kJustfile, &task, timeline})),
            "ops: task load-prod-data");
}

TEST(ContextOfTasks, AnEngineOfAnotherMachineIsOperations) {
  struct Row {
    const char* recipe;
    const char* told;
  };
  const char* const there = "ops: it acts on another machine";
  const char* const here = "dev: a developer's task runner";
  const Row rows[] = {
      {"docker compose up -d", here},
      {"docker -H ssh://ops@live compose up -d", there},
      {"docker -H unix:///run/docker.sock compose up -d", here},
      {"docker --context live compose up -d", there},
      {"docker --context default compose up -d", here},
      {"docker context use live; docker compose up -d", there},
      {"docker context use default; docker compose up -d", here},
      {"DOCKER_HOST=ssh://ops@live docker compose up -d", there},
      {"export DOCKER_HOST=ssh://ops@live; docker compose up -d", there},
  };
  for (const Row& row : rows) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "")
        .file("/repo/Makefile", "go:\n\t" + std::string(row.recipe) + "\n");
    const Outcome outcome = whole_run(tree);
    ASSERT_EQ(outcome.run.scripts.size(), 1U) << row.recipe;
    const ScriptRecord& script = outcome.run.scripts.front();
    EXPECT_EQ(told({script.context, script.cue}), row.told) << row.recipe;
  }
}

// The pipeline does not speak of containers; what it runs does.
TEST(ContextOfTasks, JobsThatRunAScriptAreRead) {
  Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/.gitlab-ci.yml", "nightly:\n  script:\n    - ./scripts/drain.sh\n")
      .file("/repo/scripts/drain.sh", "#!/bin/sh\ndocker compose stop worker\n");
  const Outcome outcome = whole_run(tree);
  std::size_t calls = 0;
  for (const ScriptRecord& script : outcome.run.scripts) {
    for (const Step& step : script.timeline->steps) {
      calls += script.timeline->task == "nightly" && step.call ? 1 : 0;
    }
  }
  EXPECT_EQ(calls, 1U);
}

TEST(ContextOfTasks, OtherMachinesAndProductionFilesAreOperations) {
  Timeline remote;
  remote.steps.emplace_back().place = Place::kRemote;
  EXPECT_EQ(of_task(hosts::HostKind::kGithubWorkflow, "go", remote),
            "ops: it acts on another machine");
  EXPECT_EQ(of_task(hosts::HostKind::kGithubWorkflow, "integration", remote),
            "ci: continuous integration");
  EXPECT_EQ(of_task(hosts::HostKind::kGithubWorkflow, "go", remote, "x/5_check_tools.yml"),
            "ci: continuous integration");
  EXPECT_EQ(of_task(hosts::HostKind::kMakefile, "go", remote), "ops: it acts on another machine");
  Timeline prod;
  ComposeInvocation call;
  Argument file;
  file.text = "docker-compose.prod.yml";
  call.global_options.push_back({"--file", {}, file});
  prod.steps.emplace_back().call = call;
  EXPECT_EQ(of_task(hosts::HostKind::kMakefile, "up", prod),
            "ops: a call with --file docker-compose.prod.yml");
  // A build is often tried with the files of production.
  EXPECT_EQ(of_task(hosts::HostKind::kGithubWorkflow, "build", prod), "ci: continuous integration");
}

}  // namespace
}  // namespace composelint::engine
