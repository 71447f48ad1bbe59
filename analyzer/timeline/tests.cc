#include "analyzer/timeline/tests.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "analyzer/shell/glob.h"

namespace composelint::timeline {

bool asks_plainly(const WordPart& part) {
  const ParameterExpansion& asked = part.parameter;
  return part.kind == WordPartKind::kParameter && asked.op.empty() && asked.subscript.empty() &&
         !asked.length && !asked.indirect;
}

bool is_text(const shell::Value& value) {
  return !value.array && value.elements.size() == 1 && shell::is_known(value.elements.front());
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<bool> compare(const std::vector<Argument>& argv, bool patterns) {
  const bool negated = argv[1].is("!");
  const std::size_t first = negated ? 2 : 1;
  const std::size_t count = argv.size() - first;
  std::optional<bool> holds;
  if (count == 2) {
    if (argv[first].is("-n")) holds = !argv[first + 1].text.empty();
    if (argv[first].is("-z")) holds = argv[first + 1].text.empty();
  } else if (count == 3) {
    const std::string& op = argv[first + 1].text;
    const std::string& left = argv[first].text;
    const std::string& right = argv[first + 2].text;
    if (patterns && right.find_first_of("*?[(") != std::string::npos) return std::nullopt;
    // `shopt -s nocasematch` may stand anywhere.
    if (patterns && left != right && lower_case(left) == lower_case(right)) return std::nullopt;
    if (op == "=" || op == "==") holds = left == right;
    if (op == "!=") holds = left != right;
    const auto number = [](const std::string& text) { return is_number(text) && text.size() < 6; };
    if (number(left) && number(right)) {
      const int a = std::stoi(left);
      const int b = std::stoi(right);
      if (op == "-gt") holds = a > b;
      if (op == "-ge") holds = a >= b;
      if (op == "-lt") holds = a < b;
      if (op == "-le") holds = a <= b;
      if (op == "-eq") holds = a == b;
      if (op == "-ne") holds = a != b;
    }
  }
  if (holds && negated) holds = !*holds;
  return holds;
}

namespace {

// `dev`, `1.2`
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
}

// A dot is any character.
bool is_meant_by(std::string_view text, std::string_view word) {
  return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                    [](char c, char wanted) { return wanted == '.' || c == wanted; });
}

// `dev|prod`
std::optional<bool> is_one_of(std::string_view text, std::string_view words) {
  bool found = false;
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find('|', at), words.size());
    const std::string_view word = words.substr(at, end - at);
    if (!is_plain(word)) return std::nullopt;
    found |= is_meant_by(text, word);
    at = end + 1;
  }
  return found;
}

}  // namespace

std::optional<bool> matches_expression(const std::string& text, const Word& word) {
  std::string_view written = word.span.text();
  if (written.size() < 3 || !written.starts_with('^') || !written.ends_with('$')) {
    return std::nullopt;
  }
  written = written.substr(1, written.size() - 2);
  if (is_plain(written)) return is_meant_by(text, written);
  if (written.starts_with('(') && written.ends_with(')')) {
    return is_one_of(text, written.substr(1, written.size() - 2));
  }
  // `[a-z_]+`
  const bool set = written.starts_with('[') && written.ends_with("]+") &&
                   written.find_first_of("[]\\$", 1) == written.size() - 2;
  if (!set || written[1] == '^') return std::nullopt;
  const std::string_view one = written.substr(0, written.size() - 1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return shell::glob_matches(one, std::string(1, c));
  });
}

}  // namespace composelint::timeline
