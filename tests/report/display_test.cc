#include "analyzer/report/display.h"

#include <gtest/gtest.h>

#include "analyzer/report/excerpt.h"

namespace composelint::report {
namespace {

TEST(Printable, LeavesNothingThatPlaysWithTheTerminal) {
  struct Row {
    std::string_view text;
    std::string_view shown;
  };
  const Row rows[] = {
      {"plain größe 漢字 😀", "plain größe 漢字 😀"},
      {"\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"},
      {"a\r\nb\tc\x7F", "a\\x0d\\x0ab\\x09c\\x7f"},
      {std::string_view("nul\0", 4), "nul\\x00"},
      {"user\u202Enimda", "user<U+202E>nimda"},
      {"\u2066a\u2069\u200Bb\uFEFF", "<U+2066>a<U+2069><U+200B>b<U+FEFF>"},
      {"\u009B31m", "<U+009B>31m"},
      {"\U000E0041", "<U+E0041>"},
      {"caf\xE9 \xC0\xAF \xE2\x82", "caf\\xe9 \\xc0\\xaf \\xe2\\x82"},
      {"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(printable(row.text), row.shown);
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("größe"), 5U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
  EXPECT_EQ(display_width("漢字"), 4U);
  EXPECT_EQ(display_width("😀"), 2U);
  EXPECT_EQ(display_width("\u202E"), 8U);
}

TEST(MarkLine, PutsMarksUnderWhatTheTerminalShows) {
  struct Row {
    std::string_view line;
    std::vector<Mark> marks;
    std::string_view text;
    std::string_view below;
  };
  const Row rows[] = {
      {"run app", {{4, 7}}, "run app", "    ^^^"},
      {"\trun", {{1, 4}}, "    run", "    ^^^"},
      {"ab\trun", {{3, 6}}, "ab  run", "    ^^^"},
      {"漢 run", {{4, 7}}, "漢 run", "   ^^^"},
      {"a\x1b"
       "b",
       {{2, 3}},
       "a\\x1bb",
       "     ^"},
      {"run", {{3, 3}}, "run", "   ^"},
      {"run app", {{3, 3}}, "run app", "   ^"},
      {"", {{0, 0}}, "", "^"},
      {"a b c", {{0, 1}, {4, 5}}, "a b c", "^   ^"},
      {"abc", {}, "abc", ""},
  };
  for (const Row& row : rows) {
    const MarkedLine line = mark_line(row.line, row.marks, '^', 80);
    EXPECT_EQ(line.text, row.text);
    EXPECT_EQ(line.marks, row.below) << row.line;
  }
}

TEST(MarkLine, CutsLongLinesAroundTheMark) {
  const std::string line = std::string(200, 'a') + "RUN" + std::string(200, 'b');
  const MarkedLine cut = mark_line(line, {{200, 203}}, '^', 20);
  EXPECT_EQ(cut.text, "…aaaaaaRUNbbbbbbbbb…");
  EXPECT_EQ(cut.marks, "       ^^^");
  EXPECT_EQ(mark_line(line, {{0, 3}}, '^', 20).text, std::string(18, 'a') + "…");
  EXPECT_EQ(mark_line(line, {{402, 403}}, '^', 20).text, "…" + std::string(7, 'b'));
}

TEST(Excerpt, ShowsTheFirstLineOfASpan) {
  const SourceFile file("x.sh", "\xEF\xBB\xBFrun \\\r\n  app\r\n");
  const MarkedLine line = excerpt({&file, 3, 14}, '^', 80);
  EXPECT_EQ(line.text, "run \\");
  EXPECT_EQ(line.marks, "^^^^^");
  const MarkedLine mark = excerpt({&file, 0, 0}, '^', 80);
  EXPECT_EQ(mark.text, "run \\");
  EXPECT_EQ(mark.marks, "^");
}

TEST(FixedLines, ShowTheLinesAsTheFixLeavesThem) {
  const SourceFile file("x.sh", "one\nrun app\ntwo\n");
  const auto shown = [&](std::vector<Edit> edits) {
    std::string out;
    for (const FixedLine& fixed : fixed_lines({"", FixSafety::kSafe, std::move(edits)}, 80)) {
      out += std::to_string(fixed.number) + " " + fixed.line.text + "|" + fixed.line.marks + "\n";
    }
    return out;
  };
  EXPECT_EQ(shown({{{&file, 7, 7}, " --rm"}}), "2 run --rm app|   +++++\n");
  EXPECT_EQ(shown({{{&file, 8, 11}, "web"}, {{&file, 4, 7}, "exec"}}), "2 exec web|++++ +++\n");
  EXPECT_EQ(shown({{{&file, 7, 11}, ""}}), "2 run|\n");
  EXPECT_EQ(shown({{{&file, 3, 4}, " "}}), "1 one run app|   +\n");
  EXPECT_EQ(shown({{{&file, 4, 4}, "set -e\n"}}), "2 set -e|++++++\n0 run app|\n");
  EXPECT_EQ(shown({{{&file, 0, 3}, "1"}, {{&file, 12, 15}, "2"}}), "1 1|+\n3 2|+\n");
}

TEST(FixedLines, AreLeftOutWhereTheyWouldMislead) {
  const SourceFile file("x.sh", "run app\n");
  const SourceFile other("y.sh", "run app\n");
  const auto count = [](std::vector<Edit> edits) {
    return fixed_lines({"", FixSafety::kSafe, std::move(edits)}, 80).size();
  };
  EXPECT_EQ(count({}), 0U);
  EXPECT_EQ(count({{{&file, 0, 1}, ""}, {{&other, 2, 3}, ""}}), 0U);
  EXPECT_EQ(count({{{&file, 0, 3}, ""}, {{&file, 2, 4}, ""}}), 0U);
  EXPECT_EQ(count({{{&file, 0, 99}, ""}}), 0U);
}

TEST(FixedLines, StopAfterAGlance) {
  const SourceFile file("x.sh", "run app\n");
  const Fix fix{"", FixSafety::kSafe, {{{&file, 0, 0}, std::string(50, '\n')}}};
  EXPECT_EQ(fixed_lines(fix, 80).size(), 6U);
}

}  // namespace
}  // namespace composelint::report
