#include "guard/dump_text.h"

#include <algorithm>
#include <array>

namespace composelint::guard {

namespace {

using namespace std::string_view_literals;

// Kinds whose end tells nothing that could be read here.
struct Binary {
  std::size_t at;
  std::string_view magic;
  std::string_view name;
  std::string_view remedy;
};

constexpr std::array<Binary, 9> kBinaries = {{
    {0, "PGDMP"sv, "pg_dump's own format", "pg_restore -f /dev/null FILE reads it to its end"},
    {0, "\x28\xb5\x2f\xfd"sv, "zstd", "zstd -t FILE reads it to its end"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "xz", "xz -t FILE reads it to its end"},
    {0, "BZh"sv, "bzip2", "bzip2 -t FILE reads it to its end"},
    {0, "\x04\x22\x4d\x18"sv, "lz4", "lz4 -t FILE reads it to its end"},
    {0, "PK\x03\x04"sv, "zip", "unzip -t FILE reads it to its end"},
    {0, "\x6d\xe2\x99\x81"sv, "mongodump's archive", "mongorestore --dryRun reads it to its end"},
    {0, "SQLite format 3\0"sv, "SQLite's own format", "PRAGMA integrity_check reads it to its end"},
    {257, "ustar"sv, "tar", "tar -tf FILE reads it to its end"},
}};

// Kinds of text that say when they are whole.
struct Kind {
  std::string_view head;     // a line near the beginning starts so
  std::string_view trailer;  // the last line that is no decoration starts so
  bool exact;                // and is just that
  std::string_view name;
};

// A dump of a cluster holds those of its databases: it comes first.
constexpr std::array<Kind, 4> kKinds = {{
    {"-- PostgreSQL database cluster dump", "-- PostgreSQL database cluster dump complete", true,
     "pg_dumpall"},
    {"-- PostgreSQL database dump", "-- PostgreSQL database dump complete", true, "pg_dump"},
    {"-- MySQL dump", "-- Dump completed", false, "mysqldump"},
    {"-- MariaDB dump", "-- Dump completed", false, "mysqldump"},
}};

std::string_view last_line(std::string_view& text) {
  const std::size_t at = text.rfind('\n');
  const std::string_view line = at == std::string_view::npos ? text : text.substr(at + 1);
  text = at == std::string_view::npos ? std::string_view() : text.substr(0, at);
  return line;
}

bool has_line(std::string_view text, std::string_view start) {
  for (std::size_t at = text.find(start); at != std::string_view::npos;
       at = text.find(start, at + 1)) {
    if (at == 0 || text[at - 1] == '\n') return true;
  }
  return false;
}

// Since 2025 pg_dump writes `\unrestrict TOKEN` behind its trailer.
bool is_decoration(std::string_view line) {
  return line.empty() || line == "--" || line.starts_with("\\unrestrict ");
}

bool is_trailer(std::string_view line, const Kind& kind) {
  return kind.exact ? line == kind.trailer : line.starts_with(kind.trailer);
}

const Kind* kind_of(std::string_view head) {
  // The nearest to the beginning: a cluster's is followed by its databases'.
  for (const Kind& kind : kKinds) {
    if (has_line(head, kind.head)) return &kind;
  }
  return nullptr;
}

DumpVerdict judge_text(const DumpEnds& ends, const Kind& kind) {
  std::string_view rest = ends.tail;
  bool carriage_return = false;
  while (!rest.empty()) {
    std::string_view line = last_line(rest);
    if (line.ends_with('\r')) {
      carriage_return = true;
      line.remove_suffix(1);
    }
    if (is_decoration(line)) continue;
    if (!is_trailer(line, kind)) break;
    if (carriage_return) {
      return {Truth::kRefuted, "has lines that end in CR LF: a terminal stood in between",
              "run it with -T"};
    }
    return {Truth::kSupported, "ends as a whole dump of " + std::string(kind.name) + " does"};
  }
  return {Truth::kRefuted,
          "is cut off: the last line of " + std::string(kind.name) + " is missing"};
}

}  // namespace

DumpVerdict judge_ends(const DumpEnds& ends, std::string_view made_by) {
  if (ends.size == 0) return {Truth::kRefuted, "is empty"};
  for (const Binary& each : kBinaries) {
    if (ends.head.size() < each.at + each.magic.size()) continue;
    if (ends.head.compare(each.at, each.magic.size(), each.magic) != 0) continue;
    return {Truth::kUnknown,
            "is in the format of " + std::string(each.name) + ", which guard does not read",
            std::string(each.remedy)};
  }
  if (const Kind* kind = kind_of(ends.head)) return judge_text(ends, *kind);
  const bool binary = ends.head.find('\0') != std::string::npos;
  if (!binary && (made_by == "pg_dump" || made_by == "pg_dumpall")) {
    return {Truth::kRefuted, "does not begin as a dump of " + std::string(made_by) + " does"};
  }
  return {Truth::kUnknown, "is of a kind that does not tell whether it is whole"};
}

}  // namespace composelint::guard
