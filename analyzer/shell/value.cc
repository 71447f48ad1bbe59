#include "analyzer/shell/value.h"

#include <algorithm>

namespace composelint::shell {

bool is_known(const Text& text) {
  return std::none_of(text.begin(), text.end(), [](const Piece& piece) { return piece.hole; });
}

std::string known_text(const Text& text) {
  std::string out;
  for (const Piece& piece : text) {
    if (!piece.hole) out += piece.text;
  }
  return out;
}

Text slice(const Text& text, std::size_t begin, std::size_t size) {
  Text out;
  std::size_t at = 0;
  for (const Piece& piece : text) {
    if (piece.hole) {
      if (at >= begin && at - begin <= size) out.push_back(piece);
      continue;
    }
    const std::size_t from = std::max(begin, at) - at;
    const std::size_t end = begin + size > at ? begin + size - at : 0;
    at += piece.text.size();
    if (from >= piece.text.size() || end <= from) continue;
    Piece part = piece;
    part.text = piece.text.substr(from, end - from);
    if (part.exact) {
      part.written.begin += static_cast<std::uint32_t>(from);
      part.written.end = part.written.begin + static_cast<std::uint32_t>(part.text.size());
    }
    out.push_back(std::move(part));
  }
  return out;
}

Text known(std::string_view text, Span written) {
  if (text.empty()) return {};
  Piece piece;
  piece.text = text;
  piece.written = written;
  piece.exact = written && written.text() == text;
  return {std::move(piece)};
}

Text unknown(std::string_view name, Span written) {
  Piece piece;
  piece.text = name;
  piece.written = written;
  piece.hole = true;
  return {std::move(piece)};
}

Value Value::scalar(Text text, Span span) {
  Value value;
  value.elements.push_back(std::move(text));
  value.span = span;
  return value;
}

Value Value::list(std::vector<Text> elements, Span span) {
  Value value;
  value.array = true;
  value.elements = std::move(elements);
  value.span = span;
  return value;
}

Value Value::hole(std::string_view name, Span span) {
  return scalar(unknown(name, span), span);
}

}  // namespace composelint::shell
