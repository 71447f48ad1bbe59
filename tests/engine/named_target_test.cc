// What a script reads and lets its caller choose, and who is asked.
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/last_told.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

std::string of_script(const std::string& path, const std::string& text) {
  Tree tree;
  tree.file("/repo/.git/HEAD", "").file("/repo/" + path, "#!/bin/sh\n" + text);
  return last_told(tree);
}

TEST(ContextOfTargets, IsThatOfTheSettings) {
  const std::string none = "ops: no cue of development or tests";
  EXPECT_EQ(of_script("a.sh", ". ./local.env\ndocker exec db mysqladmin drop shop"),
            "dev: it reads local.env");
  EXPECT_EQ(of_script("a.sh", "source .env.test\ndocker compose up"), "dev: it reads .env.test");
  // What this machine has of its own, whatever it is for.
  EXPECT_EQ(of_script("a.sh", ". ./.env.local\ndocker compose up"), none);
  EXPECT_EQ(of_script("a.sh", ". ./local.env\n. ./prod.env\ndocker compose up"), none);
  EXPECT_EQ(of_script("a.sh", "docker exec web sh -c 'bin/console fixtures:load --env=dev'"),
            "dev: it sets --env=dev");
}

TEST(ContextOfTargets, IsThatOfWhatIsPutInPlace) {
  const std::string command = "docker compose exec wp sh -c 'wp search-replace \"$LIVE_URL\" ";
  EXPECT_EQ(of_script("restore-db.sh", command + "\"$DEV_URL\" --skip-columns=guid'"),
            "dev: it replaces \"$LIVE_URL\" by \"$DEV_URL\"");
  EXPECT_EQ(of_script("restore-db.sh", command + "\"$NEW_URL\"'"), "ops: file name restore-db.sh");
}

TEST(ContextOfTargets, IsThatOfTheServices) {
  const auto told = [](const std::string& app, const std::string& text) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "");
    tree.file("/repo/compose.yaml", "services:\n  app:\n    build: .\n    environment: [" + app +
                                        "\n  db:\n    image: postgres:16\n");
    tree.file("/repo/restore.sh", "#!/bin/sh\n" + text);
    return last_told(tree);
  };
  const std::string drop = "docker compose run app rails db:drop\ndocker compose exec db psql\n";
  const std::string named = "ops: file name restore.sh";
  EXPECT_EQ(told("RAILS_ENV=development]", drop), "dev: service app has RAILS_ENV=development");
  EXPECT_EQ(told("RAILS_ENV=production]", drop), named);
  EXPECT_EQ(told("RAILS_ENV=development]\n    restart: always", drop), named);
  EXPECT_EQ(told("RAILS_ENV=development]", drop + "systemctl restart shop\n"), named);
}

TEST(ContextOfTargets, IsThatOfTheChoice) {
  const std::string named = "ops: file name restore.sh";
  const std::string works = "\ndocker exec db psql -f x.sql";
  EXPECT_EQ(of_script("restore.sh", "echo \"$0 --db=dev|test\"" + works),
            "dev: it may be told dev|test");
  EXPECT_EQ(of_script("restore.sh", "echo '<dev|test|prod>'" + works), named);
  EXPECT_EQ(of_script("restore.sh", "echo '<dev|customer>'" + works), named);
  EXPECT_EQ(of_script("restore.sh", "case $1 in dev|test) x=1;; *) x=2;; esac" + works), named);
}

TEST(ContextOfTargets, IsThatOfWordsWithCapitals) {
  EXPECT_EQ(of_script("resetDb.sh", "docker exec db dropdb shop"), "dev: file name resetDb.sh");
  EXPECT_EQ(of_script("lintWeb.sh", "docker compose run web x"), "dev: file name lintWeb.sh");
  EXPECT_EQ(of_script("a.sh", "# Loads the test database.\ndocker exec db psql -f x.sql"),
            "dev: its head says test database");
  EXPECT_EQ(of_script("restoreDb.sh", "docker exec db psql -f x.sql"),
            "ops: file name restoreDb.sh");
}

// Who is asked is a developer, where the repository says so and its stack is made for that.
TEST(ContextOfTargets, IsThatOfWhoIsAsked) {
  const auto told_below = [](const std::string& readme, const std::string& rest) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "").file("/repo/README.md", readme);
    tree.file("/repo/compose.yaml",
              "services:\n  app:\n    build: .\n    volumes: [\".:/app\"]\n    " + rest + "\n");
    tree.file("/repo/a.sh", "#!/bin/sh\nread -p 'Sure? ' x\ndocker compose up -d\n");
    return last_told(tree);
  };
  const std::string worked_on = "environment: {NODE_ENV: development}";
  const std::string local = "# Shop\n\nThe simplest local environment.\n";
  EXPECT_EQ(told_below(local, worked_on),
            "dev: service app has NODE_ENV=development from mounted sources");
  EXPECT_EQ(told_below("# Shop\n\nSells.\n", worked_on), "ops: it asks the operator");
  EXPECT_EQ(told_below(local, "restart: always"), "ops: it asks the operator");
}

TEST(ContextOfTargets, IsNotThatOfADefault) {
  const std::string reads =
      "ENV_FILE=\"${1:-.env.dev}\"\nsource \"$ENV_FILE\"\ndocker compose up -d";
  EXPECT_EQ(of_script("deploy-shop.sh", reads), "ops: file name deploy-shop.sh");
  EXPECT_EQ(of_script("start.sh", reads), "dev: it reads .env.dev");
  EXPECT_EQ(of_script("deploy-shop.sh", "source .env.dev\ndocker compose up -d"),
            "dev: it reads .env.dev");
}

TEST(ContextOfTargets, IsThatOfTheTestsThatAreRun) {
  const std::string none = "ops: no cue of development or tests";
  const std::string up = "\ndocker compose up -d";
  const std::string suite = "ci: it runs a test suite";
  EXPECT_EQ(of_script("a.sh", "python -m pytest" + up), suite);
  EXPECT_EQ(of_script("a.sh", "uv run pytest tests" + up), suite);
  for (const char* brings :
       {"pip install pytest", "uv tool install playwright", "npx playwright install chromium",
        "composer require phpunit", "npm i -g jest", "command -v pytest"}) {
    EXPECT_EQ(of_script("a.sh", brings + up), none) << brings;
  }
}

TEST(ContextOfTargets, IsThatOfWhatAHookLeavesUp) {
  const std::string up = "docker compose --file prod.yaml up -d\n";
  EXPECT_EQ(of_script(".ci/build.sh", up), "ops: a call with --file prod.yaml");
  EXPECT_EQ(of_script(".ci/build.sh", up + "docker compose --file prod.yaml down"),
            "ci: directory .ci");
  EXPECT_EQ(of_script(".ci/smoke.sh", up), "ci: file name smoke.sh");
  EXPECT_EQ(of_script("tests/build.sh", up), "ci: directory tests");
}

}  // namespace
}  // namespace composelint::engine
