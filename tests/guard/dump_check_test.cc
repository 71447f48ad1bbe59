#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include <string_view>

#include "guard/output_file.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

using namespace std::string_literals;

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Rows that do not compress to nothing.
std::string rows(std::size_t bytes) {
  std::string text;
  unsigned state = 12345;
  while (text.size() < bytes) {
    state = state * 1103515245U + 12345U;
    text += std::to_string(state) + "\tname\n";
  }
  return text;
}

const std::string kHead = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\n";
const std::string kTrailer = "--\n-- PostgreSQL database dump complete\n--\n\n";
const std::string kNewTrailer = kTrailer + "\\unrestrict abc\n\n";
const std::string kBody = "COPY t FROM stdin;\n" + rows(100'000) + "\\.\n\n";
const std::string kDump = kHead + kBody + kNewTrailer;
const std::string kCluster = "--\n-- PostgreSQL database cluster dump\n--\n\n" + kDump +
                             "--\n-- PostgreSQL database cluster dump complete\n--\n\n";
const std::string kMysql = "-- MySQL dump 10.13\n--\n" + rows(50'000);
const std::string kMaria = "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n--\n";

struct Row {
  const char* what;
  std::string bytes;
  std::string made_by;
  Truth truth;
};

std::vector<Row> table() {
  const std::string zipped = gzipped(kDump);
  const std::string cut = kHead + kBody;
  std::string crlf;
  for (const char c : kDump) crlf += c == '\n' ? "\r\n"s : std::string(1, c);
  constexpr Truth kWhole = Truth::kSupported;
  constexpr Truth kBad = Truth::kRefuted;
  constexpr Truth kOpen = Truth::kUnknown;
  return {
      {"empty", "", "pg_dump", kBad},
      {"whole", kDump, "pg_dump", kWhole},
      {"whole, nobody said what it is", kDump, "", kWhole},
      {"whole, of before 2025", kHead + kBody + kTrailer, "pg_dump", kWhole},
      {"cut in the data", cut, "pg_dump", kBad},
      {"cut in the data, nobody said what it is", cut, "", kBad},
      {"cut in the trailer", kHead + kBody + "--\n-- PostgreSQL database dump comp", "", kBad},
      {"two, the second cut", kDump + kHead, "pg_dump", kBad},
      {"two", kDump + kDump, "pg_dump", kWhole},
      {"something behind", kDump + "error: no space\n", "pg_dump", kBad},
      {"no dump at all", "pg_dump: error: no such database\n", "pg_dump", kBad},
      {"through a terminal", crlf, "pg_dump", kBad},
      {"cluster", kCluster, "pg_dumpall", kWhole},
      {"cluster, cut between databases", "--\n-- PostgreSQL database cluster dump\n--\n\n" + kDump,
       "pg_dumpall", kBad},
      {"mysqldump", kMysql + "-- Dump completed on 2026-11-28 12:00:00\n", "mysqldump", kWhole},
      {"mysqldump without a date", kMysql + "-- Dump completed\n", "", kWhole},
      {"mysqldump, cut", kMysql, "mysqldump", kBad},
      {"mariadb-dump", kMaria + rows(100) + "-- Dump completed on x\n", "", kWhole},
      {"mariadb-dump, cut", kMaria + rows(100), "", kBad},
      {"mysqldump --skip-comments", rows(100), "mysqldump", kOpen},
      {"gzip, whole", zipped, "pg_dump", kWhole},
      {"gzip of a cut dump, as a kill leaves it", gzipped(cut), "pg_dump", kBad},
      {"gzip, cut", zipped.substr(0, zipped.size() / 2), "pg_dump", kBad},
      {"gzip, its check cut", zipped.substr(0, zipped.size() - 4), "", kBad},
      {"gzip, its header alone", zipped.substr(0, 10), "", kBad},
      {"gzip, a byte wrong", zipped.substr(0, 5000) + "x" + zipped.substr(5001), "", kBad},
      {"gzip of nothing", gzipped(""), "pg_dump", kBad},
      {"gzip, two in a row", gzipped(kHead + kBody) + gzipped(kTrailer), "pg_dump", kWhole},
      {"gzip, the second cut", gzipped(kHead) + zipped.substr(0, 900), "pg_dump", kBad},
      {"gzip, padded", zipped + std::string(512, '\0'), "pg_dump", kWhole},
      {"gzip, rubbish behind", zipped + "rubbish", "pg_dump", kBad},
      {"gzip of another kind", gzipped(rows(1000)), "", kOpen},
      {"pg_dump's own format", "PGDMP\1\16\0"s + rows(1000), "pg_dump", kOpen},
      {"the same in gzip", gzipped("PGDMP\1\16\0"s + rows(1000)), "pg_dump", kOpen},
      {"zstd", "\x28\xb5\x2f\xfd"s + rows(100), "pg_dump", kOpen},
      {"xz",
       "\xfd"
       "7zXZ\0"s +
           rows(100),
       "pg_dump", kOpen},
      {"tar", "name" + std::string(253, '\0') + "ustar" + rows(100), "pg_dump", kOpen},
      {"encrypted", "Salted__\0\1\2"s + rows(100), "pg_dump", kOpen},
      {"something else", rows(100), "", kOpen},
  };
}

TEST(JudgeDump, TellsWholeFromCut) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "db.sql";
  for (const Row& row : table()) {
    std::filesystem::remove(path);
    ScratchDirectory::append(path, row.bytes);
    const Answer answer = judge_dump(path, row.made_by);
    EXPECT_EQ(answer.truth, row.truth) << row.what << ": " << answer.note;
    EXPECT_TRUE(answer.note.starts_with(path + " ")) << answer.note;
    EXPECT_EQ(blocks(answer), row.truth == Truth::kRefuted) << row.what;
    EXPECT_EQ(answer.claim, "output-checked");
  }
}

TEST(JudgeDump, SaysWhatReadsItsOwnFormat) {
  const ScratchDirectory scratch;
  ScratchDirectory::append(scratch / "db.dump", "PGDMP" + rows(100));
  EXPECT_EQ(judge_dump(scratch / "db.dump", "pg_dump").remedy,
            "pg_restore -f /dev/null FILE reads it to its end");
}

TEST(JudgeDump, ReadsRegularFilesOnly) {
  const ScratchDirectory scratch;
  ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(judge_dump(scratch / "pipe", "").truth, Truth::kUnknown);
  EXPECT_EQ(judge_dump(scratch.path(), "").truth, Truth::kUnknown);
  EXPECT_EQ(judge_dump(scratch / "none", "").truth, Truth::kRefuted);
}

TEST(JudgeDump, UnderstandsManyBlocks) {
  const ScratchDirectory scratch;
  const std::string big = kHead + rows(5'000'000) + kNewTrailer;
  ScratchDirectory::append(scratch / "big.gz", gzipped(big));
  EXPECT_EQ(judge_dump(scratch / "big.gz", "pg_dump").truth, Truth::kSupported);
  ScratchDirectory::append(scratch / "big.sql", big);
  EXPECT_EQ(judge_dump(scratch / "big.sql", "pg_dump").truth, Truth::kSupported);
}

}  // namespace
}  // namespace composelint::guard
