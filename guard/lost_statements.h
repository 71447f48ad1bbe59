// Statements by which data goes.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

enum class Statements {
  kNone,     // none that deletes is seen, and not all are understood
  kBounded,  // single rows, temporary tables, what is there for tests; plain reads and writes
  kLose,     // whole databases, schemas or tables, a column, all rows of a table or a value of each
};

// How a quote stands within a string.
enum class Strings {
  kDoubled,  // ''
  kEscaped,  // \' as well: MySQL
};

// Of SQL, the gravest. What stands in strings is no statement; what `$$` surrounds is, unless a
// function is made of it.
[[nodiscard]] Statements statements_in(std::string_view sql, Strings strings = Strings::kDoubled);

// The same of a text that comes in pieces.
class StatementPieces {
 public:
  explicit StatementPieces(Strings strings) : strings_(strings) {}

  void add(std::string_view piece);
  [[nodiscard]] bool loses() const {  // as far as it has been read
    return gravest_ == Statements::kLose || !losing_.empty();
  }
  [[nodiscard]] bool unread() const { return unread_; }  // a statement is too long to be kept
  [[nodiscard]] Statements finish();

 private:
  using Tokens = std::vector<std::string>;
  static constexpr std::size_t kLongest = std::size_t{64} << 20U;
  static constexpr std::size_t kMostKept = 256;

  void read(bool more);
  void take(const Tokens& one);

  Strings strings_;
  std::string rest_;  // of a statement without its end
  std::size_t worth_reading_ = 0;
  bool in_rows_ = false;
  bool unread_ = false;
  bool plain_ = false;
  bool others_ = false;
  std::set<std::string> temporary_;
  std::vector<Tokens> losing_;  // unless the table turns out to be a temporary one
  Statements gravest_ = Statements::kNone;
};

// `tmp`, `items_test`, `tmp_import`, `test.items`, in lower case. What only begins with the word is
// named after what it holds: `test_results`.
[[nodiscard]] bool names_what_is_scratch(std::string_view name);

}  // namespace composelint::guard
