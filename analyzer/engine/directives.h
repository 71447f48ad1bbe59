// The text of the comments that speak to this tool:
//
//   # composelint: allow run-without-rm, compose-v1 until 2026-12-31 -- kept for its logs
#pragma once

#include <composelint/shell.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::engine {

enum class Scope { kCommand, kBlock, kFile };

struct Directive {
  Scope scope = Scope::kCommand;
  std::vector<std::string_view> slugs;  // they lie in the comment
  std::string_view until;               // a date, "2026-12-31"; empty without one
  std::string_view reason;              // what follows "--"; empty without it
  std::string trouble;                  // why it has no effect; empty when it has
};

// Nothing for a comment that is not for this tool.
[[nodiscard]] std::optional<Directive> read_directive(std::string_view comment);

// <!-- … -->
[[nodiscard]] bool is_html(const Comment& comment);

// What to take out of the file so that `comment` names `slugs[index]` no longer: the name, or the
// comment with its line. Nowhere where the line cannot go.
[[nodiscard]] Span removal_of(const Comment& comment, const std::vector<std::string_view>& slugs,
                              std::size_t index);

}  // namespace composelint::engine
