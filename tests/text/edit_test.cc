#include "analyzer/text/edit.h"

#include <gtest/gtest.h>

namespace composelint::text {
namespace {

TEST(ApplyEdits, ReplacesInsertsAndKeepsEveryOtherByte) {
  const SourceFile file("x.sh", "\xEF\xBB\xBFrun app\r\n");
  const auto out = apply_edits(file, {{{&file, 7, 10}, "web"}, {{&file, 6, 6}, " --rm"}});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(*out, "\xEF\xBB\xBFrun --rm web\r\n");
}

TEST(ApplyEdits, InsertionsAtOnePlaceKeepTheirOrder) {
  const SourceFile file("x", "ab");
  const auto out = apply_edits(file, {{{&file, 1, 1}, "1"}, {{&file, 1, 1}, "2"}});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(*out, "a12b");
}

TEST(ApplyEdits, RefusesOverlapsAndOtherFiles) {
  const SourceFile file("x", "abcdef");
  const SourceFile other("y", "abcdef");
  EXPECT_FALSE(apply_edits(file, {{{&file, 0, 3}, ""}, {{&file, 2, 4}, ""}}).ok());
  EXPECT_FALSE(apply_edits(file, {{{&other, 0, 3}, ""}}).ok());
  EXPECT_FALSE(apply_edits(file, {{{&file, 5, 9}, ""}}).ok());
}

}  // namespace
}  // namespace composelint::text
