#include "analyzer/signs/words/tested_for_text.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `rows` of `rows=$(`, `rows="$(`, right in front of `at`.
std::string_view name_before(std::string_view text, std::size_t at) {
  std::string_view front = text.substr(0, at);
  if (front.ends_with('"')) front.remove_suffix(1);
  if (!front.ends_with('=')) return {};
  front.remove_suffix(1);
  std::size_t begin = front.size();
  while (begin > 0 && is_part_of_a_name(front[begin - 1])) --begin;
  return front.substr(begin);
}

// Where `$rows`, `${rows…}` stands next.
std::size_t next_use(std::string_view text, std::string_view name, std::size_t from) {
  for (std::size_t at = text.find(name, from); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool whole = end == text.size() || !is_part_of_a_name(text[end]);
    if (whole && at > from && (text[at - 1] == '$' || text[at - 1] == '{')) return at;
  }
  return text.npos;
}

// The variable that takes what the step's pipeline ends with; empty without one.
std::string_view variable_of(const Step& step) {
  const Span place = asked_at(step);
  if (place.file == nullptr) return {};
  const std::string_view text = place.file->bytes();
  const std::size_t open = text.rfind("$(", place.begin);
  return open == text.npos ? std::string_view() : name_before(text, open);
}

// `docker compose ps -q | wc -l`, without pipefail: `wc` has an answer whatever becomes of it.
bool is_counted(const Timeline& timeline, const Step& step) {
  if (!(step.call || step.docker) || step.status != StatusUse::kMasked) return false;
  const std::size_t next = index_of(timeline, step) + 1;
  if (next >= timeline.steps.size()) return false;
  const Step& count = timeline.steps[next];
  return count.pipeline == step.pipeline && count.last_in_pipeline && program_name(count) == "wc" &&
         count.out.kind == StreamKind::kCaptured && !variable_of(step).empty();
}

// `[ "$up" -eq "$all" ]`
bool compares(std::string_view line, std::string_view one, std::string_view other) {
  static constexpr std::array<std::string_view, 5> kSame = {" -eq ", " -ne ", " = ",
                                                            " == ", " != "};
  const bool tests = line.find("test ") != line.npos || line.find("[ ") != line.npos;
  return tests && next_use(line, one, 0) != line.npos && next_use(line, other, 0) != line.npos &&
         std::any_of(kSame.begin(), kSame.end(),
                     [&](std::string_view same) { return line.find(same) != line.npos; });
}

// `[ "$up" -eq 0 ]`, `[ -z "$up" ]`: a count of nothing is told before.
bool asks_for_nothing(std::string_view line, std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNothing = {
      " -eq 0", " -ne 0", " -gt 0", " -lt 1", " -ge 1", " -le 0", " = 0", " == 0", "-z "};
  return next_use(line, name, 0) != line.npos &&
         std::any_of(kNothing.begin(), kNothing.end(),
                     [&](std::string_view nothing) { return line.find(nothing) != line.npos; });
}

bool is_heard(const Step& step) {
  return (step.call || step.docker) &&
         (step.status == StatusUse::kStops || step.status == StatusUse::kDecides);
}

}  // namespace

bool is_compared_with_another_count(const Timeline& timeline, const Step& step) {
  if (!is_counted(timeline, step)) return false;
  const Step* other = last_before(timeline, step, [&](const Step& each) {
    return is_counted(timeline, each) && same_place(each, step);
  });
  if (other == nullptr || last_before(timeline, step, is_heard) != nullptr) return false;
  const std::string_view one = variable_of(step);
  const std::string_view two = variable_of(*other);
  if (one == two) return false;
  // A test alone is no step.
  const SourceFile& file = *step.span.file;
  for (std::uint32_t line = file.line_of(step.span.end); line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    if (asks_for_nothing(text, one) || asks_for_nothing(text, two)) return false;
    if (compares(text.substr(0, text.find('#')), one, two)) return true;
  }
  return false;
}

bool is_tested_for_text(const Timeline& timeline, const Step& step) {
  const Span place = asked_at(step);
  if (place.file == nullptr) return false;
  const std::string_view text = place.file->bytes();
  const std::string_view name = variable_of(step);
  if (name.empty()) return false;
  const std::size_t use = next_use(text, name, place.end);
  return use != text.npos &&
         std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
           const Span test = branch.condition;
           if (test.file != place.file || test.begin > use || test.end < use) return false;
           return test.text().find("-n ") != std::string_view::npos ||
                  test.text().find("-z ") != std::string_view::npos;
         });
}

}  // namespace composelint
