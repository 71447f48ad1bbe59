// Source files and places in them.
//
// A SourceFile owns its bytes and never changes; whoever owns it (the Workspace) keeps its address
// stable, because every Span points at it. Offsets are bytes from the start of the file, a byte
// order mark included. Lines and columns exist only at the edge, in reports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// What a column counts. Editors speaking LSP and SARIF default to UTF-16 code units.
enum class ColumnUnit { kUtf8Byte, kUtf16CodeUnit, kCodePoint };

struct Position {
  std::uint32_t line = 1;    // 1-based
  std::uint32_t column = 1;  // 1-based, in the unit that was asked for

  friend bool operator==(const Position&, const Position&) = default;
};

class SourceFile {
 public:
  // `path` is the name the user should read in reports; `bytes` is the content as stored.
  SourceFile(std::string path, std::string bytes);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size()); }

  // The position of `offset`; an offset past the end is taken as the end.
  [[nodiscard]] Position position(std::uint32_t offset, ColumnUnit unit) const;
  // The 1-based line of `offset`, without the cost of counting a column.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;
  // First byte of a 1-based line.
  [[nodiscard]] std::uint32_t line_begin(std::uint32_t line) const;
  // The text of a 1-based line without its line end (LF, CRLF).
  [[nodiscard]] std::string_view line_text(std::uint32_t line) const;
  [[nodiscard]] std::uint32_t line_count() const {
    return static_cast<std::uint32_t>(line_starts_.size());
  }

 private:
  std::string path_;
  std::string bytes_;
  std::vector<std::uint32_t> line_starts_;
};

// A half-open range of bytes in one file. A Span with no file is "nowhere": a value that no file
// holds (a default, an environment variable).
struct Span {
  const SourceFile* file = nullptr;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] explicit operator bool() const { return file != nullptr; }
  [[nodiscard]] std::uint32_t size() const { return end - begin; }
  [[nodiscard]] std::string_view text() const {
    return file == nullptr ? std::string_view() : file->bytes().substr(begin, end - begin);
  }
  friend bool operator==(const Span&, const Span&) = default;
};

// The smallest span that holds both; `a` wins where they lie in different files.
[[nodiscard]] inline Span join(const Span& a, const Span& b) {
  if (a.file != b.file) return a;
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace composelint
