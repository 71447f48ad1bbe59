#include "guard/output_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "guard/state_directory.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

constexpr const char* kRun = "0123456789abcdef";

class OutputFileTest : public testing::Test {
 protected:
  [[nodiscard]] static OutputFile create(const std::string& path) {
    auto file = OutputFile::create(path, kRun);
    EXPECT_TRUE(file.ok()) << file.failure().message;
    return std::move(*file);
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& each : std::filesystem::directory_iterator(scratch_.path())) {
      out.push_back(each.path().filename().string());
    }
    return out;
  }
  [[nodiscard]] static unsigned mode(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
  }
  void put(const std::string& name, const std::string& text) const {
    ScratchDirectory::append(scratch_ / name, text);
  }

  ScratchDirectory scratch_;
};

TEST_F(OutputFileTest, TheOldOneIsThereUntilTheNewOneIsKept) {
  const std::string path = scratch_ / "db.sql";
  put("db.sql", "old");
  OutputFile file = create(path);
  EXPECT_EQ(file.temporary(), scratch_ / ".db.sql.0123456789abcdef.part");
  ASSERT_TRUE(write_all(file.descriptor(), "new"));
  EXPECT_EQ(ScratchDirectory::read(path), "old");
  ASSERT_FALSE(file.keep());
  EXPECT_EQ(ScratchDirectory::read(path), "new");
  EXPECT_EQ(names(), std::vector<std::string>{"db.sql"});
  EXPECT_TRUE(file.keep());  // there is nothing to keep any more
}

TEST_F(OutputFileTest, DroppedItLeavesNothing) {
  put("db.sql", "old");
  OutputFile file = create(scratch_ / "db.sql");
  ASSERT_TRUE(write_all(file.descriptor(), "new"));
  file.drop();
  file.drop();
  EXPECT_EQ(names(), std::vector<std::string>{"db.sql"});
  EXPECT_EQ(ScratchDirectory::read(scratch_ / "db.sql"), "old");
}

TEST_F(OutputFileTest, WhatIsKeptIsNotDropped) {
  OutputFile file = create(scratch_ / "db.sql");
  ASSERT_FALSE(file.keep());
  file.drop();
  EXPECT_EQ(names(), std::vector<std::string>{"db.sql"});
}

TEST_F(OutputFileTest, ATemporaryOfAKilledGuardStays) {
  const pid_t child = ::fork();
  if (child == 0) {
    auto file = OutputFile::create(scratch_ / "db.sql", kRun);
    if (file.ok() && write_all(file->descriptor(), "half")) ::kill(::getpid(), SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(names(), std::vector<std::string>{".db.sql.0123456789abcdef.part"});
  // The same run is never begun twice.
  EXPECT_FALSE(OutputFile::create(scratch_ / "db.sql", kRun).ok());
  EXPECT_TRUE(OutputFile::create(scratch_ / "db.sql", "fedcba9876543210").ok());
}

TEST_F(OutputFileTest, ProgramsDoNotInheritIt) {
  const OutputFile file = create(scratch_ / "db.sql");
  EXPECT_NE(::fcntl(file.descriptor(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST_F(OutputFileTest, TheModeOfTheOldOneIsKept) {
  for (const mode_t wanted : {mode_t{0600}, mode_t{0640}, mode_t{0664}}) {
    const std::string path = scratch_ / "db.sql";
    put("db.sql", "old");
    ASSERT_EQ(::chmod(path.c_str(), wanted), 0);
    OutputFile file = create(path);
    // Nobody reads a part of what is not for everybody.
    EXPECT_EQ(mode(file.temporary()), 0600U);
    ASSERT_FALSE(file.keep());
    EXPECT_EQ(mode(path), wanted);
  }
}

TEST_F(OutputFileTest, ANewOneHasTheModeThatAShellWouldGive) {
  const mode_t before = ::umask(027);
  OutputFile file = create(scratch_ / "db.sql");
  ::umask(before);
  ASSERT_FALSE(file.keep());
  EXPECT_EQ(mode(scratch_ / "db.sql"), 0640U);
}

TEST_F(OutputFileTest, TheOwnerOfTheOldOneIsKept) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
  put("db.sql", "old");
  ASSERT_EQ(::chown((scratch_ / "db.sql").c_str(), 1234, 1235), 0);
  OutputFile file = create(scratch_ / "db.sql");
  ASSERT_FALSE(file.keep());
  struct stat status {};
  ASSERT_EQ(::stat((scratch_ / "db.sql").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 1234U);
  EXPECT_EQ(status.st_gid, 1235U);
}

TEST_F(OutputFileTest, TheTargetOfALinkIsReplacedAndNotTheLink) {
  ASSERT_TRUE(std::filesystem::create_directory(scratch_ / "real"));
  ASSERT_EQ(::symlink("middle", (scratch_ / "latest").c_str()), 0);
  ASSERT_EQ(::symlink("real/db.sql", (scratch_ / "middle").c_str()), 0);
  // The second time there is an old one.
  for (const std::string text : {"first", "second"}) {
    OutputFile file = create(scratch_ / "latest");
    EXPECT_EQ(file.temporary(), scratch_ / "real/.db.sql.0123456789abcdef.part");
    ASSERT_TRUE(write_all(file.descriptor(), text));
    ASSERT_FALSE(file.keep());
    EXPECT_TRUE(std::filesystem::is_symlink(scratch_ / "latest"));
    EXPECT_TRUE(std::filesystem::is_symlink(scratch_ / "middle"));
    EXPECT_EQ(ScratchDirectory::read(scratch_ / "real/db.sql"), text);
  }
}

TEST_F(OutputFileTest, RefusesWhatIsNoRegularFile) {
  ASSERT_EQ(::mkfifo((scratch_ / "pipe").c_str(), 0600), 0);
  ASSERT_EQ(::symlink("loop", (scratch_ / "loop").c_str()), 0);
  ASSERT_EQ(::symlink("/dev/null", (scratch_ / "null").c_str()), 0);
  const std::pair<std::string, std::string> refused[] = {
      {scratch_.path(), "it is a directory"},
      {scratch_ / "pipe", "it is no regular file"},
      {"/dev/null", "it is no regular file"},
      {scratch_ / "null", "it is no regular file"},
      {scratch_ / "loop", "Too many levels of symbolic links"},
      {scratch_ / "none/db.sql", "No such file or directory"},
      {scratch_ / "new/", "names no file"},
      {"", "names no file"}};
  const auto before = names();
  for (const auto& [path, why] : refused) {
    const auto file = OutputFile::create(path, kRun);
    ASSERT_FALSE(file.ok()) << path;
    EXPECT_NE(file.failure().message.find(why), std::string::npos) << file.failure().message;
  }
  EXPECT_EQ(names(), before);
  struct stat status {};
  ASSERT_EQ(::stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST_F(OutputFileTest, WhatBecameADirectoryMeanwhileIsNotReplaced) {
  OutputFile file = create(scratch_ / "db.sql");
  ASSERT_TRUE(std::filesystem::create_directory(scratch_ / "db.sql"));
  EXPECT_TRUE(file.keep());
  EXPECT_TRUE(std::filesystem::exists(file.temporary()));
  file.drop();
  EXPECT_EQ(names(), std::vector<std::string>{"db.sql"});
}

TEST_F(OutputFileTest, RefusesWhatMayNotBeWritten) {
  if (::geteuid() == 0) GTEST_SKIP() << "root writes everything";
  put("kept.sql", "x");
  ASSERT_EQ(::chmod((scratch_ / "kept.sql").c_str(), 0444), 0);
  EXPECT_FALSE(OutputFile::create(scratch_ / "kept.sql", kRun).ok());
}

TEST_F(OutputFileTest, NamesOfAllKinds) {
  const std::string kinds[] = {"two words", "new\nline",           "\xff\xfe",
                               "-rf",       std::string(255, 'n'), std::string(240, 'm')};
  for (const std::string& name : kinds) {
    OutputFile file = create(scratch_ / name);
    ASSERT_FALSE(file.keep()) << name;
    EXPECT_TRUE(std::filesystem::exists(scratch_ / name)) << name;
    file.drop();
  }
  // Told before the task has run, not behind it.
  EXPECT_FALSE(OutputFile::create(scratch_ / std::string(256, 'n'), kRun).ok());
}

TEST_F(OutputFileTest, ARelativePathHoldsWhateverTheDirectoryIsLater) {
  const std::string before = std::filesystem::current_path().string();
  std::filesystem::current_path(scratch_.path());
  OutputFile file = create("db.sql");
  std::filesystem::current_path(before);
  EXPECT_TRUE(file.temporary().starts_with('/')) << file.temporary();
  ASSERT_FALSE(file.keep());
  EXPECT_TRUE(std::filesystem::exists(scratch_ / "db.sql"));
}

TEST_F(OutputFileTest, Moves) {
  OutputFile one = create(scratch_ / "one");
  OutputFile two = std::move(one);
  ASSERT_TRUE(write_all(two.descriptor(), "1"));
  one = create(scratch_ / "two");
  ASSERT_FALSE(two.keep());
  ASSERT_FALSE(one.keep());
  EXPECT_EQ(ScratchDirectory::read(scratch_ / "one"), "1");
  EXPECT_EQ(ScratchDirectory::read(scratch_ / "two"), "");
}

// In a mount namespace of its own, so that nothing is left mounted. The child's answer: 0 all well,
// 77 not possible here, else the number of the step that failed.
int on_a_full_disk(const std::string& directory) {
  constexpr int kNotHere = 77;
  if (::unshare(CLONE_NEWNS) != 0) return kNotHere;
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return kNotHere;
  if (::mount("tmpfs", directory.c_str(), "tmpfs", 0, "size=64k,nr_inodes=6") != 0) return kNotHere;
  const std::string path = directory + "/db.sql";
  ScratchDirectory::append(path, "old");
  auto file = OutputFile::create(path, kRun);
  if (!file.ok()) return 1;
  // What the task meets, and what it leaves untouched.
  errno = 0;
  if (write_all(file->descriptor(), std::string(std::size_t{128} << 10U, 'x'))) return 2;
  if (errno != ENOSPC) return 3;
  if (ScratchDirectory::read(path) != "old") return 4;
  file->drop();
  // The room is there again.
  auto again = OutputFile::create(path, kRun);
  if (!again.ok()) return 5;
  if (!write_all(again->descriptor(), std::string(std::size_t{32} << 10U, 'x'))) return 6;
  if (again->keep()) return 7;
  // No room for another name.
  for (int i = 0; i < 6; ++i) ScratchDirectory::append(directory + "/" + std::to_string(i), "");
  auto none = OutputFile::create(path, kRun);
  if (none.ok()) return 8;
  if (none.failure().code != FailureCode::kLimit) return 9;
  if (none.failure().message.find("No space left on device") == std::string::npos) return 10;
  return ScratchDirectory::read(path).size() == std::size_t{32} << 10U ? 0 : 11;
}

TEST_F(OutputFileTest, AFullDiskLeavesTheOldOne) {
  if (::geteuid() != 0) GTEST_SKIP() << "a small file system can only be mounted by root";
  const pid_t child = ::fork();
  if (child == 0) ::_exit(on_a_full_disk(scratch_.path()));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "nothing can be mounted here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace composelint::guard
