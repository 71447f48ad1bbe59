#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "guard/output_file.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

using namespace std::string_literals;
using enum Truth;

const std::string kPgHead = "--\n-- PostgreSQL database dump\n--\n\n\\restrict aB3\n\n";
const std::string kPgEnd = "\n--\n-- PostgreSQL database dump complete\n--\n\n";
const std::string kPg = kPgHead + "SELECT 1;\n" + kPgEnd;
const std::string kPgNew = kPg + "\\unrestrict aB3\n\n";
const std::string kAll = "--\n-- PostgreSQL database cluster dump\n--\n\n" + kPgNew +
                         "--\n-- PostgreSQL database cluster dump complete\n--\n\n";
const std::string kMySql =
    "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\nSET x;\n"
    "-- Dump completed on 2026-11-28 12:00:00\n";
const std::string kMaria =
    "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.4.2, for Linux\nSET x;\n"
    "-- Dump completed on 2026-11-28 12:00:00\n";

std::string without_end(const std::string& text, std::size_t bytes) {
  return text.substr(0, text.size() - bytes);
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Row {
  std::string name;
  std::string content;
  std::string made_by;
  Truth truth;
  std::string note;    // a part of it
  std::string remedy;  // a part of it
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class DumpCheck : public testing::TestWithParam<Row> {};

TEST_P(DumpCheck, Judges) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "it's a dump";
  ScratchDirectory::append(path, GetParam().content);
  const Answer answer = judge_dump(path, GetParam().made_by);
  EXPECT_EQ(answer.truth, GetParam().truth) << answer.note;
  EXPECT_NE(answer.note.find(GetParam().note), std::string::npos) << answer.note;
  EXPECT_NE(answer.remedy.find(GetParam().remedy), std::string::npos) << answer.remedy;
  EXPECT_NE(answer.note.find(path), std::string::npos) << answer.note;
  EXPECT_EQ(answer.severity, Severity::kError);
}

std::string name_of_row(const testing::TestParamInfo<Row>& row) {
  return row.param.name;
}

std::string flipped(std::string bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
  return bytes;
}

// Not compressible, so that a cut lies in the midst of data.
std::string noise(std::size_t size) {
  std::string out;
  unsigned state = 7;
  while (out.size() < size) {
    state = state * 1103515245U + 12345U;
    out += static_cast<char>('A' + (state >> 16U) % 26U);
    if (out.size() % 80 == 0) out += '\n';
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Plain, DumpCheck,
    testing::Values(
        Row{"Empty", "", "pg_dump", kRefuted, "empty", ""},
        Row{"PgDump", kPg, "pg_dump", kSupported, "trailer of pg_dump", ""},
        Row{"PgDumpByItsBeginning", kPg, "", kSupported, "pg_dump", ""},
        Row{"PgDumpThatUnrestricts", kPgNew, "pg_dump", kSupported, "pg_dump", ""},
        Row{"PgDumpOfSomeTables", kPgNew, "pg_dump of some tables", kSupported, "pg_dump", ""},
        Row{"CarriageReturns", "-- x\r\n-- PostgreSQL database dump complete\r\n--\r\n\r\n",
            "pg_dump", kSupported, "", ""},
        Row{"NoLastLineEnd", without_end(kPg, 2), "", kSupported, "", ""},
        Row{"PgDumpCut", kPgHead + "COPY t FROM stdin;\n1\n", "pg_dump", kRefuted, "cut off", ""},
        Row{"PgDumpCutByItsBeginning", kPgHead + "1\n", "", kRefuted, "cut off", ""},
        Row{"TrailerCut", without_end(kPg, 7), "", kRefuted, "cut off", ""},
        Row{"TrailerAsData", kPgHead + "5\t-- PostgreSQL database dump complete\n", "", kRefuted,
            "cut off", ""},
        Row{"TrailerLongAgo", kPg + noise(20000), "pg_dump", kRefuted, "cut off", ""},
        Row{"TheNextDumpCut", kPg + kPgHead, "pg_dump", kUnknown, "behind the trailer", ""},
        Row{"PgDumpall", kAll, "pg_dumpall", kSupported, "pg_dumpall", ""},
        Row{"PgDumpallByItsBeginning", kAll, "", kSupported, "pg_dumpall", ""},
        // Each database in it has a trailer of its own.
        Row{"PgDumpallCutBehindADatabase", without_end(kAll, 55), "pg_dumpall", kRefuted,
            "pg_dumpall", ""},
        Row{"PgDumpallCutByItsBeginning", without_end(kAll, 55), "", kRefuted, "pg_dumpall", ""},
        Row{"PgDumpallWithoutItsBeginning", kPgNew, "pg_dumpall", kRefuted, "pg_dumpall", ""},
        Row{"NamedAsAnother", kAll, "pg_dump", kSupported, "pg_dumpall", ""},
        Row{"MySqlDump", kMySql, "mysqldump", kSupported, "mysqldump", ""},
        Row{"MySqlDumpByItsBeginning", kMySql, "", kSupported, "mysqldump", ""},
        Row{"MySqlWithoutADate", "-- MySQL dump 10\nx\n-- Dump completed\n", "", kSupported, "",
            ""},
        Row{"MariaDbDump", kMaria, "mariadb-dump", kSupported, "mysqldump", ""},
        Row{"MariaDbDumpByItsBeginning", kMaria, "", kSupported, "mysqldump", ""},
        Row{"MySqlDumpCut", without_end(kMySql, 43), "", kRefuted, "mysqldump", ""},
        Row{"MySqlWithoutComments", "INSERT INTO t VALUES (1);\n", "mysqldump", kUnknown, "neither",
            "--skip-comments"},
        Row{"ZerosOfACrash", kPgHead + std::string(10000, '\0'), "", kRefuted, "cut off", ""},
        Row{"OtherText", "hello\n", "", kUnknown, "6 bytes", ""},
        Row{"OtherProgram", "[{}]\n", "Django dumpdata", kUnknown, "5 bytes", ""},
        Row{"AVersion", "pg_dump (PostgreSQL) 15.18\n", "pg_dump version", kUnknown, "", ""}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Kinds, DumpCheck,
    testing::Values(Row{"PgCustomOfTheFuture", "PGDMP\x01\x7f\0xx"s, "pg_dump", kUnknown,
                        "custom format", "pg_restore -f /dev/null '"},
                    Row{"PgCustomCut", "PGDMP\x01\x0e"s, "pg_dump", kRefuted, "custom format", ""},
                    Row{"PgTar", "toc.dat\0"s + std::string(249, '\0') + "ustar", "pg_dump",
                        kRefuted, "tar format", ""},
                    Row{"Tar", "a.sql"s + std::string(252, '\0') + "ustar", "", kRefuted,
                        "tar archive", ""},
                    Row{"Zip", "PK\x03\x04xx", "", kUnknown, "zip", "unzip -t"},
                    Row{"Sqlite", "SQLite format 3\0xx"s, "", kUnknown, "SQLite", "sqlite3"},
                    Row{"Utf16", "\xff\xfe-\0-\0"s, "pg_dump", kUnknown, "UTF-16", ""}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Gzip, DumpCheck,
    testing::Values(
        Row{"Whole", gzip(kPgNew), "pg_dump", kSupported, "pg_dump", ""},
        Row{"WholeByItsBeginning", gzip(kMySql), "", kSupported, "mysqldump", ""},
        Row{"Large", gzip(kPgHead + noise(3000000) + kPgEnd), "", kSupported, "", ""},
        Row{"SeveralMembers", gzip(kPgHead) + gzip(noise(200000)) + gzip(kPgEnd), "", kSupported,
            "", ""},
        Row{"AnEmptyMember", gzip(kPg) + gzip(""), "", kSupported, "", ""},
        Row{"PaddedWithZeros", gzip(kPg) + std::string(1000, '\0'), "", kSupported, "", ""},
        // `pg_dump | gzip` of a dump that broke off: the gzip stream is whole.
        Row{"OfACutDump", gzip(kPgHead + "1\n"), "", kRefuted, "unpacked", ""},
        Row{"OfNothing", gzip(""), "pg_dump", kRefuted, "of nothing", ""},
        Row{"OfNothingTwice", gzip("") + gzip(""), "pg_dump", kRefuted, "of nothing", ""},
        Row{"CutInTheMidst", gzip(noise(300000)).substr(0, 90000), "pg_dump", kRefuted, "cut off",
            ""},
        Row{"CutInItsHead", "\x1f\x8b\x08", "", kRefuted, "cut off", ""},
        Row{"WithoutItsLength", without_end(gzip(kPg), 4), "", kRefuted, "cut off", ""},
        Row{"WithoutItsLastByte", without_end(gzip(kPg), 1), "", kRefuted, "cut off", ""},
        Row{"SecondMemberCut", gzip(kPg) + "\x1f", "", kRefuted, "cut off", ""},
        Row{"WrongSum", flipped(gzip(kPg), gzip(kPg).size() - 6), "", kRefuted, "damaged", ""},
        Row{"WrongLength", flipped(gzip(kPg), gzip(kPg).size() - 2), "", kRefuted, "damaged", ""},
        Row{"NoGzipAtAll", "\x1f\x8bxxxxxxxxxxxxxxxx", "", kRefuted, "damaged", ""},
        Row{"TextBehindIt", gzip(kPg) + "oops\n", "", kRefuted, "other bytes", ""},
        Row{"BytesBehindThePadding", gzip(kPg) + "\0\0x"s, "", kRefuted, "other bytes", ""},
        Row{"OfPgCustom", gzip("PGDMP\x01\x7f\0xx"s), "pg_dump", kUnknown, "custom format",
            "gzip -dc"},
        Row{"OfATarCut", gzip("a"s + std::string(256, '\0') + "ustar"), "", kRefuted, "tar archive",
            ""},
        Row{"OfOtherText", gzip("hello\n"), "", kUnknown, "6 bytes", ""}),
    name_of_row);

TEST(DumpCheckFiles, NothingThere) {
  const ScratchDirectory scratch;
  const Answer answer = judge_dump(scratch / "none.sql", "pg_dump");
  EXPECT_EQ(answer.truth, kRefuted);
  EXPECT_NE(answer.note.find("there is no "), std::string::npos) << answer.note;
}

// What stands between the pieces is not seen, and nobody is told that it was.
TEST(DumpCheckFiles, OfALargeOnePiecesAreRead) {
  constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20U;
  const ScratchDirectory scratch;
  const std::string path = scratch / "large.sql";
  std::string text = kPgHead + noise(4 * kMegabyte) + kPgEnd;
  text.replace(kMegabyte + kMegabyte / 2, 5, std::string(5, '\0'));
  ScratchDirectory::append(path, text);
  EXPECT_EQ(judge_dump(path, "pg_dump", 8 * kMegabyte).truth, kRefuted);
  const Answer answer = judge_dump(path, "pg_dump", 3 * kMegabyte);
  EXPECT_EQ(answer.truth, kSupported) << answer.note;
  EXPECT_NE(answer.note.find("64 KB of each megabyte"), std::string::npos) << answer.note;
  text.erase(kMegabyte + kMegabyte / 2, 5);
  ScratchDirectory::append(scratch / "whole.sql", text);
  const Answer whole = judge_dump(scratch / "whole.sql", "pg_dump", 8 * kMegabyte);
  EXPECT_EQ(whole.truth, kSupported) << whole.note;
  EXPECT_EQ(whole.note.find("megabyte"), std::string::npos) << whole.note;
}

TEST(DumpCheckFiles, APipeDoesNotHoldUp) {
  const ScratchDirectory scratch;
  ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(judge_dump(scratch / "pipe", "pg_dump").truth, kUnknown);
  EXPECT_EQ(judge_dump("/dev/zero", "pg_dump").truth, kUnknown);
}

TEST(DumpCheckFiles, ADirectoryOfPgDump) {
  const ScratchDirectory scratch;
  EXPECT_EQ(judge_dump(scratch.path(), "pg_dump").remedy, "");
  ScratchDirectory::append(scratch / "toc.dat", "PGDMP");
  const Answer answer = judge_dump(scratch.path(), "pg_dump");
  EXPECT_EQ(answer.truth, kUnknown);
  EXPECT_NE(answer.remedy.find("pg_restore -f /dev/null"), std::string::npos) << answer.remedy;
}

TEST(DumpCheckFiles, NotReadable) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const ScratchDirectory scratch;
  ScratchDirectory::append(scratch / "x", kPg);
  ASSERT_EQ(::chmod((scratch / "x").c_str(), 0), 0);
  EXPECT_EQ(judge_dump(scratch / "x", "pg_dump").truth, kUnknown);
}

// A terabyte, all of it a hole but for its ends.
TEST(DumpCheckFiles, AnySizeInNoTime) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "large.sql";
  ScratchDirectory::append(path, kPgHead);
  if (::truncate(path.c_str(), off_t{1} << 40U) != 0) GTEST_SKIP() << "no such large files here";
  EXPECT_EQ(judge_dump(path, "").truth, kRefuted);
  ScratchDirectory::append(path, "\n" + kPgNew);
  const Answer answer = judge_dump(path, "");
  EXPECT_EQ(answer.truth, kRefuted);
  EXPECT_NE(answer.note.find("bytes of zero"), std::string::npos) << answer.note;
}

// Zeros that were written, and not only left out.
TEST(DumpCheckFiles, ZerosInTheMiddleAreNoDump) {
  const ScratchDirectory scratch;
  const std::string rows(std::size_t{200} << 10U, 'x');
  for (const bool packed : {false, true}) {
    for (const bool torn : {false, true}) {
      std::string text = kPgHead + "\n" + rows + "\\\\x00\n" + rows;
      if (torn) text.replace(100000, 4096, 4096, '\0');
      text += "\n" + kPgNew;
      const std::string path = scratch / (std::string(packed ? "p" : "q") + (torn ? "t" : "w"));
      ScratchDirectory::append(path, packed ? gzip(text) : text);
      const Answer answer = judge_dump(path, "");
      EXPECT_EQ(answer.truth, torn ? kRefuted : kSupported) << packed << answer.note;
    }
  }
}

// Four gigabytes would come out of a few megabytes; a fortieth of that shows that none is kept.
TEST(DumpCheckFiles, UnpacksInBoundedMemory) {
  const ScratchDirectory scratch;
  const std::string member = gzip(std::string(std::size_t{10} << 20U, '\n'));
  ScratchDirectory::append(scratch / "x.gz", gzip(kPgHead));
  for (int i = 0; i < 10; ++i) ScratchDirectory::append(scratch / "x.gz", member);
  ScratchDirectory::append(scratch / "x.gz", gzip(kPgEnd));
  struct rusage before {};
  struct rusage after {};
  ::getrusage(RUSAGE_SELF, &before);
  EXPECT_EQ(judge_dump(scratch / "x.gz", "").truth, kSupported);
  ::getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 8192) << "kilobytes";
}

}  // namespace
}  // namespace composelint::guard
