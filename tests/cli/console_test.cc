#include "cli/console.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace composelint::cli {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class WriteOutput : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(testing::TempDir()) /
                 (std::string("write-output-") +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(directory_), fs::directory_iterator()));
  }

  fs::path directory_;
};

TEST_F(WriteOutput, MakesAndReplacesAFile) {
  const std::string path = directory_ / "report.txt";
  EXPECT_FALSE(write_output(path, "one"));
  EXPECT_EQ(read(path), "one");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(write_output(path, "two"));
  EXPECT_EQ(read(path), "two");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(entries(), 1U);
}

TEST_F(WriteOutput, KeepsALinkAndReplacesItsTarget) {
  const fs::path target = directory_ / "target";
  std::ofstream(target) << "old";
  fs::create_symlink("target", directory_ / "link");
  EXPECT_FALSE(write_output((directory_ / "link").string(), "new"));
  EXPECT_TRUE(fs::is_symlink(directory_ / "link"));
  EXPECT_EQ(read(target), "new");
}

TEST_F(WriteOutput, WritesThroughADevice) {
  EXPECT_FALSE(write_output(std::string("/dev/null"), "text"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(WriteOutput, TellsWhyItFailed) {
  const std::string path = directory_ / "gone" / "report.txt";
  const auto trouble = write_output(path, "text");
  ASSERT_TRUE(trouble);
  EXPECT_EQ(trouble->message, "cannot write " + path + ": No such file or directory");
  EXPECT_EQ(entries(), 0U);
}

TEST(WantsColour, ObeysWhatItIsTold) {
  EXPECT_TRUE(wants_colour(Colour::kAlways, true));
  EXPECT_FALSE(wants_colour(Colour::kNever, false));
  EXPECT_FALSE(wants_colour(Colour::kAuto, true));
}

}  // namespace
}  // namespace composelint::cli
