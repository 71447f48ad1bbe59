// Words that stand for a container whose name is not known here.
#pragma once

#include <composelint/argument.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace composelint {

// `$DB_CONTAINER`, `$(docker ps -q -f name=db)`, `${STACK}-db-1`: one word, and no options of
// anybody, whether it is quoted or not.
[[nodiscard]] inline bool stands_for_container(const Argument& word) {
  static constexpr std::array<std::string_view, 6> kParts = {"CONTAINER", "CID", "CTR",
                                                             "CONT_ID",   "_ID", "_NAME"};
  if (word.holes.empty()) return false;
  const auto letters = std::count_if(word.text.begin(), word.text.end(),
                                     [](unsigned char c) { return std::isalpha(c) != 0; });
  if (!word.text.empty()) {
    const bool option = word.text.starts_with('-') && word.holes.front().at > 0;
    return letters > 1 && !option && word.text.find_first_of(" \t*?[") == std::string::npos;
  }
  if (word.holes.size() != 1) return false;
  std::string name = word.holes.front().name;
  if (name == "$(docker)") return true;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

}  // namespace composelint
