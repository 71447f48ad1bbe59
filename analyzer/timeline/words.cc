#include "analyzer/timeline/words.h"

#include <algorithm>

#include "analyzer/shell/argument_parts.h"

namespace composelint::timeline {

namespace {

bool is_name(const std::string& text) {
  static const std::string kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string::npos;
}

}  // namespace

Argument joined(std::span<const Argument> words) {
  Argument out;
  for (const Argument& word : words) {
    if (&word != words.data()) out.text += ' ';
    const auto at = static_cast<std::uint32_t>(out.text.size());
    out.span = out.span ? join(out.span, word.span) : word.span;
    for (const Hole& hole : word.holes) out.holes.push_back({hole.at + at, hole.name});
    for (const WrittenRun& run : word.runs) out.runs.push_back({run.at + at, run.size, run.span});
    out.text += word.text;
    out.quoted = out.quoted || word.quoted;
  }
  return out;
}

Argument tail_of(const Argument& word, std::size_t begin) {
  Argument out;
  out.span = word.span;
  out.quoted = word.quoted;
  for (const shell::ArgumentPart& part : shell::parts_of(word)) {
    if (part.at + part.size < begin || (part.hole == nullptr && part.at + part.size == begin)) {
      continue;
    }
    const auto at = static_cast<std::uint32_t>(out.text.size());
    if (part.hole != nullptr) {
      out.holes.push_back({at, part.hole->name});
      continue;
    }
    const auto skipped = static_cast<std::uint32_t>(begin > part.at ? begin - part.at : 0);
    out.text += word.text.substr(part.at + skipped, part.size - skipped);
    if (!part.written) continue;
    Span written = part.written;
    if (part.exact) written.begin += skipped;
    out.runs.push_back({at, part.size - skipped, written});
  }
  return out;
}

std::string shown(const Argument& word) {
  std::string out = word.text;
  for (auto hole = word.holes.rbegin(); hole != word.holes.rend(); ++hole) {
    out.insert(hole->at, is_name(hole->name) ? "$" + hole->name : "<" + hole->name + ">");
  }
  return out;
}

bool mentions(std::span<const Argument> words, const char* text) {
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return word.text.find(text) != std::string::npos;
  });
}

}  // namespace composelint::timeline
