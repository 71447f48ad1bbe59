#include "analyzer/text/utf16.h"

#include <gtest/gtest.h>

#include <string>

namespace composelint::text {
namespace {

TEST(DecodeUtf16, ReadsBothOrdersAndPairs) {
  struct Row {
    std::string bytes;
    const char* expected;
  };
  const Row rows[] = {
      {std::string("\xFF\xFE", 2), ""},
      {std::string("\xFF\xFE"
                   "a\0\xE9\0\n\0",
                   8),
       "aé\n"},
      {std::string("\xFE\xFF\0a\0\xE9\x20\xAC", 8), "aé€"},
      {std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6), "😀"},
      {std::string("\xFE\xFF\xD8\x3D\xDE\x00", 6), "😀"},
  };
  for (const Row& row : rows) {
    ASSERT_TRUE(is_utf16(row.bytes));
    const auto decoded = decode_utf16(row.bytes);
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(*decoded, row.expected);
  }
  EXPECT_FALSE(is_utf16("a: b"));
  EXPECT_FALSE(
      is_utf16("\xEF\xBB\xBF"
               "a"));
}

TEST(DecodeUtf16, RefusesHalves) {
  EXPECT_FALSE(decode_utf16(std::string("\xFF\xFE"
                                        "a",
                                        3))
                   .ok());
  EXPECT_FALSE(decode_utf16(std::string("\xFF\xFE\x3D\xD8", 4)).ok());
  EXPECT_FALSE(decode_utf16(std::string("\xFF\xFE\x3D\xD8"
                                        "a\0",
                                        6))
                   .ok());
  EXPECT_FALSE(decode_utf16(std::string("\xFF\xFE\x00\xDE", 4)).ok());
}

}  // namespace
}  // namespace composelint::text
