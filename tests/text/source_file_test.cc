#include <composelint/source.h>
#include <gtest/gtest.h>

namespace composelint {
namespace {

TEST(SourceFile, CountsLinesAndColumnsInEveryUnit) {
  // é is 2 bytes and 1 UTF-16 unit, 😀 is 4 bytes and 2 UTF-16 units.
  const SourceFile file("x.sh", "a\né😀z\n");
  const auto offset = static_cast<std::uint32_t>(file.bytes().find('z'));
  EXPECT_EQ(file.position(offset, ColumnUnit::kUtf8Byte), (Position{2, 7}));
  EXPECT_EQ(file.position(offset, ColumnUnit::kUtf16CodeUnit), (Position{2, 4}));
  EXPECT_EQ(file.position(offset, ColumnUnit::kCodePoint), (Position{2, 3}));
}

TEST(SourceFile, AByteOrderMarkTakesNoColumn) {
  const SourceFile file("x", "\xEF\xBB\xBFname: x\n");
  EXPECT_EQ(file.position(3, ColumnUnit::kUtf8Byte), (Position{1, 1}));
  EXPECT_EQ(file.position(4, ColumnUnit::kCodePoint), (Position{1, 2}));
}

TEST(SourceFile, GivesLinesWithoutTheirEnds) {
  const SourceFile file("x", "one\r\ntwo\n\nlast");
  ASSERT_EQ(file.line_count(), 4U);
  EXPECT_EQ(file.line_text(1), "one");
  EXPECT_EQ(file.line_text(2), "two");
  EXPECT_EQ(file.line_text(3), "");
  EXPECT_EQ(file.line_text(4), "last");
}

TEST(SourceFile, AnOffsetPastTheEndIsTheEnd) {
  const SourceFile file("x", "ab");
  EXPECT_EQ(file.position(99, ColumnUnit::kUtf8Byte), (Position{1, 3}));
  EXPECT_EQ(SourceFile("x", "").position(0, ColumnUnit::kUtf8Byte), (Position{1, 1}));
}

}  // namespace
}  // namespace composelint
