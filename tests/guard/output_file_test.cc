#include "guard/output_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public testing::Test {
 protected:
  static OutputFile made(const std::string& path) {
    auto file = OutputFile::create(path, "f00");
    EXPECT_TRUE(file.ok()) << (file.ok() ? "" : file.failure().message);
    return std::move(*file);
  }
  static void write(const OutputFile& file, const std::string& text) {
    EXPECT_EQ(::write(file.descriptor(), text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  static unsigned mode(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777U;
  }
  [[nodiscard]] std::size_t entries() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& each : fs::directory_iterator(scratch.path())) ++count;
    return count;
  }

  ScratchDirectory scratch;
};

TEST_F(OutputFileTest, TakesItsPlaceOnlyWhenKept) {
  const std::string path = scratch / "db.sql";
  ScratchDirectory::append(path, "old");
  ::chmod(path.c_str(), 0640);
  OutputFile file = made(path);
  EXPECT_EQ(file.temporary(), scratch / ".db.sql.f00.part");
  EXPECT_EQ(mode(file.temporary()), 0600U);
  write(file, "new");
  EXPECT_EQ(ScratchDirectory::read(path), "old");
  EXPECT_FALSE(file.keep());
  EXPECT_EQ(ScratchDirectory::read(path), "new");
  EXPECT_EQ(mode(path), 0640U);
  EXPECT_EQ(entries(), 1U);
  file.drop();  // it has been kept: nothing is left to drop
  EXPECT_EQ(ScratchDirectory::read(path), "new");
}

TEST_F(OutputFileTest, HasTheModeOfNewFilesWhereThereWasNone) {
  const mode_t mask = ::umask(027);
  OutputFile file = made(scratch / "db.sql");
  EXPECT_FALSE(file.keep());
  ::umask(mask);
  EXPECT_EQ(mode(scratch / "db.sql"), 0640U);
}

TEST_F(OutputFileTest, LeavesTheOldOneWhenDropped) {
  const std::string path = scratch / "db.sql";
  ScratchDirectory::append(path, "old");
  OutputFile file = made(path);
  write(file, "cut");
  file.drop();
  EXPECT_EQ(ScratchDirectory::read(path), "old");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(OutputFileTest, LeavesATraceWhereNeitherIsDone) {
  std::string temporary;
  {
    const OutputFile file = made(scratch / "db.sql");
    temporary = file.temporary();
  }
  EXPECT_TRUE(fs::exists(temporary));
}

TEST_F(OutputFileTest, ReplacesWhatALinkStandsFor) {
  fs::create_directory(scratch / "other");
  ScratchDirectory::append(scratch / "other/real", "old");
  fs::create_symlink("other/real", scratch / "link");
  fs::create_symlink("other/missing", scratch / "dangling");
  for (const auto& [name, target] :
       {std::pair("link", "other/real"), std::pair("dangling", "other/missing")}) {
    OutputFile file = made(scratch / name);
    EXPECT_EQ(fs::path(file.temporary()).parent_path(), scratch / "other");
    write(file, "new");
    EXPECT_FALSE(file.keep());
    EXPECT_TRUE(fs::is_symlink(scratch / name));
    EXPECT_EQ(ScratchDirectory::read(scratch / target), "new");
  }
}

TEST_F(OutputFileTest, RefusesWhatItCannotReplace) {
  fs::create_directory(scratch / "folder");
  ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
  fs::create_symlink("round", scratch / "round");
  for (const std::string& path :
       {std::string(), scratch / "folder", scratch / "folder/", scratch / "new/", scratch / "pipe",
        scratch / "round", scratch / "missing/db.sql", std::string("/dev/null")}) {
    const auto file = OutputFile::create(path, "f00");
    EXPECT_FALSE(file.ok()) << path;
  }
  EXPECT_EQ(entries(), 3U);
}

TEST_F(OutputFileTest, TakesNoTemporaryThatIsThereAlready) {
  fs::create_symlink("elsewhere", scratch / ".db.sql.f00.part");
  const auto file = OutputFile::create(scratch / "db.sql", "f00");
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.failure().message.find("File exists"), std::string::npos);
}

TEST_F(OutputFileTest, TakesNamesOfAnyKind) {
  for (const std::string& name : {std::string("a b\n\xff"), std::string(255, 'x')}) {
    OutputFile file = made(scratch / name);
    write(file, "new");
    EXPECT_FALSE(file.keep());
    EXPECT_EQ(ScratchDirectory::read(scratch / name), "new");
  }
}

TEST_F(OutputFileTest, SaysThatItCouldNotTakeItsPlace) {
  const std::string path = scratch / "db.sql";
  OutputFile file = made(path);
  fs::create_directory(path);  // meanwhile
  const MaybeFailure failure = file.keep();
  ASSERT_TRUE(failure);
  EXPECT_NE(failure->message.find(path), std::string::npos);
  file.drop();
  EXPECT_EQ(entries(), 1U);
}

TEST_F(OutputFileTest, WritesFromADescriptorOfItsOwn) {
  OutputFile file = made(scratch / "db.sql");
  EXPECT_GT(file.descriptor(), 2);
  OutputFile moved = std::move(file);
  write(moved, "new");
  EXPECT_FALSE(moved.keep());
  EXPECT_TRUE(moved.keep()) << "twice is an error";
}

}  // namespace
}  // namespace composelint::guard
