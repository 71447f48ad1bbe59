#include "analyzer/report/wrap.h"

#include <gtest/gtest.h>

namespace composelint::report {
namespace {

TEST(Wrap, FillsProseAndKeepsCode) {
  struct Row {
    const char* markdown;
    const char* text;
  };
  const Row rows[] = {
      {"one two three four five", "  one two three\n  four five\n"},
      {"one\ntwo", "  one two\n"},
      {"one\n\n\ntwo\n", "  one\n\n  two\n"},
      {"- one two three four\n- five", "  - one two\n    three four\n  - five\n"},
      {"a:\n\n    code stays as it is, long or not\n\nb",
       "  a:\n\n      code stays as it is, long or not\n\n  b\n"},
      {"a:\n```sh\n  code\n```\nb", "  a:\n        code\n  b\n"},
      {"a:\n\n- b\n\n```\nc\n\nd\n```", "  a:\n\n  - b\n\n      c\n\n      d\n"},
      {"averyveryverylongword indeed", "  averyveryverylongword\n  indeed\n"},
      {"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(wrap(row.markdown, 2, 16), row.text) << row.markdown;
}

}  // namespace
}  // namespace composelint::report
