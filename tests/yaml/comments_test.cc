#include "analyzer/yaml/comments.h"

#include <gtest/gtest.h>

namespace composelint::yaml {
namespace {

// The comments of `yaml`, one a line, "|" before those on a line of their own.
std::string comments_of(std::string yaml) {
  const SourceFile file("compose.yml", std::move(yaml));
  std::string out;
  for (const Comment& comment : comments(file)) {
    out += comment.own_line ? "|" : "";
    out += std::string(comment.span.text()) + "\n";
  }
  return out;
}

TEST(YamlComments, AreToldFromHashesInText) {
  struct Row {
    const char* yaml;
    const char* comments;
  };
  const Row rows[] = {
      {"# one\na: b # two\n  # three\n", "|# one\n# two\n|# three\n"},
      {"a: b#c\n", ""},
      {"a: \"x # y\" # z\n", "# z\n"},
      {"a: 'it''s # y' # z\n", "# z\n"},
      {"a: \"x\\\" # y\" # z\n", "# z\n"},
      {"a: it's # yes\nb: don't # too\n", "# yes\n# too\n"},
      {"a: \"over\n  # lines\"\nb: c # d\n", "# d\n"},
      {"a: | # head\n  # text\n\n  # more\nb: c # d\n", "# head\n# d\n"},
      {"- >-\n  # text\n- x # y\n", "# y\n"},
      {"- key: |\n    # text\n  other: x # y\n", "# y\n"},
      {"- &a key: |\n    # text\n  other: x # y\n", "# y\n"},
      {"a:\n  |\n  # text\nb: 1 # c\n", "# c\n"},
      {"--- |\n# text\n", ""},
      {"a: !t |2\n   # text\n", ""},
      {"a: [x, 'y # z', # c\n  w] # d\n", "# c\n# d\n"},
      {"a: {b: 'c # d', e: f} # g\n", "# g\n"},
      {"a: [] # b\n", "# b\n"},
      {"'a # b': c # d\n", "# d\n"},
      {"\"a\": |\n  # text\nb: c # d\n", "# d\n"},
      {"a: plain\n  'tis # this\nb: c # d\n", "# this\n# d\n"},
      {"command: sh -c \"echo # no comment?\"\n", "# no comment?\"\n"},
      {"a: b\r\n# c\r\nd: e # f\r\n", "|# c\n# f\n"},
      {"\xEF\xBB\xBF# first\n", "|# first\n"},
      {"a: |\n  text\n# out\n", "|# out\n"},
      {"url: http://x/#y\n", ""},
      {"a: \"unclosed # x\n", ""},
      {"#", "|#\n"},
      {"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(comments_of(row.yaml), row.comments) << row.yaml;
}

}  // namespace
}  // namespace composelint::yaml
