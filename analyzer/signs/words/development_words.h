// Names and comments by which a compose file is a developer's.
#pragma once

#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/head_comment.h"

namespace composelint {

// The words of a name in lower case, told apart by whatever is no letter.
[[nodiscard]] bool has_name_word(std::string_view text, const std::vector<std::string_view>& words);

[[nodiscard]] bool names_development(std::string_view text);

[[nodiscard]] bool names_operation(std::string_view text);

// "Compose file for infrastructure testing", "for the smoke test".
[[nodiscard]] bool is_headed_for_tests(const HeadComment& head);

// "Local stack: …", "for local development", "avoid using this file in production".
[[nodiscard]] bool is_headed_for_development(const SourceFile& file);

}  // namespace composelint
