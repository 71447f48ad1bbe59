#include <utility>
#include <vector>

#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

// Of the word itself: what a host writes into a script stands nowhere in its file.
bool is_star(const Word& pattern) {
  return pattern.parts.size() == 1 && pattern.parts.front().kind == WordPartKind::kGlob &&
         pattern.parts.front().text == "*";
}

}  // namespace

void Walker::walk_case(const CaseClause& clause, Span span, const Surroundings& around) {
  walk_substitutions_of(clause.subject, substitution_of(around));
  if (const auto taken = decided(clause)) {
    if (*taken < clause.items.size()) walk_list(clause.items[*taken].body, around);
    return;
  }
  const std::vector<const CaseClause::Item*> possible_items = possible(clause);
  bool catches_all = false;
  for (const CaseClause::Item* item : possible_items) {
    for (const Word& pattern : item->patterns) catches_all |= is_star(pattern);
  }
  const auto items = static_cast<std::uint32_t>(possible_items.size());
  const std::uint32_t branch =
      open_branch(span, catches_all ? items : items + 1, BranchKind::kCase, clause.subject.span);
  for (const CaseClause::Item* item : possible_items) {
    const Span patterns = item->patterns.empty()
                              ? Span{}
                              : join(item->patterns.front().span, item->patterns.back().span);
    timeline_.branches[branch].patterns.push_back(patterns);
  }
  const PartedValues parts = parted(clause, possible_items);
  std::vector<State> states;
  for (std::uint32_t i = 0; i < items; ++i) {
    states.push_back(walk_arm(with_values(parts, i), {branch, i},
                              [&] { walk_list(possible_items[i]->body, around); }));
  }
  const bool met = !parts.values.empty() && parts.values.back().empty();  // every value has an item
  if (!catches_all && !met) states.push_back(with_values(parts, items));
  std::vector<bool> left;
  for (const State& state : states) left.push_back(state.ended == Ended::kExit);
  if (!states.empty()) close_branch(branch, std::move(states));
  if (catches_all && left.size() == clause.items.size()) admit_where(clause, left);
}

}  // namespace composelint::timeline
