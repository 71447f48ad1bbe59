// Where the pieces of YAML end. The library says only where they start, so each kind of piece is
// walked again over the bytes, by the few rules that decide its end.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace composelint::yaml {

// Offsets are bytes from the start of the file; every function takes one and answers with one.
class SourceText {
 public:
  explicit SourceText(std::string_view bytes) : bytes_(bytes) {}

  // The byte at `at`; NUL at the end, which no valid file holds.
  [[nodiscard]] char at(std::size_t at) const { return at < bytes_.size() ? bytes_[at] : '\0'; }
  [[nodiscard]] std::string_view slice(std::size_t begin, std::size_t end) const {
    return bytes_.substr(begin, end - begin);
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  // Past white space, line ends and comments.
  [[nodiscard]] std::size_t skip_blank(std::size_t at) const;
  // Past a tag, an anchor or an alias that starts at `at`.
  [[nodiscard]] std::size_t property_end(std::size_t at) const;
  // Past the closing quote of the string that opens at `at`; nullopt when nothing closes it.
  [[nodiscard]] std::optional<std::size_t> quoted_end(std::size_t at) const;
  // Past the plain scalar at `at` that folds to `value`; nullopt when the bytes do not.
  [[nodiscard]] std::optional<std::size_t> plain_end(std::size_t at, std::string_view value) const;
  // Past the last line of the block scalar whose '|' or '>' is at `at`; `parent_column` is that of
  // the collection around it, -1 at the root. The last line end belongs to the scalar only where
  // `+` keeps the line ends that follow.
  [[nodiscard]] std::size_t block_end(std::size_t at, int parent_column) const;
  // The line feed that ends the line of `at`, or the end of the file.
  [[nodiscard]] std::size_t line_end(std::size_t at) const;
  // Bytes between the start of the line and `at`, without a byte order mark.
  [[nodiscard]] int column(std::size_t at) const;
  [[nodiscard]] bool same_line(std::size_t from, std::size_t to) const;

 private:
  struct BlockHeader {
    std::size_t end = 0;  // of the indicators
    int indent = 0;       // 0: that of the first line
    bool keep = false;
  };
  struct BlockLine {
    std::size_t first = 0;  // behind its leading spaces
    std::size_t end = 0;    // without its line end
    std::size_t feed = 0;   // the line feed, or the end of the file
    int spaces = 0;
  };
  [[nodiscard]] BlockLine block_line(std::size_t begin) const;
  [[nodiscard]] BlockHeader block_header(std::size_t at, int parent_column) const;
  [[nodiscard]] int detected_indent(std::size_t first, int spaces, int parent_column) const;

  std::string_view bytes_;
};

}  // namespace composelint::yaml
