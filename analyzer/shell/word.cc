#include <composelint/shell.h>
#include <composelint/word.h>

#include <algorithm>

namespace composelint {

bool Word::literal() const {
  return std::all_of(parts.begin(), parts.end(),
                     [](const WordPart& part) { return part.kind == WordPartKind::kLiteral; });
}

std::string Word::literal_text() const {
  std::string text;
  for (const WordPart& part : parts) {
    if (part.kind == WordPartKind::kLiteral) text += part.text;
  }
  return text;
}

}  // namespace composelint
