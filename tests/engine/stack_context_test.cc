// What a compose file is for, as the findings about it see it.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/engine/context_of_stack.h"

namespace composelint::engine {
namespace {

TEST(ContextOfComposeFiles, IsOperationWhereSomethingShowsIt) {
  struct Row {
    Files files;
    const char* told;
  };
  const std::string plain = app("init: true");
  const std::string kept =
      "  db:\n    image: postgres:16\n    volumes: ['/data:/var/lib/postgresql/data']\n";
  const std::string pull = "#!/bin/sh\ndocker compose pull\n";
  const std::string kDeploy =
      "Deploy it: deploy, backup, backup, domain, VPS.\n\n    docker compose up -d\n";
  const Row rows[] = {
      {{{"compose.yaml", plain}}, kNothing},
      {{{"compose.yaml", app("restart: unless-stopped")}},
       "ops: `app` has restart: unless-stopped"},
      {{{"compose.yaml", app("restart: on-failure")}}, kNothing},
      {{{"compose.yaml", app("deploy: {restart_policy: {condition: any}}")}},
       "ops: `app` has a restart policy"},
      {{{"compose.yaml", app("deploy: {restart_policy: {condition: none}}")}}, kNothing},
      {{{"compose.yaml", app("environment: [NODE_ENV=production]")}},
       "ops: `app` has NODE_ENV=production"},
      {{{"compose.yaml", app("ports: ['443:443']")}}, "ops: `app` has port 443 published"},
      {{{"compose.yaml", app("ports: ['127.0.0.1:443:443']")}}, kNothing},
      {{{"compose.yaml", app("ports: ['8443:443']")}}, kNothing},
      {{{"compose.yaml",
         "services:\n  app:\n    build: x\n    ports: ['443:443']\n"
         "    volumes: ['./www:/var/www/html']\n"}},
       kNothing},
      {{{"compose.yaml", app("ports: ['80:80']")}}, kNothing},
      {{{"compose.yaml", app("ports: ['80:80']") + kept}}, "ops: port 80 is published"},
      {{{"compose.yaml", app("ports: ['80:80']") + "  db:\n    image: postgres:16\n"}}, kNothing},
      {{{"compose.yaml", app("ports: ['80:80']\n    environment: [APP_DOMAIN=a.example.org]")}},
       "ops: port 80 is published"},
      {{{"compose.yaml", app("ports: ['80:80']\n    environment: [APP_DOMAIN=a.localhost]")}},
       kNothing},
      {{{"compose.yaml", app("ports: ['80:80']\n    volumes: ['.:/srv']") + kept}}, kNothing},
      {{{"compose.yaml", app("environment: [VIRTUAL_HOST=shop.example.com]")}},
       "ops: `app` has VIRTUAL_HOST=shop.example.com"},
      {{{"compose.yaml", app("environment: [VIRTUAL_HOST=shop.docker]")}}, kNothing},
      {{{"compose.yaml", app("labels: {traefik.enable: 'true'}")}},
       "ops: `app` has labels of Traefik"},
      {{{"compose.yaml", app("volumes: ['./letsencrypt:/etc/ssl']")}},
       "ops: `app` has a mount of letsencrypt"},
      {{{"compose.prod.yaml", plain}}, "ops: file name compose.prod.yaml"},
      {{{"deploy/compose.yaml", plain}}, kNothing},
      {{{"production/compose.yaml", plain}}, "ops: directory production"},
      {{{"server/compose.yaml", plain}}, kNothing},  // the code of one
      {{{"compose.yaml", plain}, {"deploy.sh", pull}},
       "ops: deploy.sh acts on it: file name deploy.sh"},
      {{{"compose.yaml", plain}, {"start.sh", pull}}, kNothing},
      {{{"compose.yaml", plain}, {"restore.sh", pull}}, kNothing},
      {{{"compose.yaml", plain}, {"local-env.sh", pull}}, "dev: only local-env.sh calls it"},
      {{{"compose.yaml", plain}, {"local-env.sh", pull}, {"start.sh", pull}}, kNothing},
      {{{"compose.yaml", app("restart: always")}, {"local-env.sh", pull}},
       "ops: `app` has restart: always"},
      {{{"compose.yaml", plain}, {"README.md", kDeploy}},
       "ops: the README speaks of operation 6 times, of development 0"},
      {{{"compose.yaml", plain},
        {"README.md", "A backup server: backup, backup, backup, server, server, deploy."}},
       kNothing},
      {{{"compose.yaml", plain}, {"README.md", "Deploy, deploy, deploy, locally, localhost, vps"}},
       kNothing},
      {{{"compose.yaml", plain},
        {"README.md", "Deploy it: deploy, backup, backup, domain, VPS, `cap deploy`."}},
       kNothing},
      {{{"compose.yaml", plain},
        {"infra/compose.prod.yaml", "# In use.\n" + plain},
        {"README.md", kDeploy}},
       kNothing},
      {{{"compose.yaml", plain}, {"compose-more.yaml", app("restart: always")}},
       "ops: `app` has restart: always in compose-more.yaml beside it"},
      {{{"compose.yaml", plain}, {"compose.prod.yaml", app("restart: always")}}, kNothing},
      {{{"compose.yaml", plain}, {"more/compose.yaml", app("restart: always")}}, kNothing},
      {{{"a.yml", plain},
        {"b.yml", "services:\n  b:\n    image: example/b\n    restart: always\n"}},
       kNothing},
      {{{"a.yml", plain}, {"b.yml", app("restart: always")}},
       "ops: `app` has restart: always in b.yml beside it"},
      {{{"compose.yaml", plain}, {"deploy/setup.sh", "#!/bin/sh\ndocker compose version\n"}},
       kNothing},
      {{{"compose.yaml", plain},
        {"compose.more.yaml", app("restart: always\n    environment: [XDEBUG_MODE=off]")}},
       kNothing},
      {{{"compose.yaml",
         "services:\n  ui:\n    image: pantsel/konga\n    environment: [NODE_ENV=production]\n"}},
       kNothing},
      {{{"compose.yaml", plain}, {"README.md", kDeploy}, {"dev.sh", pull}},
       "dev: only dev.sh calls it"},
      {{{"compose.mac.yml", app("restart: always")}, {"compose.yml", "# In use.\n" + plain}},
       "dev: file name compose.mac.yml"},
      {{{"compose.mac.yml", app("restart: always")}}, "ops: `app` has restart: always"},
      {{{"compose.yaml", app("restart: always\n    environment: [SPRING_PROFILES_ACTIVE=local]")}},
       kNothing},
      {{{"demo/compose.yaml", app("restart: always")}}, "dev: directory demo"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(context_of_stack(row.files), row.told) << row.files.back().second;
  }
}

// What lies there is somebody else's, and the stack that is built from it is the one beside it.
TEST(ContextOfComposeFiles, OfACopiedRepositoryShowNothing) {
  const std::string stays = app("restart: always");
  const std::string kOps = "ops: `app` has restart: always";
  const std::string file = "apps/x/src/server/compose.yaml";
  const std::pair<std::string, std::string> its{"apps/x/src/.github/FUNDING.yml", ""};
  const std::pair<std::string, std::string> built{"apps/x/compose.yaml", "# Built.\n" + stays};
  EXPECT_EQ(context_of_stack({{file, stays}, its, built}), kNothing);
  EXPECT_EQ(context_of_stack({{file, stays}, its}), kOps);
  EXPECT_EQ(context_of_stack({{file, stays}, built}), kOps);
  EXPECT_EQ(context_of_stack({{file, stays}, its, built, {".github/x.yml", ""}}), kNothing);
  EXPECT_EQ(context_of_stack({{file, stays},
                              its,
                              built,
                              {"up.sh", "#!/bin/sh\ncd apps/x/src/server\ndocker compose pull\n"}}),
            kOps);
}

// Kept, and read by nobody.
TEST(ContextOfComposeFiles, OfFilesPutAsideAreNotAskedFor) {
  const std::string stays = app("restart: always") + "  db:\n    image: postgres:16\n";
  const std::string kOps = "ops: `app` has restart: always";
  const std::pair<std::string, std::string> above{"compose.yaml", stays};
  const auto up = [](const std::string& directory) {
    return "#!/bin/sh\ncd " + directory + " && docker compose pull\n";
  };
  EXPECT_EQ(context_of_stack({{"compose-old.yaml", stays}}), "nothing");
  EXPECT_EQ(context_of_stack({{"old_v1/compose.yaml", stays}}), "nothing");
  EXPECT_EQ(context_of_stack({{"old_v1/compose.yaml", stays}, {"up.sh", up("old_v1")}}), kOps);
  EXPECT_EQ(context_of_stack({{"old_v1/compose.yaml", stays}, {"old_v1/up.sh", up(".")}}),
            "nothing");
  EXPECT_EQ(context_of_stack({{"golden/compose.yaml", stays}}), kOps);
  EXPECT_EQ(context_of_stack({{"backup/v4/compose.yaml", stays}, above}), "nothing");
  EXPECT_EQ(context_of_stack(
                {{"backup/compose.yaml", "services:\n  a: {image: a, restart: always}\n"}, above}),
            "ops: `a` has restart: always");
  EXPECT_EQ(context_of_stack({{"a/compose.yaml", "# This file is deprecated.\n" + stays}}),
            "nothing");
  EXPECT_EQ(context_of_stack({{"a/compose.yaml", "# DEPRECATED: use b instead\n" + stays}}),
            "nothing");
}

TEST(ContextOfComposeFiles, IsWhatPeopleSay) {
  const std::string plain = app("init: true");
  EXPECT_EQ(context_of_stack({{"compose.yaml", plain}}, "/repo", Context::kOps),
            "ops: given on the command line");
  EXPECT_EQ(context_of_stack({{"compose.dev.yaml", plain}}, "/repo", Context::kOps),
            "ops: given on the command line");
  const std::string config = "context:\n  - {paths: ['*.yaml'], is: ops}\n";
  EXPECT_EQ(
      context_of_stack({{"compose.dev.yaml", plain}, {".composelint.yaml", config}}).substr(0, 3),
      "ops");
}

TEST(ContextOfComposeFiles, IsDevelopmentWhateverComesBack) {
  const std::string stays = app("restart: always");
  const auto built = [](const std::string& rest) {
    return "services:\n  db:\n    image: postgres:16\n    restart: always\n  web:\n    build: .\n  "
           "  " +
           rest + "\n";
  };
  const std::string kOps = "ops: `app` has restart: always";
  const std::string kDb = "ops: `db` has restart: always";
  const std::string kDev = "dev: nothing in use is touched there";
  const std::string kKafka = "KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://localhost:9092";
  const std::string kTests = "ci: what it starts is there to be tested";
  struct Row {
    Files files;
    std::string told;
  };
  const Row rows[] = {
      {{{"compose.yaml", "# The development version of it.\n" + stays}}, kDev},
      {{{"compose.yaml", "# Avoid using this file in your production environment.\n" + stays}},
       kDev},
      {{{"compose.yaml", "# For production. Avoid using :latest.\n" + stays}}, kOps},
      {{{"compose.yaml", "# Compose file for infrastructure testing\n" + stays}},
       "ci: its head says that it is for tests"},
      {{{"compose.yaml", "name: shop-dev\n" + stays}}, kDev},
      {{{"compose.yaml", "name: devices\n" + stays}}, kOps},
      {{{"compose.yaml", "name: shop-demo\n" + stays}}, kDev},
      {{{"compose.yaml",
         app("restart: always\n    labels: ['traefik.frontend.rule=Host:shop.localhost']")}},
       kDev},
      {{{"compose.yaml",
         app("restart: always\n    labels: ['traefik.frontend.rule=Host:shop.example.org']")}},
       kOps},
      {{{"compose.yaml", app("restart: always\n    profiles: [dev, web]")}}, kDev},
      {{{"compose.yaml", app("restart: always\n    profiles: [devices]")}}, kOps},
      {{{"compose.yaml", app("restart: always\n    volumes: ['./x/xdebug.ini:/x.ini']")}}, kDev},
      {{{"compose.yaml", app("restart: always\n    ports: ['35729:35729']")}}, kDev},
      {{{"compose.yaml", stays + "  aws:\n    image: localstack/localstack:3\n"}}, kDev},
      {{{"compose.yaml", built("command: npm run dev\n    volumes: ['./app:/app']")}}, kDev},
      {{{"compose.yaml", built("command: php -S 0.0.0.0:80\n    volumes: ['./app:/app']")}}, kDev},
      {{{"compose.yaml", built("command: npm start\n    volumes: ['./app:/app']")}}, kNothing},
      {{{"compose.yaml",
         built("restart: always\n    command: npm run dev\n    volumes: ['.:/$X']")}},
       kDev},
      {{{"compose.yaml", built("restart: always\n    volumes: ['.:/app']")}}, kNothing},
      {{{"compose.yaml", built("volumes: ['./dev-mount/web:/data']")}}, kDev},
      {{{"compose.yaml", built("volumes: ['/srv/dev/web:/data']")}}, kNothing},
      {{{"compose.yaml", built("volumes: ['$KEYS:/root/.ssh/id_rsa']")}}, kDev},
      {{{"compose.yaml", stays + "  mail:\n    image: mailhog/mailhog\n"}}, kDev},
      {{{"compose.yaml", built("restart: always\n    volumes: ['.:/app']\n    environment: "
                               "[NODE_ENV=production]\n  mail:\n    image: mailhog/mailhog")}},
       kDb},
      {{{"compose.yaml", stays + "  mail:\n    image: mailhog/mailhog\n    profiles: [dev]\n"}},
       kOps},
      {{{"compose.yaml", stays + "networks: {default: {name: shop-dev}}\n"}}, kDev},
      {{{"compose.yaml", stays + "networks: {default: {name: devices}}\n"}}, kOps},
      {{{"compose.yaml", built("volumes: ['.:/app']")}},
       "dev: nothing shows that the stack is left to run"},
      {{{"compose.yaml", built("command: npm run dev\n    volumes: ['./x.ini:/etc/x.ini']")}},
       kNothing},
      {{{"compose.yaml", built("volumes: ['.:/app']")}, {"compose.prod.yaml", stays}},
       "dev: compose.prod.yaml beside it is for production"},
      {{{"compose.yaml", stays}, {"compose.prod.yaml", "# Live.\n" + stays}}, kOps},
      {{{"compose.yaml", app("restart: always\n    environment: [POSTGRES_DB=shop_local]")}}, kDev},
      {{{"compose.yaml", app("restart: always\n    environment: [POSTGRES_DB=localshop]")}}, kOps},
      {{{"compose.yaml", stays + "  sut:\n    image: example/b\n"}}, kTests},
      {{{"compose.yaml", stays + "  b:\n    image: example/b:test\n"}}, kTests},
      {{{"compose.yaml", stays + "  b:\n    image: example/test:1\n"}}, kOps},
      {{{"compose.yaml", built("ports: ['5173:5173']\n    volumes: ['./a:/b']")}}, kDev},
      {{{"compose.yaml", app("restart: always\n    ports: ['5173:5173']")}}, kOps},
      {{{"compose.yaml", built("volumes: ['~/.ssh:/home/me/.ssh']")}}, kDev},
      {{{"compose.yaml", app("restart: always\n    volumes: ['~/.ssh:/root/.ssh']")}}, kOps},
      {{{"compose.yaml", built("environment: [SERVICE_TAGS=dev]\n    volumes: ['.:/app']")}}, kDev},
      {{{"compose.yaml",
         built("environment: ['NEXTAUTH_URL=http://localhost:1']\n    volumes: ['.:/app']")}},
       kDev},
      {{{"compose.yaml", stays + "    environment: ['NEXTAUTH_URL=http://localhost:1']\n"}},
       kNothing},
      {{{"compose.yaml", stays + "    environment: ['NEXTAUTH_URL=${X:-http://localhost:1}']\n"}},
       kOps},
      {{{"compose.yaml",
         built("ports: ['443:443']\n    environment: ['A_URL=http://localhost:1']")}},
       "ops: `web` has port 443 published"},
      // What is built here comes back wherever it is started, unless it is set to produce.
      {{{"compose.yaml", built("restart: always")}}, kNothing},
      {{{"compose.yaml", built("restart: always\n    environment: [NODE_ENV=production]")}}, kDb},
      {{{"compose.yaml", built("restart: always")},
        {"deploy.sh", "#!/bin/sh\ndocker compose pull\n"}},
       "ops: deploy.sh acts on it: file name deploy.sh"},
      {{{"compose.yaml", app("restart: always\n    environment: [" + kKafka + "]")},
        {"README.md", "# Shop\n### Set Up A Local Environment\n"}},
       "dev: the README has a chapter about a local environment"},
      {{{"compose.yaml", app("restart: always\n    environment: [" + kKafka + "]")},
        {"README.md", "# Shop\nA shop.\n## Start\nOr in a local environment.\n"}},
       kNothing},
      {{{"compose.yaml", stays}, {"README.md", "# Shop\n### Set Up A Local Environment\n"}}, kOps},
      {{{"homework/compose.yaml", stays}}, "dev: directory homework"},
      {{{"course/lesson_01/a/compose.yaml", stays}}, "dev: directory lesson_01"},
      {{{"lesson/compose.yaml", stays}}, kOps},
      {{{"compose-extra.yaml", stays},
        {".github/workflows/t.yml",
         "on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n"
         "      - run: docker compose -f compose-extra.yaml up -d\n"}},
       "ci: only .github/workflows/t.yml calls it"},
      {{{"compose-extra.yaml", stays},
        {"tool.sh",
         "#!/bin/sh\ndocker compose -f compose-extra.yaml up -d\n[ \"$1\" = test ] && pytest\n"}},
       kOps},
      {{{"compose-extra.yaml", stays},
        {"compose.yaml", "services:\n  z:\n    image: example/z\n"},
        {"tool.sh",
         "#!/bin/sh\ndocker compose -f compose.yaml -f compose-extra.yaml up -d\n"
         "[ \"$1\" = test ] && pytest\n"}},
       kOps},
      {{{"compose.yaml", stays},
        {"fixtures.sh", "#!/bin/sh\ndocker compose exec app console fixtures:load --env=dev\n"}},
       "dev: fixtures.sh runs it for developers"},
      {{{"compose.yaml", stays},
        {"fixtures.sh", "#!/bin/sh\ndocker compose exec app console fixtures:load --env=dev\n"},
        {"roll.sh", "#!/bin/sh\nssh live docker compose pull\ndocker compose pull\n"}},
       kOps},
      // Read with it in no other call.
      {{{"compose.yaml", "services:\n  a:\n    image: example/a\n"},
        {".devcontainer/more.yaml", stays},
        {".devcontainer/up.sh",
         "#!/bin/sh\ncd ..\ndocker compose -f compose.yaml -f .devcontainer/more.yaml up -d\n"}},
       "dev: only .devcontainer/up.sh reads it so"},
      // "dev" is a part of what the product is called.
      {{{"gpu-dev-assistant.yml", stays}}, kOps},
      {{{"gpu-assistant-dev.yml", stays}}, "dev: file name gpu-assistant-dev.yml"},
      {{{"docker-compose.dev.full.yml", stays}}, "dev: file name docker-compose.dev.full.yml"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(context_of_stack(row.files), row.told) << row.files.front().second;
  }
  EXPECT_EQ(context_of_stack({{"compose.yaml", stays}}, "/shop-develop"),
            "dev: repository shop-develop");
  EXPECT_EQ(context_of_stack({{"compose.yaml", stays}}, "/developer-portal"), kOps);
}

}  // namespace
}  // namespace composelint::engine
