#include <utility>

#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::knowledge {

void Vocabulary::add(Row row) {
  const Row& kept = rows_.emplace_back(std::move(row));
  const Fact& fact = facts_.emplace_back(
      Fact{kept.program, kept.pattern, kept.effect, kept.name, kept.example, kept.role});
  std::string_view rest = kept.program;
  for (bool more = true; more;) {
    const std::size_t bar = rest.find('|');
    by_program_[std::string(rest.substr(0, bar))].push_back(&fact);
    more = bar != std::string_view::npos;
    if (more) rest.remove_prefix(bar + 1);
  }
}

Vocabulary Vocabulary::graver() const {
  Vocabulary out;
  for (const Row& row : rows_) {
    const bool changes = row.effect == Effect::kMigrates || row.effect == Effect::kImports ||
                         row.effect == Effect::kRestores || row.effect == Effect::kDeletes ||
                         row.effect == Effect::kAdministers;
    if (changes && row.role == Role::kNone) out.add(row);
  }
  return out;
}

const Fact* Vocabulary::find(std::string_view program, std::span<const Argument> words) const {
  const auto rows = by_program_.find(program);
  if (rows == by_program_.end()) return nullptr;
  for (const Fact* fact : rows->second) {
    if (matches(fact->pattern, words, program)) return fact;
  }
  return nullptr;
}

}  // namespace composelint::knowledge
