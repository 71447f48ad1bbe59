#include "analyzer/signs/stacks/looked_for_service.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// `ps`, `config --services`: what the text looks for is a service that may not be there.
bool lists_services(std::string_view text, std::string_view name) {
  if (find_name(text, name) == std::string_view::npos) return false;
  return find_name(text, "ps") != std::string_view::npos ||
         text.find("--services") != std::string_view::npos ||
         text.find("--format") != std::string_view::npos;
}

// The text names a function of the file that asks, or a variable that holds what one said.
bool hangs_on_list(std::string_view test, std::string_view name, const SourceFile& file) {
  if (lists_services(test, name)) return true;
  const bool named = find_name(test, name) != std::string_view::npos;
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    const bool lists = find_name(text, "ps") != std::string_view::npos ||
                       text.find("--services") != std::string_view::npos;
    if (!lists) continue;
    std::string_view first = text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
    for (const std::string_view keyword : {"local ", "export ", "readonly ", "function "}) {
      if (first.starts_with(keyword)) first.remove_prefix(keyword.size());
    }
    first = first.substr(0, first.find_first_of("=( \t"));
    // `containerId() { docker compose ps -q "$1"; }`, or that name in the line above.
    const std::string_view above = line > 1 ? file.line_text(line - 1) : std::string_view();
    const std::size_t head = above.find("()");
    if (head != std::string_view::npos && named) {
      std::string_view function = above.substr(0, above.find_last_not_of(' ', head) + 1);
      function = function.substr(0, function.find_first_of(" ("));
      if (!function.empty() && find_name(test, function) != std::string_view::npos) return true;
    }
    const bool variable = find_name(text, name) != std::string_view::npos;
    if (first.size() > 1 && (named || variable) &&
        find_name(test, first) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_behind_a_look(const Step& step, const Timeline& timeline, std::string_view name) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    const bool tests = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd;
    if (!tests || way.arm != 0 || branch.condition.file == nullptr) return false;
    const std::string_view test = branch.condition.text();
    const bool lacks =
        test.find("! ") != std::string_view::npos || test.find("-z ") != std::string_view::npos;
    if (lacks) return false;
    if (hangs_on_list(test, name, *branch.condition.file)) return true;
    return std::any_of(timeline.sourced.begin(), timeline.sourced.end(),
                       [&](const SourceFile* file) { return hangs_on_list(test, name, *file); });
  });
}

}  // namespace composelint
