#include <gtest/gtest.h>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

// A script that tells nothing of itself, below a README.
std::string below_readme(const std::string& readme, const std::string& path) {
  Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/README.md", readme)
      .file("/repo/" + path, "#!/bin/sh\ndocker compose up\n");
  CheckRequest request;
  request.paths = {path};
  request.working_directory = "/repo";
  const Outcome outcome = check(request, tree, {});
  if (outcome.run.scripts.size() != 1) return "no script";
  const auto& script = outcome.run.scripts.front();
  return std::string(to_string(script.context)) + ": " + script.cue;
}

TEST(ContextOfRepositories, IsSaidByTheReadme) {
  struct Row {
    const char *readme, *path, *told;
  };
  const Row rows[] = {
      {"# Shop Demo\n", "a.sh", "dev: the README says demo"},
      {"# Shop Demo\n", "deploy.sh", "ops: file name deploy.sh"},
      {"# Shop Demo\n", "backup.sh", "dev: the README says demo"},
      {"# Shop Demo\n", "restore-prod.sh", "ops: file name restore-prod.sh"},
      {"# Developing shops\n", "rollback.sh", "dev: the README says developing"},
      {"# Shop\n\nRuns the shop locally using docker.\n", "a.sh",
       "dev: the README says locally using docker"},
      {"Shop Demo\n=========\n", "a/b.sh", "dev: the README says demo"},
      {"# Shop\n\nA local development harness for the shop.\n", "a.sh",
       "dev: the README says local development"},
      {"<img src=x>\n\n# Shop\n\n- [Start](#start)\n\nA sandbox for shops.\n", "a.sh",
       "dev: the README says sandbox for"},
      {"# Shop\n\nFirst set up your development environment.\n", "a.sh",
       "ops: no cue of development or tests"},
      {"# Shop\n\nFor local development and for production.\n", "a.sh",
       "ops: no cue of development or tests"},
      {"# Shop\n\nSells things.\n\nLocal development: see docs.\n", "a.sh",
       "ops: no cue of development or tests"},
      {"# Shop\n\nSells.\n\n> This is a **development environment only**.\n", "a.sh",
       "dev: the README says development environment only"},
      {"# Shop\n\n> Do NOT use in production.\n\n## Deployment\n", "backup.sh",
       "dev: the README says not use in production"},
      {"# Shop\n\n> Do NOT use in production.\n", "deploy-production.sh",
       "ops: file name deploy-production.sh"},
      {"# Shop\n\nSells.\n\n## Use\n\nThis is meant to be used as a Docker-based development "
       "environment.\n",
       "deploy.sh", "dev: the README says development environment"},
      {"# Shop\n\nSells.\n\nIt is not meant to be used as a development environment.\n", "a.sh",
       "ops: no cue of development or tests"},
      {"# Shop\n\nA docker development tool that runs shops.\n", "a.sh",
       "dev: the README says development tool that"},
      {"# Shop\n\nThe files are **meant for demo** use.\n", "backup.sh",
       "dev: the README says meant for demo"},
      {"# Shop\n\nThe values are samples: do **not** use these in production.\n", "backup.sh",
       "ops: file name backup.sh"},
      {"# Shop\n\nDo not use the default passwords in production.\n", "backup.sh",
       "ops: file name backup.sh"},
      {"# Demo\n", "a.sh", "ops: no cue of development or tests"},
      {"#", "a.sh", "ops: no cue of development or tests"},
      {"", "a.sh", "ops: no cue of development or tests"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(below_readme(row.readme, row.path), row.told) << row.readme << row.path;
  }
}

}  // namespace
}  // namespace composelint::engine
