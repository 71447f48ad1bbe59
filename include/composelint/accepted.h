// Comments by which the owner of a line shows that its danger is known.
#pragma once

#include <composelint/lower_case.h>
#include <composelint/source.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace composelint {

namespace detail {
[[nodiscard]] inline std::string_view comment_in(std::string_view line) {
  const std::size_t at = line.find('#');
  if (at == std::string_view::npos) return {};
  const std::string_view before = line.substr(0, at);
  const bool starts = before.empty() || before.ends_with(' ') || before.ends_with('\t');
  return starts ? line.substr(at) : std::string_view();
}

[[nodiscard]] inline bool is_only_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] == '#';
}
}  // namespace detail

// What the comments at the end of the line of `place` and right above it say, in lower case.
[[nodiscard]] inline std::string said_above(Span place) {
  if (!place) return {};
  const SourceFile& file = *place.file;
  const std::uint32_t line = file.line_of(place.begin);
  std::string text(detail::comment_in(file.line_text(line)));
  for (std::uint32_t at = line; at > 1 && detail::is_only_comment(file.line_text(at - 1)); --at) {
    text.append(" ").append(file.line_text(at - 1));
  }
  return lower_case(text);
}

// And what those right below it say.
[[nodiscard]] inline std::string said_beside(Span place) {
  if (!place) return {};
  std::string text = said_above(place);
  const SourceFile& file = *place.file;
  for (std::uint32_t at = file.line_of(place.begin) + 1;
       at <= file.line_count() && detail::is_only_comment(file.line_text(at)); ++at) {
    text.append(" ").append(file.line_text(at));
  }
  return lower_case(text);
}

// Whoever writes a word behind it has thought of it, in whatever language.
[[nodiscard]] inline bool has_a_word_behind(Span place) {
  if (!place) return false;
  return !detail::comment_in(place.file->line_text(place.file->line_of(place.begin))).empty();
}

// What the owner of a line has still to do about it.
[[nodiscard]] inline bool is_to_be_mended(std::string_view said) {
  static constexpr std::array<std::string_view, 4> kSays = {"fixme", "insecure", "not needed",
                                                            "todo"};
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return said.find(each) != said.npos; });
}

// "Keep this here for local testing": said of what nobody operates.
[[nodiscard]] inline bool is_said_for_tests(std::string_view said) {
  static constexpr std::array<std::string_view, 6> kSays = {
      "for dev", "for local", "for test", "local development", "local only", "local testing"};
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return said.find(each) != said.npos; });
}

// The comment at the end of the line of `place` or right above it says what it is for: "otherwise
// the clock cannot be read", "so that jobs run as containers".
[[nodiscard]] inline bool gives_a_reason(Span place) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "access to", "allow",  "because",  "give access", "in order to", "necessary",
      "needed",    "need ",  "needs",    "otherwise",   "require",     "so that",
      "to access", "to run", "to start", "需要"};
  const std::string said = said_above(place);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return said.find(word) != said.npos; });
}

// Whoever wrote the comment has looked at the line and wants it so: it gives a reason, or stands at
// the end of the line for nothing else.
[[nodiscard]] inline bool is_explained(Span place) {
  return (gives_a_reason(place) || has_a_word_behind(place)) && !is_to_be_mended(said_above(place));
}

}  // namespace composelint
