#include "analyzer/compose/substitute.h"

#include <gtest/gtest.h>

namespace composelint::compose {
namespace {

Environment environment() {
  Environment out;
  out.set("A", {"a", {}, {}});
  out.set("EMPTY", {"", {}, {}});
  return out;
}

Result<Substituted> run(std::string_view text, Unset unset = Unset::kEmpty) {
  const Environment variables = environment();
  const Lookup lookup = [&](std::string_view name) { return variables.find(name); };
  return substitute(text, lookup, unset);
}

TEST(Substitute, ReadsEveryForm) {
  const struct {
    const char* text;
    const char* expected;
  } rows[] = {
      {"plain", "plain"},
      {"$A/${A}", "a/a"},
      {"$$A", "$A"},
      {"$1 $( $", "$1 $( $"},
      {"${NO}", ""},
      {"${NO-d}", "d"},
      {"${EMPTY-d}", ""},
      {"${EMPTY:-d}", "d"},
      {"${A:-d}", "a"},
      {"${A:+p}${EMPTY:+p}${EMPTY+p}", "pp"},
      {"${A:?no}", "a"},
      {"${EMPTY?no}", ""},
      {"${NO:-${A}}", "a"},
      {"${NO:-${NO2:-x}}y", "xy"},
      {"${A:-x} and ${NO:-y}", "a and y"},
      {"${MY-VAR}", "VAR"},
      {"${NO:-{}}", "{}"},
  };
  for (const auto& row : rows) {
    const Result<Substituted> done = run(row.text);
    ASSERT_TRUE(done) << row.text;
    EXPECT_EQ(done->text, row.expected) << row.text;
  }
}

TEST(Substitute, RefusesWhatIsNoExpression) {
  for (const char* text : {"${", "${}", "${1A}", "${A!}", "${a.b}", "${ A }", "${A", "${NO:?}",
                           "${EMPTY:?why}", "${A:-${NO:?eager}}", "${A:-x\n}"}) {
    EXPECT_FALSE(run(text)) << text;
  }
}

TEST(Substitute, LeavesHolesWhereNothingIsKnown) {
  const Result<Substituted> done = run("x/$NO/${B}/${A}/${C:-d}/${D:?why}", Unset::kHole);
  ASSERT_TRUE(done);
  EXPECT_FALSE(done->known);
  EXPECT_EQ(done->text, "x/$NO/${B}/a/d/${D:?why}");
  EXPECT_EQ(done->unset, (std::vector<std::string>{"NO", "B"}));
  ASSERT_EQ(done->required.size(), 1U);
  EXPECT_EQ(done->required.front(), "required variable D is missing a value: why");
}

TEST(Substitute, NamesWhatATextMentions) {
  const std::vector<MentionedVariable> found =
      mentioned_variables("$A ${B:-${C}} ${D:?x} ${E:+y} $$F");
  std::string names;
  for (const MentionedVariable& one : found) names += one.name + ",";
  EXPECT_EQ(names, "A,B,C,D,E,");
  EXPECT_EQ(found[1].default_value, "${C}");
  EXPECT_TRUE(found[3].required);
  EXPECT_EQ(found[4].presence_value, "y");
}

TEST(Substitute, StopsAtBottomlessNesting) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "${X:-";
  text += std::string(1000, '}');
  const Result<Substituted> done = run(text);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.failure().code, FailureCode::kLimit);
}

}  // namespace
}  // namespace composelint::compose
