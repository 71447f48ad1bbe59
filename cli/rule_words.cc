#include "cli/rule_words.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>

#include "analyzer/engine/wildcard.h"

namespace composelint::cli {

std::string no_such_rule(std::string_view word, std::span<const Rule* const> known) {
  std::vector<std::string_view> slugs;
  for (const Rule* rule : known) slugs.push_back(rule->slug);
  const auto meant = nearest(word, slugs);
  return fmt::format("there is no rule \"{}\"{}", word,
                     meant.empty() ? std::string("; composelint rules lists them")
                                   : fmt::format("; did you mean \"{}\"?", meant));
}

std::string unknown_rules(std::string_view option, const Words& words,
                          std::span<const Rule* const> known) {
  for (const std::string& word : words) {
    const bool fits = std::any_of(known.begin(), known.end(), [&](const Rule* rule) {
      return engine::wildcard_matches(word, rule->slug);
    });
    if (!fits) return fmt::format("{}: {}", option, no_such_rule(word, known));
  }
  return {};
}

std::string wrong_choice(const CheckOptions& options, std::span<const Rule* const> known) {
  std::string wrong = unknown_rules("--select", options.select, known);
  return wrong.empty() ? unknown_rules("--ignore", options.ignore, known) : wrong;
}

}  // namespace composelint::cli
