
#include <composelint/nearest.h>
#include <gtest/gtest.h>

#include <array>

namespace composelint::text {
namespace {

TEST(Nearest, FindsOneOrTwoSlips) {
  constexpr std::array<std::string_view, 8> kWords = {"image",   "test",    "depends_on", "volumes",
                                                      "command", "configs", "up",         "ps"};
  struct Row {
    const char* word;
    const char* expected;
  };
  const Row rows[] = {
      {"imgae", "image"},
      {"imag", "image"},
      {"tset", "test"},
      {"depends-on", "depends_on"},
      {"DependsOn", "depends_on"},
      {"dependson", "depends_on"},
      {"volume", "volumes"},
      {"comand", "command"},
      {"commnad", "command"},
      {"config", "configs"},
      {"pu", "up"},
      {"image", ""},
      {"restart", ""},
      {"", ""},
      {"x", ""},
      {"a-name-so-long-that-nobody-could-have-misspelt-it", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(nearest(row.word, kWords), row.expected) << row.word;
  EXPECT_EQ(nearest("image", {}), "");
}

}  // namespace
}  // namespace composelint::text
