#include "analyzer/text/path.h"

#include <gtest/gtest.h>

namespace composelint::text {
namespace {

TEST(Path, NormalisesAsTextAlone) {
  struct Row {
    const char* path;
    const char* normal;
  };
  const Row rows[] = {{"", "."},       {"./a//b/", "a/b"}, {"a/../b", "b"}, {"../a/..", ".."},
                      {"/../a", "/a"}, {"/", "/"},         {"a/..", "."},   {"../../x", "../../x"}};
  for (const Row& row : rows) EXPECT_EQ(normalise(row.path), row.normal) << row.path;
}

TEST(Path, JoinsUnlessThePathIsAbsolute) {
  EXPECT_EQ(join_path("/srv/app", "../db/.env"), "/srv/db/.env");
  EXPECT_EQ(join_path("/srv/app", "/etc/x"), "/etc/x");
  EXPECT_EQ(join_path("", "x"), "x");
}

TEST(Path, TakesNamesApart) {
  EXPECT_EQ(directory_of("a/b.yml"), "a");
  EXPECT_EQ(directory_of("b.yml"), ".");
  EXPECT_EQ(directory_of("/b.yml"), "/");
  EXPECT_EQ(extension_of("a.d/b.tar.gz"), ".gz");
  EXPECT_EQ(extension_of(".env"), "");
  EXPECT_EQ(name_of("a/b"), "b");
}

TEST(Path, IsSeenFromADirectory) {
  EXPECT_EQ(relative_path("/a/b", "/a/b/c/d"), "c/d");
  EXPECT_EQ(relative_path("/a/b", "/a/bc"), "../bc");
  EXPECT_EQ(relative_path("/a/b/c", "/a/x"), "../../x");
  EXPECT_EQ(relative_path("/a/b", "/a"), "..");
  EXPECT_EQ(relative_path("/", "/a/b"), "a/b");
  EXPECT_EQ(relative_path("/a/b", "/"), "../..");
  EXPECT_EQ(relative_path("/a/", "/a"), ".");
}

}  // namespace
}  // namespace composelint::text
