// From the bytes of a YAML file to its nodes (composelint/document.h).
//
// This room alone includes the YAML library, and only its events: the library's own tree has no end
// marks, loses duplicate keys and comes without bounds.
#pragma once

#include <composelint/document.h>
#include <composelint/result.h>
#include <composelint/source.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace composelint::yaml {

// Bounds on one file. Exceeding one is a Failure with kLimit.
struct Limits {
  std::uint32_t depth = 200;
  std::uint32_t nodes = 2'000'000;
  // `\/` in double quotes: YAML has it, and the reader that Compose is built with has not.
  bool slash_escapes = false;
};
// For files that other programs than Compose read.
[[nodiscard]] inline Limits of_other_readers() {
  Limits limits;
  limits.slash_escapes = true;
  return limits;
}

// Owns the nodes and texts of one file. Move-only; nodes keep their addresses.
class Stream {
 public:
  struct Storage;
  explicit Stream(std::unique_ptr<Storage> storage);
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();

  // Roots of the documents in order. A document with nothing in it has a kNone scalar as root.
  [[nodiscard]] const std::vector<const Node*>& documents() const;

 private:
  std::unique_ptr<Storage> storage_;
};

// Failures carry the span of the offending place: kSyntax for what is no YAML (bad UTF-8, unclosed
// quotes and NUL bytes included), kLimit for bounds, kUnsupported for UTF-16, which has to go
// through text::decode_utf16 first so that spans are offsets into what was parsed.
[[nodiscard]] Result<Stream> parse(const SourceFile& file, const Limits& limits = {});

}  // namespace composelint::yaml
