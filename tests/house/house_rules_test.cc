// The real tree. What each check finds is tried in house_checks_test.cc.
#include <gtest/gtest.h>

#include "tests/house/house.h"

namespace composelint::house {
namespace {

const Tree& this_tree() {
  static const Tree tree = read_tree(COMPOSELINT_SOURCE_DIR);
  return tree;
}

std::string told(const Complaints& complaints) {
  std::string text;
  for (const Complaint& complaint : complaints) {
    text += "  " + testing::PrintToString(complaint) + "\n";
  }
  return text;
}

TEST(House, IsReadAsAWhole) {
  // A wrong directory would satisfy every other test.
  EXPECT_GT(this_tree().size(), 50U);
}

TEST(House, IncludesGoDownwards) {
  EXPECT_EQ(told(check_includes(this_tree())), "");
}

TEST(House, TheAnalyzerTouchesNoProcessClockOrEnvironment) {
  EXPECT_EQ(told(check_purity(this_tree())), "");
}

TEST(House, TheArchitecturePageTellsTheSameRooms) {
  EXPECT_EQ(told(check_room_list(this_tree())), "");
}

TEST(House, FilesStayShort) {
  EXPECT_EQ(told(check_lengths(this_tree())), "");
}

TEST(House, EveryRuleHasItsFixturesAndItsPage) {
  EXPECT_EQ(told(check_rules(this_tree())), "");
}

TEST(House, SpeaksOfNoMachine) {
  EXPECT_EQ(told(check_words(this_tree())), "");
}

TEST(House, LocksPinByContent) {
  EXPECT_EQ(told(check_locks(this_tree())), "");
}

}  // namespace
}  // namespace composelint::house
