// Names and comments by which a compose file is a developer's.
#pragma once

#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/source.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::detail {

// The words of a name in lower case, told apart by whatever is no letter.
[[nodiscard]] inline bool has_name_word(std::string_view text,
                                        const std::vector<std::string_view>& words) {
  std::string word;
  for (const char c : std::string(text) + ".") {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0) {
      word += static_cast<char>(std::tolower(byte));
      continue;
    }
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    word.clear();
  }
  return false;
}

[[nodiscard]] inline bool names_development(std::string_view text) {
  text = file_name(text);
  // `.env.local` is what this machine sets, whatever it is for.
  if (text.starts_with(".env")) return has_name_word(text, {"dev", "develop", "development"});
  return has_name_word(text, {"dev", "develop", "development", "local"});
}

// The comment at the head of a compose file: "Local stack: …", "for local testing".
[[nodiscard]] inline bool is_headed_for_development(const SourceFile& file) {
  static constexpr std::array<std::string_view, 14> kSays = {
      "demo environment",        "demo stack",       "dev environment", "dev stack",
      "development environment", "development only", "for development", "local development",
      "local environment",       "local stack",      "local testing",   "local/demo",
      "used for testing",        "used to test"};
  constexpr std::string_view kStrokes = "#-=* \t";
  std::string head;
  std::string first;  // what is no stroke and no path
  for (std::string_view rest = file.bytes(); rest.starts_with('#');) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::size_t begin = line.find_first_not_of(kStrokes);
    if (begin != std::string_view::npos) {
      head.append(line.substr(begin)).append(" ");
      if (first.empty()) first = lower_case(line.substr(begin));
    }
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  head = lower_case(head);
  if (head.starts_with("development")) return true;
  if (has_name_word(head, {"deploy", "live", "prod", "production", "server", "staging"})) {
    return false;
  }
  return head.starts_with("local ") || first.find("for testing") != std::string::npos ||
         first.find("smoke test") != std::string::npos ||
         std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return head.find(each) != std::string::npos; });
}

}  // namespace composelint::detail
