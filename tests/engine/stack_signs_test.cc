// Stacks that come back after a reboot and are a developer's all the same.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/engine/context_of_stack.h"

namespace composelint::engine {
namespace {

// A restart policy says nothing where others show that the stack serves whoever sits beside it.
TEST(ContextOfComposeFiles, IsDevelopmentWhereOnlyARestartPolicySpeaksAgainstIt) {
  const std::string stays = app("restart: always");
  const std::string kOps = "ops: `app` has restart: always";
  const std::string kDb = "ops: `db` has restart: always";
  const std::string kDev = "dev: nothing in use is touched there";
  const auto db = [](const std::string& rest) {
    return "services:\n  db:\n    image: postgres:16\n    restart: always\n    " + rest + "\n";
  };
  const auto built = [](const std::string& rest) {
    return "services:\n  db:\n    image: postgres:16\n  web:\n    build: " + rest + "\n";
  };
  const std::string page = "  page:\n    image: adminer:4\n    restart: always\n";
  const std::string kept = "volumes: ['/d:/var/lib/postgresql/data']\n    environment: ";
  const std::string known = "environment: [POSTGRES_PASSWORD=postgres]";
  const std::string member =
      "    image: mongo:7\n    restart: always\n    command: [mongod, --replSet, r]\n";
  const std::pair<std::string, std::string> k8s{"k8s/app.yaml", "kind: Deployment\n"};
  const auto readme = [](const std::string& text) {
    return std::pair<std::string, std::string>{"README.md", "# Shop\n" + text + "\n"};
  };
  const std::string own = "services:\n  app:\n    build: .\n    restart: always\n";
  const std::pair<std::string, std::string> kamal{"config/deploy.yml", "image: a\nservers: [b]\n"};
  const std::pair<std::string, std::string> cloud{
      ".github/workflows/ci.yml",
      "on: push\njobs:\n  deploy:\n    runs-on: a\n    steps:\n      - run: docker compose build\n"
      "      - uses: Azure/webapps-deploy@v3\n"};
  const std::pair<std::string, std::string> base{"compose.yaml", "# All.\n" + stays};
  const std::string up = "docker compose up -d\n";
  struct Row {
    Files files;
    std::string told;
  };
  const Row rows[] = {
      // Databases for an application that somebody runs beside them.
      {{{"compose.yaml", db(known)}}, kNothing},
      {{{"compose.yaml", db(known) + page}}, kNothing},
      {{{"compose.yaml", db("init: true")}}, kDb},
      {{{"compose.yaml", db("environment: ['POSTGRES_PASSWORD=${PW}']")}}, kDb},
      {{{"compose.yaml", db("environment: [POSTGRES_PASSWORD=postgres]\n    env_file: a")}}, kDb},
      {{{"compose.yaml", db(known) + "networks: {default: {external: true, name: a}}\n"}}, kDb},
      {{{"compose.yaml", db(known) + "  app:\n    image: example/app\n"}}, kDb},
      {{{"compose.yaml", "services:\n  a:\n" + member + "  b:\n" + member + "  c:\n" + member}},
       kNothing},
      {{{"compose.yaml", "services:\n  a:\n" + member + "  b:\n" + member}},
       "ops: `a` has restart: always"},
      // A page beside what does not come back.
      {{{"compose.yaml", built(".") + page}}, kNothing},
      {{{"compose.yaml", "services:\n" + page}}, "ops: `page` has restart: always"},
      {{{"compose.yaml", app("ports: ['80:80']") + "  db:\n    image: postgres:16\n    " + kept +
                             "[POSTGRES_PASSWORD=root]\n"}},
       kNothing},
      // What it is built of, and its settings.
      {{{"compose.yaml", built("{context: ., dockerfile: Dockerfile.dev}") + page}}, kDev},
      {{{"compose.yaml", app("restart: always\n    env_file: env/local.env")}}, kOps},
      {{{"compose.yaml", app("restart: always\n    env_file: .env.local")}}, kOps},
      {{{"compose.yaml", app("labels: ['traefik.http.routers.a.rule=Host(`a.localhost`)']")}},
       kDev},
      {{{"compose.yaml", app("labels: ['traefik.http.routers.a.rule=Host(`${H:-localhost}`)']")}},
       "ops: `app` has labels of Traefik"},
      // What the README has its reader do.
      {{{"compose.yaml", stays}, readme("Into /etc/hosts:\n\n127.0.0.1 shop.example.org")},
       "dev: the README puts a name of 127.0.0.1 into /etc/hosts"},
      {{{"compose.yaml", stays}, readme("No /etc/hosts: it is\n127.0.0.1 by itself.")}, kOps},
      {{{"compose.yaml",
         "services:\n  app:\n    build: x\n    restart: always\n    volumes: ['.:/a']\n"},
        readme("cp .env.local .env")},
       "dev: the README copies settings of a developer"},
      {{{"compose.yaml", stays}, readme("cp .env.local .env")}, kOps},
      {{{"compose.yaml", stays}, readme("シェルの\nローカル開発用です。")},
       "dev: the README says ローカル開発"},
      // What is in use runs in a cluster.
      {{{"obsolete/compose.yaml", stays}}, "nothing"},
      {{{"obsolete-version/compose.yaml", stays}}, kOps},
      {{{"compose.yaml", stays}, k8s}, "dev: the repository has what a cluster runs"},
      {{{"compose.yaml", app("ports: ['443:443']")}, k8s}, "ops: `app` has port 443 published"},
      {{{"compose.yaml", stays}, k8s, {"deploy.sh", "#!/bin/sh\ndocker compose pull\n"}}, kOps},
      // What is in use is deployed in another way, unless a script or a name speaks against it.
      {{{"compose.yaml", own}, kamal}, "dev: the repository is deployed by config/deploy.yml"},
      {{{"compose.yaml", own}, {"config/deploy.yml", "stages: [a]\n"}}, kNothing},
      {{{"compose.yaml", own}, {"Procfile", "web: serve\n"}},
       "dev: the repository is deployed by Procfile"},
      {{{"compose.yaml", own}, {"deploy/helm/Chart.yaml", "name: a\n"}},
       "dev: the repository has what a cluster runs"},
      {{{"compose.yaml", own}, cloud}, "dev: ci.yml deploys by azure/webapps-deploy"},
      {{{"compose.yaml", stays}, kamal}, kOps},
      {{{"compose.yaml", own}, kamal, {"deploy.sh", "#!/bin/sh\ndocker compose up -d\n"}},
       "ops: deploy.sh acts on it: file name deploy.sh"},
      {{{"compose.yaml", own + "    ports: ['443:443']\n"}, kamal},
       "ops: `app` has port 443 published"},
      {{{"compose.yaml", own},
        {".github/workflows/ci.yml", "jobs:\n  # - uses: superfly/flyctl-actions@v1\n"}},
       kNothing},
      {{{"compose.yaml", own}, {"charts/sales.js", "x\n"}}, kNothing},
      {{{"compose.yaml", own}, {"charts/shop/Chart.yaml", "name: a\n"}},
       "dev: the repository has what a cluster runs"},
      // It is run on a server all the same.
      {{{"compose.yaml", own}, kamal, {"up.sh", "#!/bin/sh\n" + up}},
       "dev: the repository is deployed by config/deploy.yml"},
      {{{"compose.yaml", own}, kamal, {"up.sh", "#!/bin/sh\ngit pull\n" + up}}, kOps},
      {{{"compose.yaml", own}, kamal, {"up.sh", "#!/bin/sh\ncd /opt/shop\n" + up}}, kOps},
      {{{"compose.yaml", own},
        kamal,
        {"backup.sh", "#!/bin/sh\ndocker compose exec -T db pg_dump a > /var/backups/a.sql\n"}},
       kOps},
      {{{"compose.yaml", own},
        kamal,
        {"Makefile", "deploy:\n\tssh a@b 'cd /srv/a && docker compose up -d'\n"}},
       "ops: Makefile acts on it: task deploy"},
      {{{"compose.yaml", own},
        kamal,
        {"shop.service",
         "[Service]\nWorkingDirectory=/srv/shop\nExecStart=/usr/bin/docker compose up\n"}},
       "ops: shop.service acts on it: systemd unit"},
      {{{"compose.yaml", own}, kamal, readme("## Production\n\n```\ngit pull\n" + up + "```")},
       kOps},
      // A file for production is whole, beside it or below.
      {{{"compose.yaml", own}, {"docker-compose.prod.yml", stays}},
       "dev: docker-compose.prod.yml beside it is for production"},
      {{{"compose.yaml", own}, {"production/stack.yml", stays}},
       "dev: production/stack.yml is for production"},
      {{{"compose.yaml", own}, {"compose.prod.yaml", "services:\n  web:\n    build: web\n"}},
       "dev: compose.prod.yaml beside it is for production"},
      {{{"compose.yaml", own}, {"docker-compose.staging.yml", stays}}, kNothing},
      {{{"compose.yaml", own}, {"docker-compose.prod.yml", "services:\n  other:\n    image: a\n"}},
       kNothing},
      // Laid over the other where nobody names files.
      {{{"compose.override.yaml", app("restart: always")},
        {"compose.yaml", "services:\n  web:\n    image: example/web\n"}},
       kNothing},
      {{{"compose.override.yaml", app("restart: always")},
        {"compose.yaml", "services:\n  web:\n    image: example/web\n"},
        {"deploy.sh", "#!/bin/sh\ndocker compose pull\n"}},
       "ops: deploy.sh acts on it: file name deploy.sh"},
      // What lies beside it tells of itself, or has all of it and more.
      {{{"compose.yaml", app("init: true")}, {"compose.selfhosted.yaml", stays}}, kNothing},
      {{{"compose.core.yaml", app("init: true")},
        {"compose.yaml", stays + "  db:\n    image: example/db\n"}},
       kNothing},
      {{{"compose.core.yaml", app("init: true")}, base},
       "ops: `app` has restart: always in compose.yaml beside it"},
      {{{"compose.yaml", app("restart: always\n    environment: [BASE_URL=http://localhost:80]")},
        {"compose.prod.yaml", stays}},
       "dev: compose.prod.yaml beside it is for production"},
      // What it is made of is a developer's.
      {{{"compose.yaml",
         app("restart: always\n    environment: [DATA=/Users" + std::string("/ann]"))}},
       kDev},
      {{{"compose.yaml", app("restart: always\n    environment: [DATA=/srv/data]")}}, kOps},
      {{{"compose.yaml", app("restart: always\n    build: {context: ., target: development}\n    "
                             "volumes: ['./a:/a']")}},
       kDev},
      // What was, what may be, and what somebody is to show.
      {{{"legacy/compose.yaml", stays}}, "nothing"},
      {{{"plan/compose.yaml", stays}, base}, "nothing"},
      {{{"plan/compose.yaml", stays}}, kOps},
      {{{"compose.yaml", stays}, {"README.md", "# Test task for a backend developer\n\nShop.\n"}},
       "dev: the README says test task"},
      {{{"compose.yaml", stays}, {"README.md", "# Профильное задание на стажировку\n\nShop.\n"}},
       "dev: the README says задание на стажировку"},
      // Up for as long as a script runs.
      {{{"dump.yaml", app("init: true")},
        base,
        {"dump.sh",
         "#!/bin/sh\ndocker compose -f dump.yaml up -d\n"
         "docker compose -f dump.yaml down\n"}},
       kNothing},
      {{{"dump.yaml", app("init: true")},
        base,
        {"dump.sh", "#!/bin/sh\ndocker compose -f dump.yaml up -d\n"}},
       "ops: `app` has restart: always in compose.yaml beside it"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(context_of_stack(row.files), row.told)
        << row.files.front().second << row.files.back().second;
  }
}

}  // namespace
}  // namespace composelint::engine
