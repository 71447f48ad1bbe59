// Ways to break a healthy stack, and what is said of each.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/guard/stack_case.h"

namespace composelint::guard {

using Words = std::vector<std::string>;

struct StackRow {
  const char* name;
  Words argv;
  std::function<void(StackCase&)> breaks;
  const char* claim;
  Truth truth;
  Severity severity;
  const char* note;  // a part of note or remedy
};

inline constexpr Truth kNo = Truth::kRefuted;
inline constexpr Truth kOpen = Truth::kUnknown;
inline constexpr Severity kError = Severity::kError;
inline constexpr Severity kWarning = Severity::kWarning;
inline constexpr Severity kNote = Severity::kNote;

inline Words run_with(Words words) {
  words.insert(words.begin(), {"docker", "compose"});
  return words;
}

inline void expect_answers(const std::vector<StackRow>& rows) {
  for (const StackRow& row : rows) {
    SCOPED_TRACE(std::string(row.claim) + ": " + row.name);
    StackCase stack(row.argv);
    row.breaks(stack);
    const Answer answer = stack.asked(row.claim);
    ASSERT_EQ(answer.claim, row.claim) << "not asked";
    EXPECT_EQ(static_cast<int>(answer.truth), static_cast<int>(row.truth)) << answer.note;
    EXPECT_EQ(to_string(answer.severity), to_string(row.severity)) << answer.note;
    EXPECT_NE((answer.note + " / " + answer.remedy).find(row.note), std::string::npos)
        << answer.note << " / " << answer.remedy;
    // What blocks says what would establish it.
    EXPECT_TRUE(answer.truth != kOpen || !answer.remedy.empty()) << answer.note;
  }
}

}  // namespace composelint::guard
