#include "analyzer/compose/dotenv.h"

#include <gtest/gtest.h>

namespace composelint::compose {
namespace {

Result<DotenvFile> parse(const SourceFile& file) {
  Environment shell;
  shell.set("SHELL", {"sh", {}, {}});
  const Lookup outer = [&](std::string_view name) { return shell.find(name); };
  return parse_dotenv(file, outer, {});
}

std::string printed(const DotenvFile& file) {
  std::string out;
  for (const DotenvEntry& entry : file.entries) out += entry.name + "=" + entry.value + "|";
  return out;
}

TEST(Dotenv, ReadsEveryForm) {
  const struct {
    const char* text;
    const char* expected;
  } rows[] = {
      {"A=1\nB=2", "A=1|B=2|"},
      {"\xEF\xBB\xBF"
       "A=1\r\nB=2\r\n",
       "A=1|B=2|"},
      {"# c\n\n  A = 1 \nB: 2\nexport C=3\n", "A=1|B=2|C=3|"},
      {"A=1 # comment\nB=1# none\nC='x'\n", "A=1|B=1# none|C=x|"},
      {"A='$B \\n'\nB=\"x\\ny\"\n", "A=$B \\n|B=x\ny|"},
      {"A=\"a\\\"b\"\nB='it\\'s'\n", "A=a\"b|B=it's|"},
      {"A=\"two\nlines\"\n", "A=two\nlines|"},
      {"A=1\nB=${A}${SHELL}${NO:-n}\n", "A=1|B=1shn|"},
      {"SHELL=file\nB=$SHELL\n", "SHELL=file|B=sh|"},
      {"SHELL\nNO\nA=1\n", "SHELL=sh|A=1|"},
      {"A=$$x\nB=\"\\$x\"\n", "A=$x|B=$x|"},
      {"a-b.c=1\n1x=2\n", "a-b.c=1|1x=2|"},
      {"LAST", "=LAST|"},
  };
  for (const auto& row : rows) {
    const SourceFile file(".env", row.text);
    const Result<DotenvFile> parsed = parse(file);
    ASSERT_TRUE(parsed) << row.text << parsed.failure().message;
    EXPECT_EQ(printed(*parsed), row.expected) << row.text;
  }
}

TEST(Dotenv, RefusesWithThePlace) {
  const struct {
    const char* text;
    std::uint32_t line;
  } rows[] = {
      {"A=1\nB C=2\n", 2}, {"A=\"open\nB=1\n", 1}, {"A=1\n\n$x=1\n", 3}, {"A=${X:?no}\n", 1}};
  for (const auto& row : rows) {
    const SourceFile file(".env", row.text);
    const Result<DotenvFile> parsed = parse(file);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(file.line_of(parsed.failure().span.begin), row.line) << row.text;
  }
}

TEST(Dotenv, KnowsWhereAVariableIsSet) {
  const SourceFile file(".env", "A=1\n  B=\"x y\" \n");
  const Result<DotenvFile> parsed = parse(file);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->entries[0].span.text(), "A=1");
  EXPECT_EQ(parsed->entries[1].span.text(), "B=\"x y\"");
}

TEST(Dotenv, TakesRawFilesAsTheyAre) {
  const SourceFile file("raw", "# c\nA='q'$x # y\n B=\nNO\n");
  const Lookup none = [](std::string_view) -> const Variable* { return nullptr; };
  const Result<DotenvFile> parsed = parse_raw_env(file, none);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(printed(*parsed), "A='q'$x # y|B=|");
  EXPECT_FALSE(parse_raw_env(SourceFile("raw", "export A=1\n"), none));
}

}  // namespace
}  // namespace composelint::compose
