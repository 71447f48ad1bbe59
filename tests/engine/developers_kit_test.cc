// Backup and restore beside a stack that somebody works in.
#include <gtest/gtest.h>

#include <string>

#include "tests/engine/last_told.h"

namespace composelint::engine {
namespace {

TEST(ContextOfKits, ServersKeepTheirDumpsElsewhere) {
  struct Row {
    const char* text;
    const char* told;
  };
  const char* const kOps = "ops: file name restore.sh";
  const char* const kDev = "dev: service app runs runserver from mounted sources";
  const Row rows[] = {
      {"docker compose exec -T db psql shop < dumps/shop.sql", kDev},
      {"docker compose exec -T db psql -f /srv/shop.sql shop", kDev},
      {"docker compose exec -T db psql shop < /var/backups/shop.sql", kOps},
      {"FROM=/srv/kept\ngunzip -c $FROM/a.gz | docker compose exec -T db psql shop", kOps},
      {"cd /opt/shop\ndocker compose exec -T db psql shop < a.sql", kOps},
  };
  for (const Row& row : rows) {
    Tree tree;
    tree.file("/repo/.git/HEAD", "");
    tree.file("/repo/restore.sh", "#!/bin/sh\n" + std::string(row.text) + "\n");
    tree.file("/repo/compose.yaml",
              "services:\n  app:\n    build: ./app\n    command: manage.py runserver\n"
              "    volumes: ['./app/:/usr/src/app']\n  mail:\n    image: mailhog/mailhog\n"
              "  db:\n    image: postgres:16\n");
    EXPECT_EQ(last_told(tree), row.told) << row.text;
  }
}

}  // namespace
}  // namespace composelint::engine
