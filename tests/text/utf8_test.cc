#include "analyzer/text/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace composelint::text {
namespace {

TEST(FirstInvalidUtf8, AcceptsEveryLengthAndTheEdgesOfTheRanges) {
  EXPECT_EQ(first_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(first_invalid_utf8("plain ascii, longer than a word"), std::nullopt);
  EXPECT_EQ(
      first_invalid_utf8("\xC2\x80 \xE0\xA0\x80 \xED\x9F\xBF \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"),
      std::nullopt);
}

TEST(FirstInvalidUtf8, NamesTheFirstBadByte) {
  struct Row {
    std::string bytes;
    std::size_t at;
  };
  const Row rows[] = {
      {"ab\xFF", 2},
      {"\xC0\xAF", 0},
      {"12345678\xED\xA0\x80", 8},
      {"x\xE2\x82", 1},
      {"\xF4\x90\x80\x80", 0},
      {"caf\xE9 au lait", 3},
      {"\xF0\x80\x80\x80", 0},
      {"\x80", 0},
  };
  for (const Row& row : rows) EXPECT_EQ(first_invalid_utf8(row.bytes), row.at) << row.bytes;
}

}  // namespace
}  // namespace composelint::text
