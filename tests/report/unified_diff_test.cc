#include "analyzer/report/unified_diff.h"

#include <gtest/gtest.h>

namespace composelint::report {
namespace {

TEST(UnifiedDiff, IsEmptyForEqualTexts) {
  EXPECT_EQ(unified_diff("a", "x\n", "x\n"), "");
}

TEST(UnifiedDiff, HasThreeLinesOfContext) {
  EXPECT_EQ(
      unified_diff("ops/a.sh", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
      "--- a/ops/a.sh\n+++ b/ops/a.sh\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, JoinsHunksThatShareContext) {
  const std::string before = "a\n1\n2\n3\n4\n5\n6\nb\n1\n2\n3\n4\n5\n6\n7\nc\n";
  const std::string after = "A\n1\n2\n3\n4\n5\n6\nB\n1\n2\n3\n4\n5\n6\n7\nC\n";
  EXPECT_EQ(unified_diff("x", before, after),
            "--- a/x\n+++ b/x\n@@ -1,11 +1,11 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n 1\n 2\n"
            " 3\n@@ -13,4 +13,4 @@\n 5\n 6\n 7\n-c\n+C\n");
}

TEST(UnifiedDiff, TellsOfAMissingLineEnd) {
  EXPECT_EQ(unified_diff("x", "a", "b"),
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"
            "\\ No newline at end of file\n");
}

TEST(UnifiedDiff, InsertsAndRemoves) {
  EXPECT_EQ(unified_diff("x", "a\nc\n", "a\nb\nc\n"),
            "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n+b\n c\n");
  EXPECT_EQ(unified_diff("x", "a\nb\nc\n", "a\nc\n"),
            "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n a\n-b\n c\n");
  EXPECT_EQ(unified_diff("x", "", "a\n"), "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
}

TEST(UnifiedDiff, KeepsCarriageReturns) {
  EXPECT_EQ(unified_diff("x", "a\r\n", "b\r\n"), "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\r\n+b\r\n");
}

TEST(UnifiedDiff, WritesNamesAsGitDoes) {
  EXPECT_EQ(unified_diff("a b.sh", "1\n", "2\n").substr(0, 25), "--- a/a b.sh\t\n+++ b/a b.s");
  EXPECT_EQ(unified_diff("a\"\n", "1\n", "2\n").substr(0, 16), "--- \"a/a\\\"\\012\"\n");
}

}  // namespace
}  // namespace composelint::report
