#include "guard/statement_file.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "analyzer/text/disk_file_system.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

class StatementFile : public testing::Test {
 protected:
  FileStatements read(const std::string& name) {
    return statements_in_file(disk_, directory_ / name, Strings::kDoubled);
  }
  void pack(const std::string& name, const std::string& text) const {
    const gzFile file = ::gzopen((directory_ / name).c_str(), "wb");
    ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    ::gzclose(file);
  }
  ScratchDirectory directory_;
  text::DiskFileSystem disk_;
};

TEST_F(StatementFile, IsReadThroughGzip) {
  pack("drop.sql.gz", "select 1;\ndrop table items;\n");
  pack("add.sql.gz", "insert into items values (1);\n");
  EXPECT_EQ(read("drop.sql.gz").gravest, Statements::kLose);
  EXPECT_EQ(read("add.sql.gz").gravest, Statements::kBounded);
  EXPECT_TRUE(read("add.sql.gz").whole);
  EXPECT_EQ(unpacked_text(ScratchDirectory::read(directory_ / "drop.sql.gz")),
            "select 1;\ndrop table items;\n");
  EXPECT_EQ(unpacked_text("select 1"), "select 1");
  const std::string both = ScratchDirectory::read(directory_ / "add.sql.gz") +
                           ScratchDirectory::read(directory_ / "drop.sql.gz");
  EXPECT_EQ(unpacked_text(both), "insert into items values (1);\nselect 1;\ndrop table items;\n");
  EXPECT_EQ(unpacked_text(both + "\n"), unpacked_text(both));
  ScratchDirectory::append(directory_ / "both.sql.gz", both);
  EXPECT_EQ(read("both.sql.gz").gravest, Statements::kLose);
}

TEST_F(StatementFile, OfAnyLengthIsRead) {
  std::string rows;
  while (rows.size() < (std::size_t{9} << 19U))
    rows += "insert into items values ('a;b" + std::string(500, 'x') + "');\n";
  ScratchDirectory::append(directory_ / "add.sql", rows);
  ScratchDirectory::append(directory_ / "drop.sql", rows + "drop table items;\n");
  const FileStatements added = read("add.sql");
  EXPECT_EQ(added.gravest, Statements::kBounded);
  EXPECT_TRUE(added.whole);
  EXPECT_EQ(read("drop.sql").gravest, Statements::kLose);
}

TEST_F(StatementFile, ThatIsPackedByOthersIsNotKnown) {
  ScratchDirectory::append(directory_ / "x.sql.zst", "\x28\xb5\x2f\xfd and more");
  EXPECT_EQ(read("x.sql.zst").gravest, Statements::kNone);
  EXPECT_FALSE(read("x.sql.zst").whole);
  EXPECT_TRUE(read("absent.sql").whole);  // there is nothing to be read
}

}  // namespace
}  // namespace composelint::guard
