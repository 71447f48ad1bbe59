// Dumps that other programs have packed are read by these; where there is none nobody knows.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "guard/output_file.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

using enum Truth;

const std::string kText = "-- PostgreSQL database dump\n\nCREATE TABLE items (id int);\n";
const std::string kEnd = "\n--\n-- PostgreSQL database dump complete\n--\n\n";

class Packed : public testing::TestWithParam<const char*> {
 protected:
  // Nothing where the program is not installed.
  bool pack(const std::string& bytes) {
    const std::string program = GetParam();
    if (std::system((program + " --version >/dev/null 2>&1 </dev/null").c_str()) != 0) return false;
    std::remove(path().c_str());
    ScratchDirectory::append(scratch_ / "plain", "");
    EXPECT_EQ(::truncate((scratch_ / "plain").c_str(), 0), 0);
    ScratchDirectory::append(scratch_ / "plain", bytes);
    return std::system((program + " -c <" + scratch_ / "plain" + " >" + path()).c_str()) == 0;
  }
  [[nodiscard]] std::string path() const { return scratch_ / "x"; }
  [[nodiscard]] Answer judged() const { return judge_dump(path(), "pg_dump"); }

  ScratchDirectory scratch_;
};

TEST_P(Packed, IsWholeWithWhatItHolds) {
  if (!pack(kText + kEnd)) GTEST_SKIP() << "no " << GetParam();
  EXPECT_EQ(judged().truth, kSupported) << judged().note;
  EXPECT_NE(judged().note.find("unpacked"), std::string::npos) << judged().note;
  // `pg_dump | xz` of a dump that broke off: the stream is whole.
  ASSERT_TRUE(pack(kText));
  EXPECT_EQ(judged().truth, kRefuted) << judged().note;
  ASSERT_TRUE(pack(""));
  EXPECT_EQ(judged().truth, kRefuted) << judged().note;
}

TEST_P(Packed, IsRefusedWhereverItIsCut) {
  if (!pack(kText + kEnd)) GTEST_SKIP() << "no " << GetParam();
  const std::string bytes = ScratchDirectory::read(path());
  for (std::size_t size = bytes.size() - 1; size > 8; size -= std::min<std::size_t>(size, 5)) {
    ASSERT_EQ(::truncate(path().c_str(), static_cast<off_t>(size)), 0);
    EXPECT_EQ(judged().truth, kRefuted) << size << ": " << judged().note;
  }
}

TEST_P(Packed, HoldsAnArchiveToo) {
  const std::string dump =
      ScratchDirectory::read(std::string(COMPOSELINT_SOURCE_DIR) + "/tests/guard/dumps/piped.dump");
  if (!pack(dump)) GTEST_SKIP() << "no " << GetParam();
  EXPECT_EQ(judged().truth, kSupported) << judged().note;
  ASSERT_TRUE(pack(dump.substr(0, dump.size() - 1)));
  EXPECT_EQ(judged().truth, kRefuted) << judged().note;
}

INSTANTIATE_TEST_SUITE_P(Programs, Packed, testing::Values("xz", "zstd", "bzip2", "lz4"));

TEST(PackedByNobody, IsNotKnown) {
  const ScratchDirectory scratch;
  const std::string path = std::getenv("PATH");
  ASSERT_EQ(::setenv("PATH", scratch.path().c_str(), 1), 0);
  for (const std::string& head : {std::string("\x28\xb5\x2f\xfdxx"), std::string("BZh91AY&SY")}) {
    ScratchDirectory::append(scratch / head.substr(0, 2), head);
    const Answer answer = judge_dump(scratch / head.substr(0, 2), "pg_dump");
    EXPECT_EQ(answer.truth, kUnknown) << answer.note;
    EXPECT_NE(answer.remedy.find("install"), std::string::npos) << answer.remedy;
  }
  ASSERT_EQ(::setenv("PATH", path.c_str(), 1), 0);
}

}  // namespace
}  // namespace composelint::guard
