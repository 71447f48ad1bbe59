// What the machine that a check runs on has beside the repository decides nothing, and what is
// likely of the machine that the scripts are for does.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/engine/check.h"
#include "analyzer/engine/workspace.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

const char* const kStack = "services:\n  app:\n    image: example/app:1.4\n";

struct Seen {
  std::string stack;  // the files of the project that the first call acts on, or why there is none
  std::vector<std::string> notes;
};

Seen check_call(Tree& tree, std::vector<std::string> paths = {"."}) {
  CheckRequest request;
  request.paths = std::move(paths);
  request.working_directory = "/repo";
  const Outcome outcome = check(request, tree, {});
  Seen seen;
  for (const Notification& note : outcome.run.notifications) seen.notes.push_back(note.message);
  if (outcome.run.calls.empty()) return {"no call", seen.notes};
  const Target& target = outcome.run.calls.front().step->call->target;
  seen.stack = target.why_unknown;
  if (target.project != nullptr) {
    for (const SourceFile* file : target.project->files) seen.stack += file->path() + " ";
  }
  return seen;
}

TEST(PathsOfAServer, AreNotLookedAtHere) {
  for (const std::string call : {"cd /srv/shop && docker compose up -d",
                                 "docker compose -f /srv/shop/compose.yaml up -d",
                                 "docker compose --project-directory /srv/shop up -d",
                                 "make -C /srv/shop up", "/srv/shop/up.sh"}) {
    Tree tree;
    tree.file("/repo/.git/HEAD").file("/repo/on-server.sh", "#!/bin/sh\n" + call + "\n");
    tree.file("/srv/shop/compose.yaml", kStack).file("/srv/shop/up.sh", "docker compose up\n");
    tree.file("/srv/shop/Makefile", "up:\n\tdocker compose up\n");
    const Seen seen = check_call(tree);
    for (const std::string& path : tree.opened) EXPECT_FALSE(path.starts_with("/srv")) << call;
    EXPECT_FALSE(seen.stack.ends_with("compose.yaml ")) << call;
  }
}

TEST(PathsOfAServer, AreLookedAtWhereTheyAreGiven) {
  Tree tree;
  tree.file("/repo/.git/HEAD").file("/repo/a.sh", "#!/bin/sh\ncd /srv/shop\ndocker compose up\n");
  tree.file("/srv/shop/compose.yaml", kStack);
  EXPECT_EQ(check_call(tree).stack, "/srv/shop lies outside of what is checked");
  EXPECT_EQ(check_call(tree, {".", "/srv/shop"}).stack, "/srv/shop/compose.yaml ");
}

TEST(FilesWithoutADefaultOne, AreNoTrouble) {
  Tree tree;
  tree.file("/repo/.git/HEAD").file("/repo/docker-compose.dev.yml", kStack);
  tree.file("/repo/docker-compose.override.yml", kStack).file("/compose.yaml", kStack);
  tree.file("/repo/a.sh", "#!/bin/sh\ndocker compose -f docker-compose.dev.yml up\n");
  const Seen seen = check_call(tree);
  EXPECT_EQ(seen.stack, "docker-compose.dev.yml ");
  EXPECT_EQ(seen.notes, std::vector<std::string>{});
}

TEST(TemplatesOfEnv, TellTheFiles) {
  struct Row {
    const char* name;
    const char* text;
    const char* env;  // null: none is there
    const char* stack;
  };
  const char* const kBoth = "COMPOSE_FILE=docker-compose.yml:docker-compose.local.yml\n";
  const char* const kTwo = "docker-compose.yml docker-compose.local.yml ";
  const Row rows[] = {
      {".env.example", kBoth, nullptr, kTwo},
      {".env.template", kBoth, nullptr, kTwo},
      {".env.sample", kBoth, nullptr, kTwo},
      {".env.dist", "COMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE=docker-compose.local.yml\n", nullptr,
       "docker-compose.local.yml "},
      {".env.example", kBoth, "TAG=1\n", "docker-compose.yml "},
      {".env.example", "COMPOSE_FILE=not-there.yml\n", nullptr, "docker-compose.yml "},
      {".env.test", kBoth, nullptr, "docker-compose.yml "},
  };
  for (const Row& row : rows) {
    Tree tree;
    tree.file("/repo/.git/HEAD").file("/repo/docker-compose.yml", kStack);
    tree.file("/repo/docker-compose.local.yml", kStack);
    tree.file("/repo/" + std::string(row.name), row.text);
    if (row.env != nullptr) tree.file("/repo/.env", row.env);
    tree.file("/repo/a.sh", "#!/bin/sh\ndocker compose up\n");
    EXPECT_EQ(check_call(tree).stack, row.stack) << row.name << ": " << row.text;
  }
}

}  // namespace
}  // namespace composelint::engine
