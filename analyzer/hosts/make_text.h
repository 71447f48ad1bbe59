// Lines of a makefile: physical lines put together, each byte with its place.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::hosts {

// A text and where each of its bytes is written.
struct Located {
  const SourceFile* file = nullptr;
  std::string text;
  std::vector<std::uint32_t> at;

  void push(char c, std::uint32_t offset) {
    text += c;
    at.push_back(offset);
  }
  [[nodiscard]] Located part(std::size_t begin, std::size_t end) const;
  [[nodiscard]] Located trimmed() const;
  [[nodiscard]] Span span() const { return span(0, text.size()); }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  // The words of the text, split at white space outside of references.
  [[nodiscard]] std::vector<Located> words() const;
};

// Behind the reference whose '$' is at `dollar`: `$x`, `$(…)`, `${…}`.
[[nodiscard]] std::size_t end_of_reference(std::string_view text, std::size_t dollar);
// The first of `wanted` outside of references; npos without one.
[[nodiscard]] std::size_t find_outside(std::string_view text, std::string_view wanted,
                                       std::size_t from = 0);

// Reads the lines of one file in order.
class LineReader {
 public:
  explicit LineReader(const SourceFile& file) : file_(file), bytes_(file.bytes()) {
    if (bytes_.starts_with("\xEF\xBB\xBF")) next_ = 3;
  }

  [[nodiscard]] bool done() const { return next_ >= bytes_.size(); }
  [[nodiscard]] bool recipe_next(char prefix) const { return !done() && bytes_[next_] == prefix; }
  // A line of make itself: continuations are one space, the comment is cut off.
  Located make_line();
  // A line of a recipe without its prefix; continuations stay, as the shell sees them.
  Located recipe_line(char prefix);
  // A line of a `define`: as written.
  Located raw_line();
  // The comment of the last make_line(); empty span without one.
  [[nodiscard]] Span comment() const { return comment_; }

 private:
  [[nodiscard]] std::uint32_t line_end(std::uint32_t from) const;
  [[nodiscard]] bool continues(std::uint32_t begin, std::uint32_t end) const;
  std::uint32_t step_over(std::uint32_t end);

  const SourceFile& file_;
  std::string_view bytes_;
  std::uint32_t next_ = 0;
  Span comment_;
};

}  // namespace composelint::hosts
