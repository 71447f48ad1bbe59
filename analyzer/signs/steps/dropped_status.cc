#include "analyzer/signs/steps/dropped_status.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/streams.h"

namespace composelint {

std::string_view rest_of_line(const Step& step) {
  const Span command = written_command(step);
  if (!command) return {};
  const std::string_view rest = command.file->bytes().substr(command.end);
  return rest.substr(0, rest.find('\n'));
}

std::string written_drop(const Step& step) {
  if (step.status != StatusUse::kDiscarded || step.background) return {};
  const std::string_view rest = rest_of_line(step);
  for (const std::string_view form : {"|| true", "||true", "|| :", "||:"}) {
    const std::size_t at = rest.find(form);
    if (at == std::string_view::npos) continue;
    const std::size_t end = at + form.size();
    if (end == rest.size() ||
        std::string_view(" \t;)}\"'\r#").find(rest[end]) != std::string_view::npos) {
      return std::string(form);
    }
  }
  const Span command = written_command(step);
  if (!command) return {};
  std::string_view front = command.file->bytes().substr(0, command.begin);
  const std::size_t line = front.rfind('\n');
  if (line != std::string_view::npos) front.remove_prefix(line + 1);
  const std::size_t sign = front.find_first_not_of(" \t@+");
  return sign != std::string_view::npos && front[sign] == '-' ? "-" : "";
}

Span dropped_at(const Step& step) {
  if (!(written_command(step) == step.span)) return asked_at(step);
  return step.call ? step.call->span : step.span;
}

bool says_that_it_failed(const Step& step) {
  if (step.status != StatusUse::kDiscarded || step.background || !written_drop(step).empty()) {
    return false;
  }
  const std::string_view rest = rest_of_line(step);
  const std::size_t bars = rest.find("||");
  const std::size_t word = bars == rest.npos ? bars : rest.find_first_not_of(" \t{", bars + 2);
  return word != rest.npos && rest.substr(word, 4) != "true" && rest[word] != ':';
}

std::string_view text_behind(const Step& step, const Step& other) {
  const Span from = written_command(step);
  const Span to = written_command(other);
  if (!from || from.file != to.file || from.end > to.begin) return {};
  return from.file->bytes().substr(from.end, to.begin - from.end);
}

namespace {

// The arm of its `if` that is gone through where the step has failed.
std::uint32_t failed_arm(const Branch& branch) {
  std::string_view before = branch.condition.file->bytes();
  before = before.substr(0, branch.condition.begin);
  before = before.substr(0, before.find_last_not_of(" \t") + 1);  // npos + 1 is 0
  return before.ends_with('!') ? 0 : 1;
}

}  // namespace

bool ends_behind_its_test(const Timeline& timeline, const Step& step) {
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    return branch.kind == BranchKind::kIf && written_in(branch.condition, step) &&
           failed_arm(branch) < branch.leaves.size() && branch.leaves[failed_arm(branch)] != 0;
  });
}

bool says_behind_its_test(const Timeline& timeline, const Step& step) {
  const auto says = [&](const Step& other, const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind != BranchKind::kIf || !written_in(branch.condition, step)) return false;
    const bool to_people =
        only_says(other) || other.out.span.text().find("&2") != std::string_view::npos;
    return way.arm == failed_arm(branch) && to_people;
  };
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
    return !other.conditions.empty() && says(other, other.conditions.back());
  });
}

}  // namespace composelint
