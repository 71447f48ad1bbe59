#include "analyzer/signs/words/asked_value.h"

#include <composelint/contains.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

constexpr std::string_view kBlanks = " \t";

// The whole of a value, and not a part that is put together with others.
bool is_whole(const Span& place) {
  constexpr std::string_view kEnds = " \t\n\"'();";
  const std::string_view all = place.file->bytes();
  const std::size_t end = place.end;
  const bool begins = place.begin == 0 || all[place.begin - 1] == '=' ||
                      kEnds.find(all[place.begin - 1]) != kEnds.npos;
  return begins && (end >= all.size() || kEnds.find(all[end]) != kEnds.npos);
}

// "app" of `[ "$x" = app ]`; empty where it asks for more, or for what is worked out.
std::string_view only_value_in(std::string_view test) {
  const std::size_t equals = test.find(" = ");
  const std::size_t twice = test.find(" == ");
  const std::size_t at = std::min(equals, twice);
  if (at == test.npos || (equals != test.npos && twice != test.npos)) return {};
  std::string_view value = test.substr(at + (at == equals ? 3 : 4));
  value = value.substr(0, value.find(']'));
  while (!value.empty() && std::string_view(" \"'").find(value.front()) != value.npos) {
    value.remove_prefix(1);
  }
  while (!value.empty() && std::string_view(" \"'").find(value.back()) != value.npos) {
    value.remove_suffix(1);
  }
  return value.find_first_of(" \t$*?|&") == value.npos ? value : std::string_view();
}

}  // namespace

bool uses_variable(std::string_view text, std::string_view name) {
  for (std::size_t at = find_name(text, name); at != text.npos;
       at = find_name(text, name, at + 1)) {
    const std::string_view before = text.substr(0, at);
    for (const std::string_view sign : {"$", "${", "$(", "${!", "${#", "-v "}) {
      if (before.ends_with(sign)) return true;
    }
  }
  return false;
}

bool is_asked_by_make(const SourceFile& file, std::string_view name) {
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    std::string_view text = file.line_text(line);
    if (!text.starts_with("ifeq ") && !text.starts_with("ifneq ")) continue;
    text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
    const bool of_any = text.ends_with(",)") || text.ends_with(", )") || text.ends_with("''") ||
                        text.ends_with("\"\"") || text.find(" (,") != text.npos;
    if (!of_any && find_name(text, name) != text.npos) return true;
  }
  return false;
}

bool asks_for_any(std::string_view test, std::string_view name) {
  bool any = false;
  for (std::size_t at = find_name(test, name); at != test.npos;
       at = find_name(test, name, at + 1)) {
    std::string_view before = test.substr(0, at);
    before = before.substr(0, before.find_last_not_of("\"{$ \t") + 1);
    any = before.ends_with(" -n") || before.ends_with(" -z");
    if (!any) return false;
  }
  return any;
}

bool asks_for_another(const Branch& branch, const Span& place, std::string_view name,
                      const Step& step) {
  if (branch.kind != BranchKind::kIf && branch.kind != BranchKind::kAnd) return false;
  const std::string_view test = branch.condition.text();
  const std::string_view value = only_value_in(test);
  if (value.empty() || !test.starts_with('[') ||
      !uses_variable(test.substr(0, test.find('=')), name) || value == place.text() ||
      !is_whole(place)) {
    return false;
  }
  return !contains(branch.span, step.span) && (branch.leaves.size() < 2 || branch.leaves[1] == 0);
}

}  // namespace composelint
