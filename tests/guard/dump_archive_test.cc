// Archives of PostgreSQL 15's pg_dump, whole, cut at each byte and changed. They hold a table of 40
// rows, an empty one, a view, a sequence and two large objects.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <string>

#include "guard/output_file.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

using enum Truth;

std::string fixture(const std::string& name) {
  const std::string bytes =
      ScratchDirectory::read(std::string(COMPOSELINT_SOURCE_DIR) + "/tests/guard/dumps/" + name);
  EXPECT_FALSE(bytes.empty()) << name;
  return bytes;
}

// pg_dump -Ft, which is zeros for the most part.
std::string tar_archive() {
  const std::string path = std::string(COMPOSELINT_SOURCE_DIR) + "/tests/guard/dumps/piped.tar.gz";
  std::string out(std::size_t{1} << 20U, '\0');
  const gzFile file = ::gzopen(path.c_str(), "rb");
  const int got = ::gzread(file, out.data(), static_cast<unsigned>(out.size()));
  ::gzclose(file);
  EXPECT_GT(got, 0);
  out.resize(static_cast<std::size_t>(std::max(got, 0)));
  return out;
}

Answer judged(const std::string& bytes) {
  const ScratchDirectory scratch;
  ScratchDirectory::append(scratch / "x.dump", bytes);
  return judge_dump(scratch / "x.dump", "pg_dump");
}

// Shorter by `step` each time, down to nothing.
void expect_refused_wherever_cut(const std::string& bytes, std::size_t step) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "x.dump";
  ScratchDirectory::append(path, bytes);
  for (std::size_t size = bytes.size() - 1; size > 0; size -= std::min(step, size)) {
    ASSERT_EQ(::truncate(path.c_str(), static_cast<off_t>(size)), 0);
    const Answer answer = judge_dump(path, "pg_dump");
    ASSERT_EQ(answer.truth, kRefuted) << size << " of " << bytes.size() << ": " << answer.note;
  }
}

// Without its first bytes it is of no kind, and nobody knows.
void expect_refused_wherever_cut_but_at_the_start(const std::string& bytes) {
  for (std::size_t size = 5; size < bytes.size(); size += 7) {
    const Answer answer = judged(bytes.substr(0, size));
    ASSERT_EQ(answer.truth, kRefuted) << size << " of " << bytes.size() << ": " << answer.note;
  }
}

TEST(DumpArchive, OfPostgresIsWhole) {
  for (const char* name :
       {"piped.dump", "seekable.dump", "empty.dump", "schema.dump", "ex.dump", "piped.tar.gz"}) {
    const Answer answer = judged(fixture(name));
    EXPECT_EQ(answer.truth, kSupported) << name << ": " << answer.note;
    EXPECT_EQ(answer.remedy, "");
  }
  EXPECT_EQ(judged(tar_archive()).truth, kSupported);
}

TEST(DumpArchive, IsRefusedWhereverItIsCut) {
  for (const char* name : {"piped.dump", "seekable.dump", "empty.dump", "schema.dump", "ex.dump"}) {
    expect_refused_wherever_cut(fixture(name), 1);
  }
  expect_refused_wherever_cut(tar_archive(), 97);
  expect_refused_wherever_cut(fixture("piped.tar.gz"), 41);
}

TEST(DumpArchive, HasNothingBehindItsEnd) {
  for (const std::string& bytes :
       {fixture("piped.dump"), fixture("empty.dump"), fixture("seekable.dump"), tar_archive()}) {
    const Answer answer = judged(bytes + "\x01more");
    EXPECT_EQ(answer.truth, kRefuted) << answer.note;
  }
  EXPECT_EQ(judged(fixture("piped.dump") + fixture("piped.dump")).truth, kRefuted);
  // Tapes have records of a fixed size.
  EXPECT_EQ(judged(tar_archive() + std::string(5120, '\0')).truth, kSupported);
}

// Bytes lost in its midst: all that follows stands in another place.
TEST(DumpArchive, IsRefusedWhereAPieceIsMissing) {
  const std::string tar = tar_archive();
  EXPECT_EQ(judged(tar.substr(0, 2048) + tar.substr(2560)).truth, kRefuted);
  const std::string dump = fixture("piped.dump");
  for (std::size_t at = 100; at + 10 < dump.size(); at += 100) {
    const Answer answer = judged(dump.substr(0, at) + dump.substr(at + 7));
    EXPECT_EQ(answer.truth, kRefuted) << at << ": " << answer.note;
  }
}

TEST(DumpArchive, IsReadThroughGzipToo) {
  const ScratchDirectory scratch;
  const std::string dump = fixture("piped.dump");
  for (const std::size_t size : {dump.size(), dump.size() - 1, dump.size() / 2}) {
    const std::string path = scratch / std::to_string(size);
    const gzFile file = ::gzopen(path.c_str(), "wb");
    ASSERT_EQ(::gzwrite(file, dump.data(), static_cast<unsigned>(size)), static_cast<int>(size));
    ::gzclose(file);
    const Answer answer = judge_dump(path, "pg_dump");
    EXPECT_EQ(answer.truth, size == dump.size() ? kSupported : kRefuted) << answer.note;
    EXPECT_NE(answer.note.find("unpacked"), std::string::npos) << answer.note;
  }
}

// A file system that lost the rest of a file shows zeros, which is how an archive ends.
TEST(DumpArchive, MoreZerosThanARecordAreNoEnd) {
  std::string header(512, '\0');
  const std::string name = "data";
  header.replace(0, name.size(), name);
  header.replace(124, 11, "00000000000");
  header.replace(148, 8, "        ");
  header[156] = '0';
  header.replace(257, 5, "ustar");
  int sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  char text[8];
  std::snprintf(text, sizeof text, "%06o", sum);
  header.replace(148, 7, std::string(text, 7));
  const auto kind = [&](std::size_t zeros) {
    return judged(header + std::string(zeros, '\0')).note;
  };
  EXPECT_EQ(kind(1024).find("more zeros"), std::string::npos) << kind(1024);
  EXPECT_EQ(kind(10240).find("more zeros"), std::string::npos) << kind(10240);
  EXPECT_NE(kind(1 << 20).find("more zeros"), std::string::npos) << kind(1 << 20);
}

// What mongodump --archive writes, as its own sources have it.
class MongoBytes {
 public:
  static std::string number(std::uint32_t value) {
    std::string out;
    for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xffU);
    return out;
  }
  static std::string document(const std::string& fields) {
    return number(static_cast<std::uint32_t>(fields.size() + 5)) + fields + std::string(1, '\0');
  }
  static std::string text(const std::string& name, const std::string& value) {
    return "\x02" + name + std::string(1, '\0') +
           number(static_cast<std::uint32_t>(value.size() + 1)) + value + std::string(1, '\0');
  }
  static std::string flag(const std::string& name, bool value) {
    return "\x08" + name + std::string(1, '\0') + std::string(1, value ? '\1' : '\0');
  }
  static std::string collection(const std::string& name, const std::string& more) {
    return document(text("db", "shop") + text("collection", name) + more);
  }
  static std::string end() { return "\xff\xff\xff\xff"; }

  static std::string archive() {
    const std::string crc =
        "\x12"
        "CRC" +
        std::string(9, '\0');
    const std::string row = document(text("a", std::string(300, 'x')));
    return "\x6d\xe2\x99\x81" + document(text("version", "0.1") + text("server_version", "7.0")) +
           collection("items", text("metadata", "{}") + text("type", "collection")) +
           collection("users", text("metadata", "{}") + text("type", "collection")) +
           collection("seen", text("metadata", "{}") + text("type", "view")) + end() +
           collection("items", flag("EOF", false) + crc) + row + row + end() +
           collection("users", flag("EOF", false) + crc) + row + end() +
           collection("items", flag("EOF", false) + crc) + row + end() +
           collection("items", flag("EOF", true) + crc) + end() +
           collection("users", flag("EOF", true) + crc) + end();
  }
};

TEST(DumpArchive, OfMongoIsReadToItsEnd) {
  const std::string whole = MongoBytes::archive();
  EXPECT_EQ(judged(whole).truth, kSupported) << judged(whole).note;
  expect_refused_wherever_cut_but_at_the_start(whole);
  EXPECT_EQ(judged(whole + "x").truth, kRefuted);
  EXPECT_EQ(judged(whole + std::string(4096, '\0')).truth, kRefuted);
  std::string torn = whole;
  torn.replace(whole.size() / 2, 400, 400, '\0');
  EXPECT_EQ(judged(torn).truth, kRefuted) << judged(torn).note;
  for (std::size_t at = 4; at < whole.size(); at += 11) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0xff);
    (void)judged(changed);
  }
  // A collection of which nothing is there may be a view of an older mongodump.
  std::string without = whole;
  const std::string type = MongoBytes::text("type", "view");
  without.replace(without.find(type), type.size(), MongoBytes::text("typf", "view"));
  EXPECT_EQ(judged(without).truth, kUnknown) << judged(without).note;
}

TEST(DumpArchive, SaysWhatIsMissing) {
  const std::string dump = fixture("piped.dump");
  EXPECT_NE(judged(dump.substr(0, 300)).note.find("table of contents"), std::string::npos);
  EXPECT_NE(judged(dump.substr(0, dump.size() - 3)).note.find("in the middle of its data"),
            std::string::npos);
}

// What is hostile neither hangs nor ends the program.
TEST(DumpArchive, SurvivesAnyChangedByte) {
  const std::string dump = fixture("piped.dump");
  for (std::size_t at = 5; at < dump.size(); at += 3) {
    std::string changed = dump;
    changed[at] = static_cast<char>(changed[at] ^ 0xff);
    (void)judged(changed);
  }
}

}  // namespace
}  // namespace composelint::guard
