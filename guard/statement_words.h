// The words of statements, one statement behind the other.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "guard/lost_statements.h"

namespace composelint::guard {

// What the rows of a COPY end with.
inline constexpr std::string_view kEndOfRows = "\n\\.";

// SQL in words of lower case and single signs. Strings are empty words.
class StatementReader {
 public:
  using Tokens = std::vector<std::string>;

  // `more`: another piece follows, and what stands at the end may go on in it.
  StatementReader(std::string_view sql, Strings strings, bool more)
      : sql_(sql), strings_(strings), more_(more) {}

  // The next statement; false: none that has an end.
  [[nodiscard]] bool read(Tokens& statement);
  [[nodiscard]] std::size_t done() const { return done_; }  // bytes of what has been read in full
  // The rows of a COPY go on behind the last byte.
  [[nodiscard]] bool in_rows() const { return in_rows_; }

 private:
  void next();
  void past(std::string_view end, std::size_t from);
  // Of a `"` that opens: `"don't"`.
  bool quotes_apostrophe();
  void string();
  // `$$` or `$body$`: what it surrounds is done now, unless a function is made of it.
  void dollar();
  void name();
  // The rows of `COPY … FROM stdin;` stand behind it.
  void end_of_statement();

  std::string_view sql_;
  Strings strings_;
  bool more_;
  std::size_t at_ = 0;
  std::size_t done_ = 0;
  std::size_t closing_ = std::string_view::npos;  // the `"` that ends what one before it opened
  Tokens out_;
  bool ended_ = false;
  bool in_rows_ = false;
};

}  // namespace composelint::guard
