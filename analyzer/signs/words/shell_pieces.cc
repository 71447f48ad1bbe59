#include "analyzer/signs/words/shell_pieces.h"

#include <composelint/path_name.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// The operator that stands at `at`; empty where none does. `2>&1` and `&>` are redirections.
std::string_view operator_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 7> kOperators = {"||", "&&", "|&", "|",
                                                                 ";",  "\n", "&"};
  for (const std::string_view each : kOperators) {
    if (!text.substr(at).starts_with(each)) continue;
    const bool redirects =
        each == "&" && ((at > 0 && (text[at - 1] == '>' || text[at - 1] == '<')) ||
                        (at + 1 < text.size() && text[at + 1] == '>'));
    return redirects ? std::string_view() : text.substr(at, each.size());
  }
  return {};
}

}  // namespace

std::vector<ShellPiece> shell_pieces(std::string_view text) {
  std::vector<ShellPiece> out;
  std::string_view before;
  std::size_t begin = 0;
  int depth = 0;
  char quote = '\0';
  const auto take = [&](std::size_t end) {
    const std::string_view piece = without_blanks(text.substr(begin, end - begin));
    if (!piece.empty()) out.push_back({before, piece});
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\' && quote != '\'') {
      ++at;
    } else if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == '(' || c == '{') {
      ++depth;
    } else if (c == ')' || c == '}') {
      --depth;
    } else if (depth == 0) {
      const std::string_view found = operator_at(text, at);
      if (found.empty()) continue;
      take(at);
      before = found;
      begin = at + found.size();
      at += found.size() - 1;
    }
  }
  take(text.size());
  return out;
}

std::string_view first_word(std::string_view text) {
  const std::string_view word = text.substr(0, text.find_first_of(" \t\n"));
  return file_name(word);
}

}  // namespace composelint
