#include "analyzer/signs/words/listed_program.h"

#include <composelint/contains.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

// The first word that a function of the script is handed.
bool is_handed_first(const Step& step, Span word) {
  return std::any_of(step.called_from.begin(), step.called_from.end(), [&](const Span& call) {
    if (!contains(call, word)) return false;
    const std::string_view name = call.text().substr(0, word.begin - call.begin);
    return name.find(' ') + 1 == name.size();
  });
}

}  // namespace

bool stands_in_a_list(const Step& step) {
  const ComposeInvocation& call = *step.call;
  const Span word = call.program_span;
  if (contains(call.span, word) || is_handed_first(step, word)) return false;
  const std::string_view before = word.file->bytes().substr(0, word.begin);
  if (!before.ends_with(' ')) return false;
  const std::size_t end = before.find_last_not_of(' ');
  if (end == std::string_view::npos) return false;
  const std::string_view front = before.substr(0, end + 1);
  const std::size_t begin = front.find_last_of(" \t\n\"'=(");
  const std::string_view last = begin == std::string_view::npos ? front : front.substr(begin + 1);
  static constexpr std::array<std::string_view, 6> kPrefixes = {"sudo", "env",  "exec",
                                                                "time", "nice", "command"};
  return !last.empty() && std::isalnum(static_cast<unsigned char>(last.back())) != 0 &&
         last.find('=') == std::string_view::npos &&
         std::find(kPrefixes.begin(), kPrefixes.end(), last) == kPrefixes.end();
}

}  // namespace composelint
