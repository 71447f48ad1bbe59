// Scripts that a merge has left half done.
#include <composelint/run.h>
#include <gtest/gtest.h>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

Outcome checked(Tree& tree) {
  CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/repo";
  return check(request, tree, {});
}

TEST(ConflictMarkers, AreToldOnceAndNothingElseIsLookedAt) {
  Tree tree;
  tree.file("/repo/go.sh",
            "#!/bin/bash\n"
            "<<<<<<< HEAD\n"
            "docker-compose up -d\n"
            "=======\n"
            "docker-compose up\n"
            ">>>>>>> topic\n");
  const Outcome outcome = checked(tree);
  const auto& run = outcome.run;
  EXPECT_TRUE(run.calls.empty());
  ASSERT_EQ(run.notifications.size(), 1U);
  EXPECT_EQ(run.notifications.front().path, "go.sh");
  EXPECT_EQ(run.notifications.front().span.text(), "<<<<<<<");
}

TEST(ConflictMarkers, AreThree) {
  Tree tree;
  tree.file("/repo/go.sh",
            "#!/bin/bash\n"
            "cat <<'END'\n"
            "=======\n"
            ">>>>>>> read on\n"
            "END\n"
            "docker-compose up -d\n");
  EXPECT_EQ(checked(tree).run.calls.size(), 1U);
}

TEST(ConflictMarkers, AreTextInAHereDocument) {
  Tree tree;
  tree.file("/repo/go.sh",
            "#!/bin/bash\n"
            "cat > help.md <<'END'\n"
            "<<<<<<< HEAD\n"
            "ours\n"
            "=======\n"
            "theirs\n"
            ">>>>>>> topic\n"
            "END\n"
            "docker-compose up -d\n");
  const Outcome outcome = checked(tree);
  EXPECT_EQ(outcome.run.calls.size(), 1U);
  EXPECT_TRUE(outcome.run.notifications.empty());
}

}  // namespace
}  // namespace composelint::engine
