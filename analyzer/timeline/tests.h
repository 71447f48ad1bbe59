// What `[ … ]` and `[[ … ]]` come to where all their words are known.
#pragma once

#include <composelint/argument.h>
#include <composelint/shell.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/shell/value.h"

namespace composelint::timeline {

// `$env`, `"${env}"`: the value of a variable as it is, nothing taken off or put in its place.
[[nodiscard]] bool asks_plainly(const WordPart& part);

// One text, all of it known.
[[nodiscard]] bool is_text(const shell::Value& value);

// Digits and nothing else.
[[nodiscard]] bool is_number(std::string_view text);

// `[ "$a" = b ]`, `[ ! -n x ]` without the closing bracket. Nothing for what asks for anything else
// than words; `patterns`: the right side of `=` may be one, as it may in `[[`.
[[nodiscard]] std::optional<bool> compare(const std::vector<Argument>& argv, bool patterns);

// Whether the text is matched by what stands behind `=~`: a list of words, `^(dev|prod)$`, or a set
// of characters, `^[a-z]+$`. Nothing for other expressions.
[[nodiscard]] std::optional<bool> matches_expression(const std::string& text, const Word& word);

}  // namespace composelint::timeline
