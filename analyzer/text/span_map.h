// Where the bytes of a text that was lifted out of a file stand in that file: a shell script inside
// a Makefile (tabs removed, `$$` read as `$`) or a YAML block scalar (indentation removed).
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace composelint::text {

// Built piece by piece in the order of the text. A piece of as many bytes in the text as in the
// file maps byte by byte; any other piece is atomic: whatever touches it maps to all of it.
class SpanMap {
 public:
  // Every byte of the text is nowhere.
  SpanMap() = default;
  // The text stands in `file` as it is, its first byte at `begin`.
  SpanMap(const SourceFile& file, std::uint32_t begin) : file_(&file), base_(begin) {}
  // The text is put together from `file`; add() the pieces.
  [[nodiscard]] static SpanMap pieces(const SourceFile& file);

  // The next `text_size` bytes of the text come from [file_begin, file_begin + file_size).
  void add(std::uint32_t text_size, std::uint32_t file_begin, std::uint32_t file_size);
  void add(std::uint32_t size, std::uint32_t file_begin) { add(size, file_begin, size); }
  // The same for text that does not stand there as it is, whatever the sizes: all of it maps to all
  // of the file's range.
  void add_whole(std::uint32_t text_size, std::uint32_t file_begin, std::uint32_t file_size);

  // The bytes of the file that [begin, end) of the text comes from. An empty range maps to an empty
  // span: between two pieces to the end of the first.
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] const SourceFile* file() const { return file_; }
  // The way back: the ranges [first, second) of the text that stand at [begin, end) of the file;
  // several where the file's text is used more than once, none where it is not there as it is.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges(
      std::uint32_t begin, std::uint32_t end) const;

 private:
  struct Piece {
    std::uint32_t text_begin;
    std::uint32_t text_size;
    std::uint32_t file_begin;
    std::uint32_t file_size;
    bool whole;
  };
  void push(Piece piece);
  [[nodiscard]] const Piece& piece_at(std::uint32_t offset) const;
  [[nodiscard]] std::optional<std::uint32_t> end_of(std::size_t first, std::uint32_t end) const;

  const SourceFile* file_ = nullptr;
  std::uint32_t base_ = 0;  // without pieces
  bool piecewise_ = false;
  std::vector<Piece> pieces_;
};

}  // namespace composelint::text
