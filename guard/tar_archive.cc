#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "guard/dump_archive.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kBlock = 512;
using Block = std::array<unsigned char, kBlock>;

bool is_zero(const Block& block) {
  return std::all_of(block.begin(), block.end(), [](unsigned char c) { return c == 0; });
}

// Octal digits between blanks and zeros, or, from GNU tar, the bytes of a large number.
std::optional<std::int64_t> number(const Block& block, std::size_t at, std::size_t size) {
  constexpr unsigned char kBinary = 0x80;
  constexpr std::int64_t kMost = std::int64_t{1} << 58U;
  std::int64_t value = 0;
  if (block[at] == kBinary) {
    for (std::size_t i = at + 1; i < at + size; ++i) {
      if (value >= kMost >> 8U) return std::nullopt;
      value = value * 256 + block[i];
    }
    return value;
  }
  std::size_t i = at;
  while (i < at + size && block[i] == ' ') ++i;
  const std::size_t first = i;
  for (; i < at + size && block[i] >= '0' && block[i] <= '7'; ++i) {
    if (value >= kMost >> 3U) return std::nullopt;
    value = value * 8 + (block[i] - '0');
  }
  const bool ended = i == at + size || block[i] == ' ' || block[i] == 0;
  return ended && i > first ? std::optional(value) : std::nullopt;
}

bool sum_is_right(const Block& block) {
  constexpr std::size_t kAt = 148;
  constexpr std::size_t kSize = 8;
  const auto written = number(block, kAt, kSize);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    sum += i >= kAt && i < kAt + kSize ? ' ' : block[i];
  }
  return written && *written == sum;
}

ArchiveEnd cut(const Bytes& in, const char* why) {
  if (in.error() != 0) return {Reading::kUnreadable, "", in.error()};
  return {Reading::kCut, why, 0};
}

}  // namespace

ArchiveEnd read_tar(ByteSource& source) {
  constexpr std::size_t kSizeAt = 124;
  constexpr std::size_t kTypeAt = 156;
  constexpr std::size_t kMoreOfHeader = 482;  // of an old GNU sparse file
  constexpr std::size_t kMoreOfMap = 504;
  constexpr const char* kNoEnd = "the two empty blocks at its end are missing";
  Bytes in(source);
  Block block{};
  for (;;) {
    if (in.at_end()) return cut(in, kNoEnd);
    if (!in.get(block.data(), kBlock)) return cut(in, "it ends in the middle of a header");
    if (is_zero(block)) break;
    if (!sum_is_right(block)) return {Reading::kDamaged, "the checksum of a header is wrong", 0};
    const unsigned char type = block[kTypeAt];
    const auto size = number(block, kSizeAt, 12);
    if (!size) return {Reading::kDamaged, "the size of a member is none", 0};
    bool more = type == 'S' && block[kMoreOfHeader] != 0;
    while (more) {
      if (!in.get(block.data(), kBlock)) return cut(in, "it ends in the middle of a header");
      more = block[kMoreOfMap] != 0;
    }
    // Links, devices and directories have no data, whatever stands there.
    const bool data = type < '1' || type > '6';
    const std::int64_t padded = (*size + 511) / 512 * 512;
    if (data && !in.skip(padded)) return cut(in, "it ends in the middle of a member");
  }
  if (!in.get(block.data(), kBlock)) return cut(in, kNoEnd);
  if (!is_zero(block)) return {Reading::kDamaged, "an empty block stands between members", 0};
  // Records are filled up with zeros. A file system that lost the rest of a file shows zeros, too.
  constexpr std::int64_t kMostFilled = 64 * 1024;
  unsigned char one = 0;
  for (std::int64_t filled = 0; !in.at_end(); ++filled) {
    if (!in.get(&one, 1)) break;
    if (filled > kMostFilled)
      return {Reading::kDamaged, "it ends with more zeros than a record has", 0};
    if (one != 0) return {Reading::kFollowed, "other bytes stand behind its end", 0};
  }
  if (in.error() != 0) return {Reading::kUnreadable, "", in.error()};
  return {};
}

}  // namespace composelint::guard
