#include "cli/replace_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace composelint::cli {
namespace {

namespace fs = std::filesystem;

class ReplaceFile : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(testing::TempDir()) /
                 (std::string("replace-file-") +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(directory_);
    fs::create_directories(directory_);
    std::ofstream(path()) << "old\n";
  }
  void TearDown() override { fs::remove_all(directory_); }

  [[nodiscard]] std::string path() const { return (directory_ / "a.sh").string(); }
  [[nodiscard]] static std::string read(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
  }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory_), {}));
  }

  fs::path directory_;
};

TEST_F(ReplaceFile, KeepsTheMode) {
  fs::permissions(path(), static_cast<fs::perms>(0751));
  EXPECT_FALSE(replace_file(path(), "old\n", "new\n"));
  EXPECT_EQ(read(path()), "new\n");
  struct stat info {};
  ASSERT_EQ(::stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0751U);
  EXPECT_EQ(entries(), 1U);
}

TEST_F(ReplaceFile, GoesThroughALink) {
  fs::create_directories(directory_ / "real");
  fs::rename(path(), directory_ / "real/b.sh");
  fs::create_symlink("real/b.sh", path());
  EXPECT_FALSE(replace_file(path(), "old\n", "new\n"));
  EXPECT_TRUE(fs::is_symlink(path()));
  EXPECT_EQ(read((directory_ / "real/b.sh").string()), "new\n");
}

TEST_F(ReplaceFile, LeavesAChangedFileAlone) {
  const auto trouble = replace_file(path(), "older\n", "new\n");
  ASSERT_TRUE(trouble);
  EXPECT_NE(trouble->message.find("has changed since it was read"), std::string::npos);
  EXPECT_EQ(read(path()), "old\n");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(ReplaceFile, FailsOnWhatIsGone) {
  EXPECT_TRUE(replace_file(path() + "x", "old\n", "new\n"));
  EXPECT_EQ(entries(), 1U);
}

}  // namespace
}  // namespace composelint::cli
