#include "analyzer/compose/own_files.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/compose/memory_files.h"

namespace composelint::compose {
namespace {

TEST(OwnFiles, AreThoseGitIgnoresAndThoseWithATemplate) {
  const MemoryFiles files({{"/r/.git/HEAD", ""},
                           {"/r/.gitignore", "*.local.env\n/secrets/\n!/keep.local.env\n"},
                           {"/r/.env.example", "A=1\n"},
                           {"/r/app/prod.env.dist", "A=1\n"},
                           {"/r/app/env.sample", "A=1\n"},
                           {"/r/secrets/README", ""},
                           {"/.gitignore", "*\n"}});
  EXPECT_TRUE(is_each_machines_own(files, "/r/.env"));
  EXPECT_TRUE(is_each_machines_own(files, "/r/x.local.env"));
  EXPECT_TRUE(is_each_machines_own(files, "/r/secrets/db.env"));
  EXPECT_TRUE(is_each_machines_own(files, "/r/app/prod.env"));
  EXPECT_TRUE(is_each_machines_own(files, "/r/app/.env"));
  EXPECT_TRUE(is_each_machines_own(files, "/elsewhere/app.env"));
  EXPECT_FALSE(is_each_machines_own(files, "/r/keep.local.env"));
  EXPECT_FALSE(is_each_machines_own(files, "/r/.env.prod"));
  EXPECT_FALSE(is_each_machines_own(files, "/r/app/db.env"));
}

TEST(OwnFiles, TellOfTheirVariables) {
  const MemoryFiles files({{"/r/.env.example", "A=1\n# B = 2\nexport C=\n: ${D:=4}\n"},
                           {"/r/README", "E=1\n"},
                           {"/r/prod.env", "A=2\nF=3\n"}});
  const std::vector<std::string> names = variables_set_in(files, "/r");
  for (const char* name : {"A", "A=1", "A=2", "B", "C", "C=", "D", "F"}) {
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), name)) << name;
  }
  EXPECT_FALSE(std::binary_search(names.begin(), names.end(), "E"));
  EXPECT_TRUE(variables_set_in(files, "/none").empty());
}

}  // namespace
}  // namespace composelint::compose
