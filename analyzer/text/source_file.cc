#include <composelint/source.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace composelint {

namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

// Code points outside the basic plane take two UTF-16 units; their UTF-8 form starts with 0xF0 and
// up. Bytes that are no valid UTF-8 count as one unit each, so columns stay monotonic.
std::uint32_t width(char byte, ColumnUnit unit) {
  switch (unit) {
    case ColumnUnit::kUtf8Byte: return 1;
    case ColumnUnit::kCodePoint: return is_continuation(byte) ? 0 : 1;
    case ColumnUnit::kUtf16CodeUnit:
      if (is_continuation(byte)) return 0;
      return static_cast<unsigned char>(byte) >= 0xF0U ? 2 : 1;
  }
  return 1;
}

}  // namespace

SourceFile::SourceFile(std::string path, std::string bytes)
    : path_(std::move(path)), bytes_(std::move(bytes)) {
  line_starts_.push_back(0);
  const char* const begin = bytes_.data();
  const char* const end = begin + bytes_.size();
  for (const char* at = begin; at < end;) {
    const void* newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (newline == nullptr) break;
    at = static_cast<const char*>(newline) + 1;
    line_starts_.push_back(static_cast<std::uint32_t>(at - begin));
  }
}

std::uint32_t SourceFile::line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<std::uint32_t>(after - line_starts_.begin());
}

std::uint32_t SourceFile::line_begin(std::uint32_t line) const {
  if (line == 0) return 0;
  return line > line_count() ? size() : line_starts_[line - 1];
}

Position SourceFile::position(std::uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, size());
  Position position{line_of(offset), 1};
  std::uint32_t at = line_begin(position.line);
  if (at == 0 && bytes_.starts_with("\xEF\xBB\xBF")) at = std::min<std::uint32_t>(3, offset);
  for (; at < offset; ++at) position.column += width(bytes_[at], unit);
  return position;
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  const std::uint32_t begin = line_begin(line);
  std::uint32_t end = line >= line_count() ? size() : line_begin(line + 1);
  while (end > begin && (bytes_[end - 1] == '\n' || bytes_[end - 1] == '\r')) --end;
  return std::string_view(bytes_).substr(begin, end - begin);
}

}  // namespace composelint
