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
  constexpr std::string_view kStrokes = "#-=* \t\r";
  constexpr std::string_view kLine = "\u2500";  // as a rule is drawn in a terminal
  std::string head;                             // its first two paragraphs
  std::string first;                            // its title: the first line that is no stroke
  int gaps = 0;
  for (std::string_view rest = file.bytes(); !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const bool comment = line.starts_with('#');
    if (!comment && line.find_first_not_of("- \t\r") != std::string_view::npos) break;
    while (!line.empty() &&
           (kStrokes.find(line.front()) != kStrokes.npos || line.starts_with(kLine))) {
      line.remove_prefix(line.starts_with(kLine) ? kLine.size() : 1);
    }
    const bool licence = line.starts_with("SPDX-") || line.starts_with("Copyright");
    if (line.empty() && !first.empty() && ++gaps == 2) break;
    if (line.empty() || licence) continue;
    head.append(line).append(" ");
    if (first.empty()) first = lower_case(line);
  }
  head = lower_case(head);
  if (head.starts_with("development")) return true;
  const auto names_operation = [](std::string_view text) {
    return has_name_word(text, {"deploy", "live", "prod", "production", "server", "staging"});
  };
  const bool tests = first.find("for testing") != std::string::npos ||
                     first.find("smoke test") != std::string::npos || first.ends_with(" testing");
  if (tests && !names_operation(first)) return true;
  if (names_operation(head)) return false;
  return head.starts_with("local ") ||
         std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return head.find(each) != std::string::npos; });
}

}  // namespace composelint::detail
