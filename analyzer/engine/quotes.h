// In which quotes a place of a script stands: what may be put in there as it is.
#pragma once

#include <composelint/shell.h>

#include <cstdint>
#include <string_view>

namespace composelint::engine {

enum class Quotes {
  kNone,
  kSingle,
  kDouble,
  kDocument,  // a here-document that the shell expands
};

// The innermost quotes around `offset` of `file`; inside of "$(…)" the count begins anew.
[[nodiscard]] Quotes quotes_at(const Script& script, const SourceFile* file, std::uint32_t offset);

// Whether `text` says inside of them what it says outside.
[[nodiscard]] bool stays_within(std::string_view text, Quotes quotes);

}  // namespace composelint::engine
