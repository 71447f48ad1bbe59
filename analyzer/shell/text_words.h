// What a shell makes of the words of an inner text.
#pragma once

#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint {

// Words before the program: `sudo -u postgres pg_dump`, `gosu postgres pg_dump`.
inline std::size_t words_in_front(const std::vector<TextWord>& words) {
  static constexpr std::array<std::string_view, 9> kWrappers = {
      "command", "env", "exec", "gosu", "nice", "nohup", "su-exec", "sudo", "time"};
  std::size_t at = 0;
  while (at < words.size() &&
         std::find(kWrappers.begin(), kWrappers.end(), words[at].text) != kWrappers.end()) {
    const std::string& wrapper = words[at].text;
    // It leads elsewhere: `env -C /srv rm x`.
    const std::string_view next = at + 1 < words.size() ? words[at + 1].text : std::string_view();
    if (wrapper == "env" && (next.starts_with("-C") || next.starts_with("--chdir"))) break;
    if (wrapper == "gosu" || wrapper == "su-exec") ++at;
    ++at;
    while (at < words.size() &&
           (words[at].text.starts_with('-') || words[at].text.find('=') != std::string::npos)) {
      at += wrapper == "sudo" && words[at].text == "-u" ? 2 : 1;
    }
  }
  return std::min(at, words.size());
}

// Of a word that a shell makes several of: what they begin with.
inline TextWord before_glob(TextWord word) {
  const std::size_t glob = word.text.find_first_of("*?[{");
  if (glob == std::string::npos) return word;
  word.text.resize(glob);
  word.known = false;
  return word;
}

// Of a value without quotes around it: the words that the shell makes of it.
inline std::vector<TextWord> split(const TextWord& value, Span span) {
  constexpr std::string_view kBlanks = " \t\n";
  std::vector<TextWord> out;
  for (std::size_t at = value.text.find_first_not_of(kBlanks); at < value.text.size();) {
    const std::size_t end = std::min(value.text.find_first_of(kBlanks, at), value.text.size());
    out.push_back(before_glob({value.text.substr(at, end - at), true, span}));
    // What is not known goes on right behind it, or is a word of its own.
    at = value.text.find_first_not_of(kBlanks, end);
    if (end == value.text.size()) {
      out.back().known = out.back().known && value.known;
    } else if (at == std::string::npos && !value.known) {
      out.push_back({"", false, span, value.filled});
    }
  }
  return out;
}

}  // namespace composelint
