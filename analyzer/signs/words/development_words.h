// Names and comments by which a compose file is a developer's.
#pragma once

#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// The words of a name in lower case, told apart by whatever is no letter.
[[nodiscard]] bool has_name_word(std::string_view text, const std::vector<std::string_view>& words);

[[nodiscard]] bool names_development(std::string_view text);

// The comment at the head of a compose file, in lower case.
struct HeadComment {
  std::string text;   // its first two paragraphs
  std::string title;  // the first line that is no stroke
};

[[nodiscard]] HeadComment head_comment(const SourceFile& file);

[[nodiscard]] bool names_operation(std::string_view text);

// "Compose file for infrastructure testing", "for the smoke test".
[[nodiscard]] bool is_headed_for_tests(const HeadComment& head);

// "Local stack: …", "for local development", "avoid using this file in production".
[[nodiscard]] bool is_headed_for_development(const SourceFile& file);

}  // namespace composelint
