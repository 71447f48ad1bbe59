#include "analyzer/signs/words/accepted.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/words/text_line.h"

namespace composelint {

namespace {

std::string_view comment_in(std::string_view line) {
  const std::size_t at = line.find('#');
  if (at == std::string_view::npos) return {};
  const std::string_view before = line.substr(0, at);
  const bool starts = before.empty() || before.ends_with(' ') || before.ends_with('\t');
  return starts ? line.substr(at) : std::string_view();
}

}  // namespace

bool is_only_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] == '#';
}

std::string said_above(Span place) {
  if (!place) return {};
  const SourceFile& file = *place.file;
  const std::uint32_t line = file.line_of(place.begin);
  std::string text(comment_in(file.line_text(line)));
  for (std::uint32_t at = line; at > 1 && is_only_comment(file.line_text(at - 1)); --at) {
    text.append(" ").append(file.line_text(at - 1));
  }
  return lower_case(text);
}

std::string said_beside(Span place) {
  if (!place) return {};
  std::string text = said_above(place);
  const SourceFile& file = *place.file;
  for (std::uint32_t at = file.line_of(place.begin) + 1;
       at <= file.line_count() && is_only_comment(file.line_text(at)); ++at) {
    text.append(" ").append(file.line_text(at));
  }
  return lower_case(text);
}

namespace {

// `# - ./data:/data`, `#user: root`, `# /dev/kvm`: what once stood there, or may.
bool is_text_of_the_file(std::string_view comment) {
  comment.remove_prefix(std::min(comment.find_first_not_of("# \t"), comment.size()));
  const TextLine line = line_at(comment, 0);
  return line.column == 0 && (comment.front() == '/' || is_commented_out(comment, line));
}

// Some words and no mere name: "docker socket" says what stands there already. Letters of other
// alphabets may stand without blanks.
bool is_a_sentence(std::string_view comment) {
  constexpr std::size_t kFewWords = 3;
  constexpr std::ptrdiff_t kFewLetters = 12;  // bytes
  std::size_t words = 0;
  bool inside = false;
  for (const char c : comment) {
    const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
    if (letter && !inside) ++words;
    inside = letter || (inside && c != ' ' && c != '\t');
  }
  const auto others =
      std::count_if(comment.begin(), comment.end(), [](char c) { return (c & 0x80) != 0; });
  return words >= kFewWords || others >= kFewLetters;
}

// Whoever writes some words behind it has thought of it, in whatever language.
bool has_words_behind(Span place) {
  if (!place) return false;
  const SourceFile& file = *place.file;
  const std::string_view comment = comment_in(file.line_text(file.line_of(place.begin)));
  return is_a_sentence(comment) && !is_text_of_the_file(comment);
}

// What the owner of a line has still to do about it, or to find out.
bool is_to_be_mended(std::string_view said) {
  static constexpr std::array<std::string_view, 16> kSays = {
      "be removed", "fixme",         "get rid",      "hack",
      "insecure",   "no longer",     "not needed",   "not requ",
      "not sure",   "not necessary", "remove later", "remove this",
      "todo",       "unneeded",      "unnecessary",  "xxx"};
  const std::size_t end = said.find_last_not_of(" \t\r");
  if (end != said.npos && said[end] == '?') return true;
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return said.find(each) != said.npos; });
}

}  // namespace

bool is_said_for_tests(std::string_view said) {
  static constexpr std::array<std::string_view, 6> kSays = {
      "for dev", "for local", "for test", "local development", "local only", "local testing"};
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return said.find(each) != said.npos; });
}

namespace {

// The comment at the end of the line of `place` or right above it says what it is for: "otherwise
// the clock cannot be read", "so that jobs run as containers".
bool gives_a_reason(Span place) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "access to", "allow",  "because",  "give access", "in order to", "necessary",
      "needed",    "need ",  "needs",    "otherwise",   "require",     "so that",
      "to access", "to run", "to start", "需要"};
  const auto gives = [](std::string_view comment) {
    const std::string said = lower_case(comment);
    return !is_text_of_the_file(comment) &&
           std::any_of(kWords.begin(), kWords.end(),
                       [&](std::string_view word) { return said.find(word) != said.npos; });
  };
  if (!place) return false;
  const SourceFile& file = *place.file;
  std::uint32_t at = file.line_of(place.begin);
  if (gives(comment_in(file.line_text(at)))) return true;
  for (; at > 1 && is_only_comment(file.line_text(at - 1)); --at) {
    std::string_view line = file.line_text(at - 1);
    line.remove_prefix(line.find('#'));
    if (gives(line)) return true;
  }
  return false;
}

}  // namespace

bool is_explained(Span place) {
  return (gives_a_reason(place) || has_words_behind(place)) && !is_to_be_mended(said_above(place));
}

}  // namespace composelint
