#include "guard/dump_text.h"

#include <algorithm>

#include "guard/lines.h"

namespace composelint::guard {

namespace {

using enum DumpFamily;

constexpr std::size_t kLastLines = 12;

bool is_trailer(DumpFamily family, std::string_view line) {
  switch (family) {
    case kPgDump: return line == "-- PostgreSQL database dump complete";
    case kPgDumpAll: return line == "-- PostgreSQL database cluster dump complete";
    // With --skip-dump-date nothing follows.
    case kMySql: return line == "-- Dump completed" || line.starts_with("-- Dump completed on ");
    case kNone: break;
  }
  return false;
}

// PostgreSQL's minor releases of August 2025 close what their first line has opened.
bool may_follow(DumpFamily family, std::string_view line) {
  if (line.empty() || line == "--") return true;
  return family != kMySql && line.starts_with("\\unrestrict ");
}

struct Magic {
  std::size_t at;
  std::string_view bytes;
  FileKind kind;
};

using namespace std::string_view_literals;

constexpr std::string_view kReadByPgRestore = "pg_restore -f /dev/null {}";
constexpr std::string_view kPipedToPgRestore = "pg_restore -f /dev/null";

// The order counts: an archive of pg_dump -Ft is a tar archive too.
constexpr Magic kMagic[] = {
    {0,
     "PGDMP"sv,
     {"pg_dump's custom format", kReadByPgRestore, kPipedToPgRestore, Archive::kPgCustom}},
    {0,
     "toc.dat\0"sv,
     {"pg_dump's tar format", kReadByPgRestore, kPipedToPgRestore, Archive::kTar}},
    {257, "ustar"sv, {"a tar archive", "tar -tf {}", "tar -t", Archive::kTar}},
    {0,
     "\x28\xb5\x2f\xfd"sv,
     {"a zstd stream", "zstd -dc {} | tail -n 12", "", Archive::kNone, "zstd -dcq --long=31"}},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     {"an xz stream", "xz -dc {} | tail -n 12", "", Archive::kNone, "xz -dcq"}},
    {0, "BZh"sv, {"a bzip2 stream", "bzip2 -dc {} | tail -n 12", "", Archive::kNone, "bzip2 -dcq"}},
    {0,
     "\x04\x22\x4d\x18"sv,
     {"an lz4 stream", "lz4 -dc {} | tail -n 12", "", Archive::kNone, "lz4 -dcq"}},
    {0, "PK\x03\x04"sv, {"a zip archive", "unzip -t {}", ""}},
    {0, "7z\xbc\xaf\x27\x1c"sv, {"a 7z archive", "7z t {}", ""}},
    {0, "SQLite format 3\0"sv, {"an SQLite database", "sqlite3 {} 'PRAGMA integrity_check'", ""}},
    {0,
     "\x6d\xe2\x99\x81"sv,
     {"an archive of mongodump", "mongorestore --dryRun --archive={}",
      "mongorestore --dryRun --archive", Archive::kMongo}},
    {0, "REDIS"sv, {"a Redis dump", "redis-check-rdb {}", ""}},
    {0, "age-encryption.org/"sv, {"encrypted by age", "", ""}},
    {0, "-----BEGIN PGP MESSAGE"sv, {"encrypted by gpg", "", ""}},
    {0, "\xff\xfe"sv, {"UTF-16 text, as PowerShell's > makes it", "", ""}},
};

}  // namespace

DumpFamily family_of_name(std::string_view name) {
  if (name == "pg_dump version") return kNone;
  if (name.starts_with("pg_dumpall")) return kPgDumpAll;
  if (name.starts_with("pg_dump")) return kPgDump;
  if (name.starts_with("mysqldump") || name.starts_with("mariadb-dump")) return kMySql;
  return kNone;
}

DumpFamily family_of_text(std::string_view head) {
  while (!head.empty()) {
    const std::string_view line = take_line(head);
    if (line == "-- PostgreSQL database cluster dump") return kPgDumpAll;
    if (line == "-- PostgreSQL database dump") return kPgDump;
    if (line.starts_with("-- MySQL dump ") || line.starts_with("-- MariaDB dump ")) return kMySql;
  }
  return kNone;
}

std::string_view program_of(DumpFamily family) {
  switch (family) {
    case kPgDump: return "pg_dump";
    case kPgDumpAll: return "pg_dumpall";
    case kMySql: return "mysqldump";
    case kNone: break;
  }
  return "";
}

Ending ending_of(DumpFamily family, std::string_view tail) {
  bool other = false;
  for (std::size_t lines = 0; lines < kLastLines && !tail.empty();) {
    if (tail.ends_with('\n')) tail.remove_suffix(1);
    const std::size_t begin = tail.rfind('\n') + 1;  // npos + 1 is 0
    std::string_view line = tail.substr(begin);
    tail = tail.substr(0, begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_trailer(family, line)) return other ? Ending::kFollowed : Ending::kWhole;
    other = other || !may_follow(family, line);
    if (!line.empty()) ++lines;
  }
  return Ending::kMissing;
}

FileKind kind_of(std::string_view head) {
  for (const Magic& magic : kMagic) {
    if (head.size() >= magic.at + magic.bytes.size() &&
        head.substr(magic.at, magic.bytes.size()) == magic.bytes) {
      return magic.kind;
    }
  }
  return {};
}

void Ends::take(std::string_view bytes) {
  size_ += bytes.size();
  zeros_ = zeros_ || bytes.find('\0') != std::string_view::npos;
  head_.append(bytes.substr(0, kHead - std::min(kHead, head_.size())));
  if (bytes.size() >= kTail) {
    tail_.assign(bytes.substr(bytes.size() - kTail));
    return;
  }
  tail_.append(bytes);
  // Not at each small piece: moving costs what the tail is long.
  if (tail_.size() > 2 * kTail) tail_.erase(0, tail_.size() - kTail);
}

}  // namespace composelint::guard
