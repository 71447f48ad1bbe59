#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "analyzer/yaml/directives.h"
#include "analyzer/yaml/document.h"
#include "tests/yaml/dump.h"

namespace composelint::yaml {
namespace {

struct Row {
  std::string input;
  FailureCode code;
  std::string expected;  // message, then the text of the span
};

void expect_refusal(const Row& row) {
  const SourceFile file("x.yaml", row.input);
  const auto parsed = parse(file);
  EXPECT_EQ(dump(parsed), row.expected) << row.input;
  if (!parsed.ok()) {
    EXPECT_EQ(parsed.failure().code, row.code) << row.input;
  }
}

TEST(Parse, RefusesBytesThatAreNoText) {
  const Row rows[] = {
      {std::string("a: b\0c\n", 7), FailureCode::kSyntax,
       "control character U+0000 is not allowed in YAML <" + std::string(1, '\0') + ">"},
      {"a: \x07\n", FailureCode::kSyntax, "control character U+0007 is not allowed in YAML <\x07>"},
      {"a: \xC2\x81\n", FailureCode::kSyntax,
       "control character U+0081 is not allowed in YAML <\xC2>"},
      {"a: caf\xE9\n", FailureCode::kSyntax,
       "byte 0xE9 is not valid UTF-8: save the file as UTF-8 <\xE9>"},
      {"\xFF\xFE"
       "a",
       FailureCode::kUnsupported, "the file is UTF-16: save it as UTF-8 <\xFF>"},
      {"a: b # c\xE2\x80\xA8"
       "d: e\n",
       FailureCode::kUnsupported,
       "a line ends in NEL or a Unicode separator here: use LF or CRLF <\xE2>"},
      {"a: |\n  b\xE2\x80\xA8"
       "  c\n",
       FailureCode::kUnsupported,
       "a line ends in NEL or a Unicode separator here: use LF or CRLF <\xE2>"},
      {"a: \"b\xC2\x85"
       "c\"\n",
       FailureCode::kUnsupported,
       "a line ends in NEL or a Unicode separator here: use LF or CRLF <\xC2>"},
  };
  for (const Row& row : rows) expect_refusal(row);
}

TEST(Parse, TakesALoneCarriageReturnForALineEnd) {
  const Row rows[] = {
      {"a: b\rc: 'd\r  e'\r", FailureCode::kSyntax,
       "map@0..15(p<a>: p<b>, p<c>: s<'d\\r  e'>=d e)"},
      {"a:\r\r\n  - b\r\n", FailureCode::kSyntax, "map@0..10(p<a>: seq@7..10(p<b>))"},
  };
  for (const Row& row : rows) {
    const SourceFile file("x.yaml", row.input);
    EXPECT_EQ(dump(parse(file)), row.expected) << row.input;
  }
}

TEST(Parse, TakesLineSeparatorsBetweenQuotes) {
  const SourceFile file("x.yaml",
                        "a: \"b\xE2\x80\xA8"
                        "c\"\n");
  const auto parsed = parse(file);
  ASSERT_TRUE(parsed.ok()) << parsed.failure().message;
  EXPECT_EQ(parsed->documents().front()->find("a")->text,
            "b\xE2\x80\xA8"
            "c");
}

TEST(Parse, SaysWhatIsWrongAndWhere) {
  const Row rows[] = {
      {"a: \"b\nc: d\n", FailureCode::kSyntax, "the quote \" is never closed <\">"},
      {"a: 'b''\n", FailureCode::kSyntax, "the quote ' is never closed <'>"},
      {"a: b: c\n", FailureCode::kSyntax,
       "this ':' can start no value: quote the text or check the indentation, at `: c` <: c>"},
      {"a: @b\n", FailureCode::kSyntax,
       "a value cannot start with this character: put it in quotes, at `@b` <@b>"},
      {"a: `b`\n", FailureCode::kSyntax,
       "a value cannot start with this character: put it in quotes, at ``b`` <`b`>"},
      {"a: *b\n", FailureCode::kSyntax, "no anchor of this name stands before `*b` <*b>"},
      {"a: *b\nc: &b d\n", FailureCode::kSyntax, "no anchor of this name stands before `*b` <*b>"},
      {"a: &b\n  - *b\n", FailureCode::kSyntax,
       "*b stands inside of &b: a value cannot contain itself <*b>"},
      {"a: &b.c d\n", FailureCode::kSyntax,
       "the anchor name `b.c` holds more than letters, digits, '_' and '-' <&b.c d>"},
      {"a: [b, c\nd: e\n", FailureCode::kSyntax,
       "'[' of line 1 is not closed: expected ',' or ']' before `: e` <: e>"},
      {"a: [b", FailureCode::kSyntax,
       "'[' of line 1 is not closed: expected ',' or ']' before the end of the file <>"},
      {"a: {b: c\n", FailureCode::kSyntax,
       "'{' of line 1 is not closed: expected ',' or '}' before the end of the file <>"},
      {"a: \"\\q\"\n", FailureCode::kSyntax,
       "unknown escape in double quotes: use single quotes, or '\\\\' for a backslash, at `\\q\"` "
       "<\\q\">"},
      {"a: \"x\\\\\\/\"\n", FailureCode::kSyntax,
       "unknown escape in double quotes: write '/' without a backslash <\\/>"},
      {"a: b\n c: d\n", FailureCode::kSyntax,
       "this ':' can start no value: quote the text or check the indentation, at `: d` <: d>"},
      {"a:\n  b: c\n d: e\n", FailureCode::kSyntax,
       "`d: e` does not fit into the mapping above: check its indentation <d: e>"},
      {"a:\n  - b\n  c: d\n", FailureCode::kSyntax,
       "`c: d` does not fit into the mapping above: check its indentation <c: d>"},
      {"a:\n\tb: c\n", FailureCode::kSyntax, "a tab stands in the indentation: use spaces <\\t>"},
      {"[a, , b]\n", FailureCode::kSyntax, "nothing stands before this ',' <,>"},
      {"[, a]\n", FailureCode::kSyntax, "nothing stands before this ',' <,>"},
      {"{a: b, , c: d}\n", FailureCode::kSyntax, "nothing stands before this ',' <,>"},
      {"%YAML 3.0\n---\na\n", FailureCode::kSyntax,
       "%YAML names a version above 1, at `%YAML 3.0` <%YAML 3.0>"},
  };
  for (const Row& row : rows) expect_refusal(row);
}

// Where the library says yes and Compose no.
TEST(Parse, IsAsStrictAsCompose) {
  const std::string tab = "a tab stands in the indentation: use spaces <\\t>";
  const std::string blank = "a blank has to follow the tag or anchor";
  const Row rows[] = {
      {"a: b\nc\n", FailureCode::kSyntax, "expected ':' after this key <c>"},
      {"a:\n  b: c\nd\n  e\n", FailureCode::kSyntax, "expected ':' after this key <d\\n  e>"},
      {"a: \"b\"\n\t\nc: d\n", FailureCode::kSyntax, tab},
      {"a: b\n\t# c\nd: e\n", FailureCode::kSyntax, tab},
      {"a: \"b\"\n   \t\nc: d\n", FailureCode::kSyntax, tab},
      {"a:\n  b: c\n  \td\n", FailureCode::kSyntax, tab},
      {"- \ta\n", FailureCode::kSyntax, tab},
      {"- a\n- \t\n- b\n", FailureCode::kSyntax, tab},
      {"\t\na: b\n", FailureCode::kSyntax, tab},
      {"a: b\n# c\n \t\n", FailureCode::kSyntax, tab},
      {"a: |\n  \tb\n", FailureCode::kSyntax, tab},
      {"a: |\n  b\n\t\n  c\n", FailureCode::kSyntax, tab},
      {"a: |\n  b\n\t\n", FailureCode::kSyntax, tab},
      {"a: !t[b]\n", FailureCode::kSyntax, blank + " <!t>"},
      {"a: &t[b]\n", FailureCode::kSyntax, "an anchor name cannot hold this, at `[b]` <[b]>"},
      {"[!t]\n", FailureCode::kSyntax, blank + " <!t>"},
      {"a: !\"b\"\n", FailureCode::kSyntax, blank + " <!>"},
      {"[a, :8080]\n", FailureCode::kSyntax,
       "between brackets text cannot start with ':': put it in quotes <:>"},
  };
  for (const Row& row : rows) expect_refusal(row);
}

TEST(Parse, TakesTabsWhereComposeDoes) {
  const Row rows[] = {
      {"a:\tb\t# c\n", FailureCode::kSyntax, "map@0..4(p<a>: p<b>)"},
      {"a: [b,\n\tc]\n", FailureCode::kSyntax, "map@0..10(p<a>: [seq]@3..10(p<b>, p<c>))"},
      {"a: b\n \t\nc: d\n", FailureCode::kSyntax, "map@0..12(p<a>: p<b>, p<c>: p<d>)"},
      {"a: \"b\n\tc\"\n", FailureCode::kSyntax, "map@0..9(p<a>: d<\"b\\n\\tc\">=b c)"},
      {"a:\t\n  b: c\t\n", FailureCode::kSyntax, "map@0..10(p<a>: map@6..10(p<b>: p<c>))"},
      {"a: |\n  b\n  \tc\n", FailureCode::kSyntax,
       "map@0..13(p<a>: l<|\\n  b\\n  \\tc>=b\\n\\tc\\n)"},
  };
  for (const Row& row : rows) {
    const SourceFile file("x.yaml", row.input);
    EXPECT_EQ(dump(parse(file)), row.expected) << row.input;
  }
}

// Each of these once kept the library producing documents for ever.
TEST(Parse, EndsWhereTheLibraryWouldNot) {
  const Row rows[] = {
      {",", FailureCode::kSyntax, "unexpected text after the end of the document <,>"},
      {"a: x\n---\n, y", FailureCode::kSyntax,
       "unexpected text after the end of the document <, y>"},
      {"- x\n,", FailureCode::kSyntax, "unexpected text after the end of the document <,>"},
      {"[a]\nb: c\n", FailureCode::kSyntax, "unexpected text after the end of the document <b: c>"},
      {"a: b\n...\nc: d\n", FailureCode::kSyntax,
       "unexpected text after the end of the document <c: d>"},
  };
  for (const Row& row : rows) expect_refusal(row);
}

TEST(Parse, HoldsItsLimits) {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']') + "\n";
  };
  EXPECT_TRUE(parse(SourceFile("x", nested(200))).ok());
  for (const std::size_t levels : {201U, 600U, 100'000U}) {
    const SourceFile file("x", nested(levels));
    const auto parsed = parse(file);
    ASSERT_FALSE(parsed.ok()) << levels;
    EXPECT_EQ(parsed.failure().code, FailureCode::kLimit);
    EXPECT_EQ(parsed.failure().message, "nested deeper than 200 levels");
  }
  const SourceFile wide("x", "[a, b, c]\n");
  EXPECT_TRUE(parse(wide, Limits{200, 4}).ok());
  const auto parsed = parse(wide, Limits{200, 3});
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.failure().code, FailureCode::kLimit);
  EXPECT_EQ(parsed.failure().message, "the file holds more than 3 values");
}

TEST(Directives, AreRefusedAsComposeRefusesThem) {
  const std::pair<std::string, std::string> rows[] = {
      {"%YAML 1.1\n# c\n\n---\na: b\n", ""},
      {"%TAG ! tag:example.org,2000:\n---\na: b\n", ""},
      {"a: |\n  %YAML 1.2\n", ""},
      {"---\na: b\n%c: d\n", ""},
      {"%YAML 1.2\n---\na: b\n",
       "Compose reads YAML 1.1 and refuses a file that says `%YAML 1.2` <%YAML 1.2>"},
      {"\xEF\xBB\xBF%YAML 1.2\r\n---\r\na: b\r\n",
       "Compose reads YAML 1.1 and refuses a file that says `%YAML 1.2` <%YAML 1.2>"},
      {"a: b\n...\n%YAML 1.0\n---\nc: d\n",
       "Compose reads YAML 1.1 and refuses a file that says `%YAML 1.0` <%YAML 1.0>"},
      {"%yaml 1.1\n---\na: b\n",
       "Compose knows no directive `%yaml` and refuses the file <%yaml 1.1>"},
      {"%YAML 1.1\na: b\n", "a directive needs `---` behind it <a: b>"},
  };
  for (const auto& [input, expected] : rows) {
    const SourceFile file("x.yaml", input);
    const MaybeFailure refused = check_directives(file);
    const std::string told =
        refused ? refused->message + " <" + std::string(refused->span.text()) + ">" : "";
    EXPECT_EQ(told, expected) << input;
  }
}

}  // namespace
}  // namespace composelint::yaml
