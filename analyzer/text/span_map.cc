#include "analyzer/text/span_map.h"

#include <algorithm>

namespace composelint::text {

SpanMap SpanMap::pieces(const SourceFile& file) {
  SpanMap map(file, 0);
  map.piecewise_ = true;
  return map;
}

void SpanMap::add(std::uint32_t text_size, std::uint32_t file_begin, std::uint32_t file_size) {
  push({0, text_size, file_begin, file_size, text_size != file_size});
}

void SpanMap::add_whole(std::uint32_t text_size, std::uint32_t file_begin,
                        std::uint32_t file_size) {
  push({0, text_size, file_begin, file_size, true});
}

void SpanMap::push(Piece piece) {
  if (piece.text_size == 0) return;
  if (!pieces_.empty()) {
    Piece& last = pieces_.back();
    if (!last.whole && !piece.whole && last.file_begin + last.file_size == piece.file_begin) {
      last.text_size += piece.text_size;
      last.file_size += piece.file_size;
      return;
    }
    piece.text_begin = last.text_begin + last.text_size;
  }
  pieces_.push_back(piece);
}

const SpanMap::Piece& SpanMap::piece_at(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                       [](std::uint32_t at, const Piece& piece) { return at < piece.text_begin; });
  return after == pieces_.begin() ? *after : *(after - 1);
}

Span SpanMap::span(std::uint32_t begin, std::uint32_t end) const {
  if (file_ == nullptr) return {};
  if (!piecewise_) return {file_, base_ + begin, base_ + end};
  if (pieces_.empty()) return {file_, 0, 0};
  const auto first_byte = [&](std::uint32_t at) {
    const Piece& piece = piece_at(at);
    if (piece.whole) return piece.file_begin;
    return piece.file_begin + std::min(at - piece.text_begin, piece.file_size);
  };
  const auto past_byte = [&](std::uint32_t at) {
    const Piece& piece = piece_at(at - 1);
    if (piece.whole) return piece.file_begin + piece.file_size;
    return piece.file_begin + std::min(at - piece.text_begin, piece.file_size);
  };
  if (begin >= end) {
    const std::uint32_t at = begin == 0 ? first_byte(0) : past_byte(begin);
    return {file_, at, at};
  }
  const std::uint32_t from = first_byte(begin);
  return {file_, from, std::max(from, past_byte(end))};
}

// Where in the text the file's offset `end` lies, looking on from the piece `first`, as long as the
// pieces follow each other in the file as well.
std::optional<std::uint32_t> SpanMap::end_of(std::size_t first, std::uint32_t end) const {
  for (std::size_t i = first; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const std::uint32_t file_end = piece.file_begin + piece.file_size;
    const bool backwards =
        i > first && piece.file_begin < pieces_[i - 1].file_begin + pieces_[i - 1].file_size;
    if (backwards || piece.file_begin >= end) return std::nullopt;
    if (file_end == end) return piece.text_begin + piece.text_size;
    if (file_end < end) continue;
    if (piece.whole) return std::nullopt;
    return piece.text_begin + (end - piece.file_begin);
  }
  return std::nullopt;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> SpanMap::ranges(std::uint32_t begin,
                                                                     std::uint32_t end) const {
  if (file_ == nullptr) return {};
  if (!piecewise_) {
    if (begin < base_) return {};
    return {{begin - base_, end - base_}};
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const std::uint32_t file_end = piece.file_begin + piece.file_size;
    if (begin < piece.file_begin || begin > file_end) continue;
    if (piece.whole && begin != piece.file_begin && begin != file_end) continue;
    const bool behind = begin == file_end;
    if (behind && begin != end) continue;
    const std::uint32_t at =
        behind ? piece.text_begin + piece.text_size : piece.text_begin + (begin - piece.file_begin);
    const auto last = begin == end ? std::optional(at) : end_of(i, end);
    if (last && (out.empty() || out.back() != std::pair(at, *last))) out.emplace_back(at, *last);
  }
  return out;
}

}  // namespace composelint::text
