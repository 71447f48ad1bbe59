#include "analyzer/signs/words/tested_for_text.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/streams.h"

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

}  // namespace

bool is_tested_for_text(const Timeline& timeline, const Step& step) {
  const Span place = asked_at(step);
  if (place.file == nullptr) return false;
  const std::string_view text = place.file->bytes();
  const std::size_t open = text.rfind("$(", place.begin);
  if (open == text.npos) return false;
  const std::string_view name = name_before(text, open);
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
