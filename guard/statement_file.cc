#include "guard/statement_file.h"

#include <fcntl.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "guard/byte_source.h"
#include "guard/descriptor.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kPiece = std::size_t{4} << 20U;
// As much as is read in a few seconds.
constexpr std::size_t kMost = std::size_t{256} << 20U;

constexpr std::string_view kGzip = "\x1f\x8b";

// What other programs have packed: xz, zstd, bzip2, lz4.
bool is_packed(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kSigns = {
      std::string_view("\xfd\x37zXZ"), std::string_view("\x28\xb5\x2f\xfd"),
      std::string_view("BZh"), std::string_view("\x04\x22\x4d\x18")};
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

// A file of the disk that is packed or large.
FileStatements in_pieces(const std::string& path, Strings strings) {
  FileStatements out;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  out.whole = false;
  if (!file.open()) return out;
  GzipSource source(file.get());
  StatementPieces statements(strings);
  std::vector<char> piece(kPiece);
  for (std::size_t read = 0; read < kMost && !statements.unread();) {
    const ssize_t got = source.read(piece.data(), piece.size());
    out.whole = got == 0;
    if (got <= 0) break;
    read += static_cast<std::size_t>(got);
    const std::string_view text(piece.data(), static_cast<std::size_t>(got));
    if (out.head.size() < kPiece) out.head += text;
    statements.add(text);
    // Whatever else it holds.
    if (statements.loses() && read > kPiece) break;
  }
  out.gravest = statements.finish();
  return out;
}

}  // namespace

std::string unpacked_text(std::string text) {
  if (!text.starts_with(kGzip)) return text;
  std::string out;
  z_stream stream{};
  if (::inflateInit2(&stream, MAX_WBITS + 16) != Z_OK) return out;
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(std::min(text.size(), kPiece));
  std::array<char, 65536> piece{};
  for (int state = Z_OK; state == Z_OK && out.size() < kPiece;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = ::inflate(&stream, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - stream.avail_out);
    // Another member: `cat a.gz b.gz`.
    if (state == Z_STREAM_END && stream.avail_in > 0) state = ::inflateReset(&stream);
  }
  ::inflateEnd(&stream);
  return out;
}

FileStatements statements_in_file(const FileSystem& files, const std::string& path,
                                  Strings strings) {
  FileStatements out;
  if (path.empty() || files.kind(path) != FileKind::kRegular) return out;
  auto head = files.read_head(path, kPiece + 1);
  out.whole = head && !is_packed(*head);
  if (!out.whole) return out;
  if (head->size() > kPiece || head->starts_with(kGzip)) return in_pieces(path, strings);
  out.head = std::move(*head);
  out.gravest = statements_in(out.head, strings);
  return out;
}

}  // namespace composelint::guard
