// Bytes of a file, or of what is packed in it, one after the other.
#pragma once

#include <sys/types.h>
#include <zlib.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace composelint::guard {

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // Bytes read; 0 at the end; -1 with errno.
  virtual ssize_t read(char* to, std::size_t size) = 0;
  // Passes by as many; fewer at the end; -1 with errno.
  virtual std::int64_t skip(std::int64_t size);
};

// A regular file, from its first byte on. The descriptor's own offset stays where it is.
class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::int64_t size) : descriptor_(descriptor), size_(size) {}
  ssize_t read(char* to, std::size_t size) override;
  std::int64_t skip(std::int64_t size) override;

 private:
  int descriptor_;
  std::int64_t size_;
  std::int64_t at_ = 0;
};

// What a gzip file holds that has been read to its end before.
class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(int descriptor);  // which it duplicates, and whose offset it moves
  ~GzipSource() override;
  ssize_t read(char* to, std::size_t size) override;

 private:
  gzFile file_ = nullptr;
};

// Small numbers and long stretches out of a source.
class Bytes {
 public:
  explicit Bytes(ByteSource& source) : source_(source) {}

  // False where fewer are left, or the source cannot be read.
  bool get(unsigned char* to, std::size_t size);
  bool skip(std::int64_t size);
  [[nodiscard]] bool at_end();
  [[nodiscard]] std::int64_t position() const { return position_; }
  [[nodiscard]] int error() const { return error_; }  // errno of the source; 0: none

 private:
  bool fill();

  static constexpr std::size_t kPiece = std::size_t{64} << 10U;

  ByteSource& source_;
  std::array<char, kPiece> piece_{};
  std::size_t from_ = 0;
  std::size_t until_ = 0;
  std::int64_t position_ = 0;
  int error_ = 0;
};

}  // namespace composelint::guard
