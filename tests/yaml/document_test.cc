#include "analyzer/yaml/document.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/yaml/dump.h"

namespace composelint::yaml {
namespace {

struct Row {
  std::string input;
  std::string expected;
};

template <std::size_t N>
void expect_dumps(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    const SourceFile file("x.yaml", row.input);
    EXPECT_EQ(dump(parse(file)), row.expected) << row.input;
  }
}

TEST(Parse, KeepsStyleAndSpanOfScalars) {
  const Row rows[] = {
      {"a: b\n", "map@0..4(p<a>: p<b>)"},
      {"a: 'b'\n", "map@0..6(p<a>: s<'b'>)"},
      {"a: 'it''s'\n", "map@0..10(p<a>: s<'it''s'>=it's)"},
      {"\"a\": \"b\\tc\"\n", "map@0..11(d<\"a\">: d<\"b\\tc\">=b\tc)"},
      {"a: \"\"\nb: ''\n", "map@0..11(p<a>: d<\"\">, p<b>: s<''>)"},
      {"a: b # c\n", "map@0..4(p<a>: p<b>)"},
      {"a: b#c \n", "map@0..6(p<a>: p<b#c>)"},
      {"a: null\nb: ~\n", "map@0..12(p<a>: p<null>, p<b>: p<~>)"},
      {"null: x\n", "map@0..7(p<null>: p<x>)"},
      {"a: x\nnull: y\n", "map@0..12(p<a>: p<x>, p<null>: p<y>)"},
      {"\xEF\xBB\xBF"
       "a: b\n",
       "map@3..7(p<a>: p<b>)"},
      {"a: b\r\nc: d\r\n", "map@0..10(p<a>: p<b>, p<c>: p<d>)"},
      {"é: ü\n", "map@0..6(p<é>: p<ü>)"},
      {"a:\tb\n", "map@0..4(p<a>: p<b>)"},
      {"a: http://x:80/#y\n", "map@0..17(p<a>: p<http://x:80/#y>)"},
  };
  for (const Row& row : rows) {
    const SourceFile file("x.yaml", row.input);
    std::string expected = row.expected;
    if (const auto tab = expected.find('\t'); tab != std::string::npos) {
      expected.replace(tab, 1, "\\t");
    }
    EXPECT_EQ(dump(parse(file)), expected) << row.input;
  }
}

TEST(Parse, FollowsScalarsOverSeveralLines) {
  const Row rows[] = {
      {"a: b\n  c\n  d\ne: f\n", "map@0..17(p<a>: p<b\\n  c\\n  d>=b c d, p<e>: p<f>)"},
      {"a: b\n\n  c # d\n", "map@0..9(p<a>: p<b\\n\\n  c>=b\\nc)"},
      {"a: b\r\n  c\r\n", "map@0..9(p<a>: p<b\\r\\n  c>=b c)"},
      {"a: 'b\n  c'\n", "map@0..10(p<a>: s<'b\\n  c'>=b c)"},
      {"a: \"b \\\n  c\"\n", "map@0..12(p<a>: d<\"b \\\\n  c\">=b c)"},
      {"a: |\n  b\n  c\nd: e\n", "map@0..17(p<a>: l<|\\n  b\\n  c>=b\\nc\\n, p<d>: p<e>)"},
      {"a: |-\n  b\n\n\nd: e\n", "map@0..16(p<a>: l<|-\\n  b>=b, p<d>: p<e>)"},
      {"a: |+\n  b\n\nd: e\n", "map@0..15(p<a>: l<|+\\n  b\\n\\n>=b\\n\\n, p<d>: p<e>)"},
      {"a: >2\n   b\n  c\n", "map@0..14(p<a>: f<>2\\n   b\\n  c>= b\\nc\\n)"},
      {"a: | # why\n  b\n", "map@0..14(p<a>: l<| # why\\n  b>=b\\n)"},
      {"a: |\nb: c\n", "map@0..9(p<a>: l<|>=, p<b>: p<c>)"},
      {"a: |\n\n    b\n   \n  # no\nc: d\n",
       "map@0..27(p<a>: l<|\\n\\n    b>=\\nb\\n, p<c>: p<d>)"},
      {"- |\n b\n- c\n", "seq@0..10(l<|\\n b>=b\\n, p<c>)"},
      {"a:\n- |\n  b\n- c\n", "map@0..14(p<a>: seq@3..14(l<|\\n  b>=b\\n, p<c>))"},
      {"|\n x\n", "l<|\\n x>=x\\n"},
      {"a: |\r\n  b\r\nc: d\r\n", "map@0..15(p<a>: l<|\\r\\n  b>=b\\n, p<c>: p<d>)"},
  };
  expect_dumps(rows);
}

TEST(Parse, PutsEmptyValuesBehindTheirKey) {
  const Row rows[] = {
      {"a:\nb: c\n", "map@0..7(p<a>: e@2, p<b>: p<c>)"},
      {"a:\nnull: c\n", "map@0..10(p<a>: e@2, p<null>: p<c>)"},
      {"a: # note\nb:\n", "map@0..12(p<a>: e@2, p<b>: e@12)"},
      {"a:", "map@0..2(p<a>: e@2)"},
      {"a:\n  null\n", "map@0..9(p<a>: p<null>)"},
      {"-\n- b\n-\n", "seq@0..7(e@1, p<b>, e@7)"},
      {"a:\n-\nnull: c\n", "map@0..12(p<a>: seq@3..4(e@4), p<null>: p<c>)"},
      {"{a, b: , c: d}\n", "{map}@0..14(p<a>: e@2, p<b>: e@6, p<c>: p<d>)"},
      {"a: !reset\nb: c\n", "map@0..14(p<a>: `!reset` tag=!reset e@9, p<b>: p<c>)"},
      {"a: !reset\n\"b\": c\n", "map@0..16(p<a>: `!reset` tag=!reset e@9, d<\"b\">: p<c>)"},
      {"a: &x\nnull: c\n", "map@0..13(p<a>: `&x` anchor=x e@5, p<null>: p<c>)"},
      {"[!a , b]\n", "[seq]@0..8(`!a` tag=!a e@3, p<b>)"},
      {"? a\n", "map@0..3(p<a>: e@3)"},
  };
  expect_dumps(rows);
}

TEST(Parse, EndsCollectionsWithTheirLastChild) {
  const Row rows[] = {
      {"a:\n  b: c\n\n# end\n", "map@0..9(p<a>: map@5..9(p<b>: p<c>))"},
      {"a:\n- b\n- c\nd: e\n", "map@0..15(p<a>: seq@3..10(p<b>, p<c>), p<d>: p<e>)"},
      {"- - a\n  - b\n", "seq@0..11(seq@2..11(p<a>, p<b>))"},
      {"- a: b\n  c: d\n", "seq@0..13(map@2..13(p<a>: p<b>, p<c>: p<d>))"},
      {"[a, 'b', ]\n", "[seq]@0..10(p<a>, s<'b'>)"},
      {"[]\n", "[seq]@0..2()"},
      {"a: [ # one\n  b, # two\n]\n", "map@0..23(p<a>: [seq]@3..23(p<b>))"},
      {"{ a: {b: c} }\n", "{map}@0..13(p<a>: {map}@5..11(p<b>: p<c>))"},
      {"[a: b, c]\n", "[seq]@0..9(map@1..5(p<a>: p<b>), p<c>)"},
      {"{\"a\":1}\n", "{map}@0..7(d<\"a\">: p<1>)"},
      {"{a:1}\n", "{map}@0..5(p<a:1>: e@4)"},
      {"{a:, b: c}\n", "{map}@0..10(p<a:>: e@3, p<b>: p<c>)"},
      {"{a:}\n", "{map}@0..4(p<a:>: e@3)"},
      {"[a:, b]\n", "[seq]@0..7(p<a:>, p<b>)"},
      {"[a: , b]\n", "[seq]@0..8(map@1..3(p<a>: e@3), p<b>)"},
      {"? - a\n: b\n", "map@0..9(seq@2..5(p<a>): p<b>)"},
      {"a: {\n  b: c\n}\nd: e\n", "map@0..18(p<a>: {map}@3..13(p<b>: p<c>), p<d>: p<e>)"},
  };
  expect_dumps(rows);
}

TEST(Parse, SeparatesPropertiesFromValues) {
  const Row rows[] = {
      {"a: &x b\n", "map@0..7(p<a>: `&x` anchor=x p<b>)"},
      {"a: !!str 1\n", "map@0..10(p<a>: `!!str` tag=tag:yaml.org,2002:str p<1>)"},
      {"a: ! 'b'\n", "map@0..8(p<a>: `!` tag=! s<'b'>)"},
      {"a: !reset null\n", "map@0..14(p<a>: `!reset` tag=!reset p<null>)"},
      {"a: !override\n  - b\n", "map@0..18(p<a>: `!override` tag=!override seq@15..18(p<b>))"},
      {"a: &x !t\n  b: c\n", "map@0..15(p<a>: `&x !t` tag=!t anchor=x map@11..15(p<b>: p<c>))"},
      {"a: !t &x {b: c}\n", "map@0..15(p<a>: `!t &x` tag=!t anchor=x {map}@9..15(p<b>: p<c>))"},
      {"&x a: b\n", "map@0..7(`&x` anchor=x p<a>: p<b>)"},
      {"a: !<tag:x> |\n  b\n", "map@0..17(p<a>: `!<tag:x>` tag=tag:x l<|\\n  b>=b\\n)"},
      {"a: &x b\nc: *x\n", "map@0..13(p<a>: `&x` anchor=x p<b>, p<c>: <*x>)"},
      {"a: &x\n  - b\n<<: *x\n", "map@0..18(p<a>: `&x` anchor=x seq@8..11(p<b>), p<<<>: <*x>)"},
      {"a: &x\n", "map@0..5(p<a>: `&x` anchor=x e@5)"},
  };
  expect_dumps(rows);
}

TEST(Parse, ReadsEveryDocument) {
  const Row rows[] = {
      {"", ""},
      {"# only\n\n", ""},
      {"a: b\n---\nc: d\n", "map@0..4(p<a>: p<b>) | map@9..13(p<c>: p<d>)"},
      {"---\na: b\n...\n", "map@4..8(p<a>: p<b>)"},
      {"a: b\n---\n", "map@0..4(p<a>: p<b>) | e@8"},
      {"--- a\n--- b\n", "p<a> | p<b>"},
      {"%YAML 1.2\n---\na: b\n", "map@14..18(p<a>: p<b>)"},
      {"a: &x b\n---\nc: &x d\ne: *x\n",
       "map@0..7(p<a>: `&x` anchor=x p<b>) | map@12..25(p<c>: `&x` anchor=x p<d>, p<e>: <*x>)"},
  };
  expect_dumps(rows);
}

TEST(Parse, KeepsDuplicateKeysInOrder) {
  const SourceFile file("x.yaml", "a: 1\nb: 2\na: 3\n");
  const auto parsed = parse(file);
  ASSERT_TRUE(parsed.ok());
  const Node& root = *parsed->documents().front();
  ASSERT_EQ(root.entries.size(), 3U);
  EXPECT_EQ(root.entries[2].value->text, "3");
  EXPECT_EQ(root.find("a")->text, "1");
  EXPECT_EQ(root.find("c"), nullptr);
}

TEST(Parse, ResolvesAliasesToTheNearestAnchorBefore) {
  const SourceFile file("x.yaml", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n");
  const auto parsed = parse(file);
  ASSERT_TRUE(parsed.ok());
  const Node& root = *parsed->documents().front();
  EXPECT_EQ(root.find("b")->resolved().text, "1");
  EXPECT_EQ(root.find("d")->resolved().text, "2");
  EXPECT_EQ(root.find("d")->text, "x");
}

TEST(Parse, AnAliasBombStaysSmall) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 30; ++level) {
    const std::string name = std::to_string(level);
    const std::string item = "*a" + std::to_string(level - 1);
    text += "a" + name + ": &a" + name + " [" + item;
    for (int i = 1; i < 10; ++i) text += ", " + item;
    text += "]\n";
  }
  const SourceFile file("x.yaml", text);
  const auto parsed = parse(file);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->documents().front()->entries.size(), 30U);
}

}  // namespace
}  // namespace composelint::yaml
