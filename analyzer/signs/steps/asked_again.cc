#include "analyzer/signs/steps/asked_again.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

namespace {

bool is_same(const Argument& one, const Argument& other) {
  return one.text == other.text &&
         std::equal(one.holes.begin(), one.holes.end(), other.holes.begin(), other.holes.end(),
                    [](const Hole& a, const Hole& b) { return a.at == b.at && a.name == b.name; });
}

}  // namespace

bool says_the_same(const Step& left, const Step& right) {
  return std::equal(left.argv.begin(), left.argv.end(), right.argv.begin(), right.argv.end(),
                    is_same);
}

namespace {

// What stands in `$(…)` of a line, with its `$(`; empty without one.
std::string_view substitution_in(std::string_view text) {
  const std::size_t at = text.find("$(");
  if (at == text.npos || text.substr(at).starts_with("$((")) return {};
  const std::size_t end = text.find(')', at);
  return end == text.npos ? std::string_view() : text.substr(at, end - at);
}

}  // namespace

bool is_counted_again(const Branch& loop) {
  const std::string_view question = substitution_in(loop.condition.text());
  if (question.empty()) return false;
  // The next two lines that are no comment.
  std::string_view rest = loop.span.file->bytes().substr(loop.span.end);
  std::string variable;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t;\r"), line.size()));
    if (line.empty() || line.front() == '#') continue;
    if (!variable.empty()) {
      const bool tests = line.starts_with("if ") || line.starts_with('[') ||
                         line.starts_with("case ") || line.starts_with("test ");
      return tests &&
             (line.find("$" + variable) != line.npos || line.find("{" + variable) != line.npos);
    }
    if (line.starts_with("local ")) line.remove_prefix(6);
    const std::size_t equals = line.find('=');
    if (equals == line.npos || substitution_in(line.substr(equals)) != question) return false;
    variable = line.substr(0, equals);
  }
  return false;
}

}  // namespace composelint
