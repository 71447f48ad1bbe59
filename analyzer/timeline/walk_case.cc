#include <algorithm>
#include <numeric>

#include "analyzer/shell/glob.h"
#include "analyzer/timeline/tests.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

// The pattern as glob_matches() takes it; nothing when it holds what only the shell knows.
std::optional<std::string> pattern_of(const Word& word) {
  std::string out;
  for (const WordPart& part : word.parts) {
    if (part.kind == WordPartKind::kLiteral) {
      out += part.quoted ? shell::glob_quoted(part.text) : part.text;
    } else if (part.kind == WordPartKind::kGlob && part.text.find('(') == std::string::npos) {
      out += part.text;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

bool is_option(const Word& pattern) {
  return pattern.span.text().starts_with('-');
}

// `-xvf` may be taken apart by getopt.
bool bundles_options(const std::string& word) {
  return word.size() > 2 && word[0] == '-' && word[1] != '-';
}

// Of the word itself: what a host writes into a script stands nowhere in its file.
bool is_star(const Word& pattern) {
  return pattern.parts.size() == 1 && pattern.parts.front().kind == WordPartKind::kGlob &&
         pattern.parts.front().text == "*";
}

}  // namespace

// `./manage up` runs one arm of its `case "$1"`. In a script that is called with these words the
// others are not lost: it is walked on its own as well.
std::optional<std::size_t> Walker::decided(const CaseClause& clause) {
  if (!in_called_script() || !state_.scope.positional().known) return std::nullopt;
  const auto ways = shell::expand_argument(clause.subject, state_.scope, context());
  if (ways.size() != 1 || !ways.front().known()) return std::nullopt;
  for (std::size_t i = 0; i < clause.items.size(); ++i) {
    if (clause.items[i].falls_through) return std::nullopt;
    for (const Word& word : clause.items[i].patterns) {
      const auto pattern = pattern_of(word);
      if (!pattern) return std::nullopt;
      if (shell::glob_matches(*pattern, ways.front().text)) return i;
    }
  }
  return clause.items.size();
}

Walker::PartedValues Walker::parted(const CaseClause& clause,
                                    const std::vector<const CaseClause::Item*>& items) const {
  if (clause.subject.parts.size() != 1) return {};
  const WordPart& part = clause.subject.parts.front();
  const std::string& name = part.parameter.name;
  const shell::Variable* variable = asks_plainly(part) ? state_.scope.find(name) : nullptr;
  if (variable == nullptr || variable->maybe_unset || variable->values.empty()) return {};
  PartedValues out{name, std::vector<std::vector<shell::Value>>(items.size() + 1)};
  for (const auto& value : variable->values) {
    if (!is_text(*value)) return {};
    const std::string text = shell::known_text(value->elements.front());
    std::size_t taken = items.size();
    for (std::size_t i = 0; i < items.size() && taken == items.size(); ++i) {
      if (items[i]->falls_through) return {};
      for (const Word& word : items[i]->patterns) {
        const auto pattern = pattern_of(word);
        if (!pattern) return {};
        if (shell::glob_matches(*pattern, text)) taken = i;
      }
    }
    out.values[taken].push_back(*value);
  }
  return out;
}

State Walker::with_values(const PartedValues& parted, std::size_t item) const {
  State own = state_;
  if (item < parted.values.size() && !parted.values[item].empty()) {
    own.scope.set(parted.variable, parted.values[item]);
  }
  return own;
}

// `./start ci up` never comes to what is done for `--elastic`, however its words are read: an
// option that the call lacks is not met.
std::vector<const CaseClause::Item*> Walker::possible(const CaseClause& clause) const {
  std::vector<const CaseClause::Item*> all;
  for (const CaseClause::Item& item : clause.items) all.push_back(&item);
  const bool falls =
      std::any_of(all.begin(), all.end(), [](const auto* item) { return item->falls_through; });
  if (frames_.empty() || !frames_.back().words || !in_called_script() || falls) return all;
  const std::vector<std::string>& words = *frames_.back().words;
  const bool bundled = std::any_of(words.begin(), words.end(), bundles_options);
  const auto is_met = [&](const Word& pattern) {
    const auto glob = pattern_of(pattern);
    if (!glob || !is_option(pattern) || (bundled && !glob->starts_with("--"))) return true;
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return shell::glob_matches(*glob, word); });
  };
  std::vector<const CaseClause::Item*> met;
  for (const auto* item : all) {
    if (std::any_of(item->patterns.begin(), item->patterns.end(), is_met)) met.push_back(item);
  }
  return met;
}

void Walker::rule_out_values(const PartedValues& parted, const std::vector<bool>& left) {
  if (parted.values.empty() || state_.ended != Ended::kNo) return;
  bool ruled_out = false;
  for (std::size_t i = 0; i < parted.values.size(); ++i) {
    if (parted.values[i].empty()) continue;
    if (i >= left.size() || !left[i]) return;
    ruled_out = true;
  }
  if (ruled_out) state_.scope.forget(parted.variable);
}

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
  // Of several words each has an item; a single one may be a default.
  const auto words =
      std::accumulate(parts.values.begin(), parts.values.end(), std::size_t{0},
                      [](std::size_t sum, const auto& values) { return sum + values.size(); });
  const bool met = words > 1 && parts.values.back().empty();
  if (!catches_all && !met) states.push_back(with_values(parts, items));
  if (states.empty()) return;
  std::vector<bool> left;
  for (const State& state : states) left.push_back(state.ended == Ended::kExit);
  close_branch(branch, std::move(states));
  rule_out_values(parts, left);
}

}  // namespace composelint::timeline
