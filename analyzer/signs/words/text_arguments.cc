#include "analyzer/signs/words/text_arguments.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint {

std::string_view last_word(std::string_view text) {
  while (!text.empty() && std::string_view("\"'\\").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  const std::size_t begin = text.find_last_of(" \t\n;&|({\"'");
  return begin == std::string_view::npos ? text : text.substr(begin + 1);
}

std::vector<Argument> arguments_of(const std::vector<TextWord>& text) {
  std::vector<Argument> words;
  for (const TextWord& word : text) {
    Argument made;
    made.span = word.span;
    made.text = word.text;
    if (!word.known) {
      const auto end = static_cast<std::uint32_t>(word.text.size());
      made.holes.push_back({end, word.filled ? "value" : "$"});
    }
    words.push_back(std::move(made));
  }
  return words;
}

}  // namespace composelint
