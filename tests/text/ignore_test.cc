#include "analyzer/text/ignore.h"

#include <gtest/gtest.h>

namespace composelint::text {
namespace {

TEST(GlobMatches, StaysInOneComponentUnlessStarsAreDoubled) {
  struct Row {
    std::string_view glob;
    std::string_view path;
    bool matches;
  };
  const Row rows[] = {
      {"*.sh", "a.sh", true},
      {"*.sh", "a/b.sh", false},
      {"a?c", "abc", true},
      {"a?c", "a/c", false},
      {"**/build", "build", true},
      {"**/build", "x/y/build", true},
      {"**/build", "xbuild", false},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "a/xb", false},
      {"a/**", "a/x/y", true},
      {"a/**", "a", false},
      {"***/b", "x/y/b", true},
      {"a**b", "axxb", true},
      {"a**b", "a/b", false},
      {"**", "anything", true},
      {"*/b/**/*.yml", "x/b/c/d/e.yml", true},
      {"a*b*c", "aXbXbXc", true},
      {"a*b*c", "aXbXbX", false},
      {"[a-c]x", "bx", true},
      {"[!a-c]x", "bx", false},
      {"[^a-c]x", "dx", true},
      {"[]x]", "]", true},
      {"[a-]", "-", true},
      {"[[:digit:]]x", "7x", true},
      {"[[:alpha:]]x", "7x", false},
      {"a[/]b", "a/b", false},
      {"[ab", "[ab", false},
      {"\\*x", "*x", true},
      {"\\*x", "ax", false},
      {"a\\", "a\\", false},
      {"", "", true},
      {"*", "", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(glob_matches(row.glob, row.path), row.matches) << row.glob << " on " << row.path;
  }
}

TEST(GlobMatches, EndsInTimeOnHostilePatterns) {
  std::string glob;
  for (int i = 0; i < 200; ++i) glob += "a*";
  EXPECT_FALSE(glob_matches(glob + "b", std::string(5000, 'a')));
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "**/a/";
  std::string path;
  for (int i = 0; i < 2000; ++i) path += "a/";
  EXPECT_FALSE(glob_matches(deep + "b", path + "a"));
}

TEST(IgnorePatterns, FollowGitsRules) {
  struct Row {
    std::string_view lines;
    std::string_view path;
    bool directory;
    std::optional<bool> verdict;
  };
  const Row rows[] = {
      {"*.sh\n", "a/b.sh", false, true},
      {"*.sh\n!keep.sh\n", "a/keep.sh", false, false},
      {"!keep.sh\n*.sh\n", "a/keep.sh", false, true},
      {"out/\n", "out", true, true},
      {"out/\n", "a/out", true, true},
      {"out/\n", "out", false, std::nullopt},
      {"/out\n", "out", false, true},
      {"/out\n", "a/out", false, std::nullopt},
      {"a/out\n", "a/out", true, true},
      {"a/out\n", "b/a/out", true, std::nullopt},
      {"# x.sh\n", "# x.sh", false, std::nullopt},
      {"\\#x\n", "#x", false, true},
      {"\\!x\n", "!x", false, true},
      {"x  \n", "x", false, true},
      {"x\\ \n", "x ", false, true},
      {"x\r\ny\r\n", "x", false, true},
      {"\xEF\xBB\xBFx\n", "x", false, true},
      {"\n\n/\n", "x", false, std::nullopt},
      {"name", "deep/er/name", false, true},
      {"*\n!*/\n!*.sh\n", "a.yml", false, true},
      {"*\n!*/\n!*.sh\n", "a.sh", false, false},
      {"*\n!*/\n!*.sh\n", "dir", true, false},
      {"*suffix", "a/xsuffix", false, true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(IgnorePatterns::parse(row.lines).match(row.path, row.directory), row.verdict)
        << row.lines << " on " << row.path;
  }
}

}  // namespace
}  // namespace composelint::text
