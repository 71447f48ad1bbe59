// Rows of facts with a sorted index of program names, made by the compiler.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "analyzer/knowledge/vocabulary.h"

namespace composelint::knowledge {

struct FactKey {
  std::string_view program;
  std::uint16_t row = 0;

  friend constexpr bool operator<(const FactKey& a, const FactKey& b) {
    return a.program == b.program ? a.row < b.row : a.program < b.program;
  }
};

struct FactTable {
  std::span<const Fact> facts;
  std::span<const FactKey> keys;
};

template <std::size_t Rows>
consteval std::size_t count_programs(const Fact (&facts)[Rows]) {
  std::size_t count = Rows;
  for (const Fact& fact : facts) {
    for (const char c : fact.program) count += c == '|' ? 1U : 0U;
  }
  return count;
}

template <std::size_t Keys, std::size_t Rows>
consteval std::array<FactKey, Keys> index_programs(const Fact (&facts)[Rows]) {
  std::array<FactKey, Keys> keys{};
  std::size_t next = 0;
  for (std::size_t row = 0; row < Rows; ++row) {
    std::string_view rest = facts[row].program;
    for (bool more = true; more;) {
      const std::size_t bar = rest.find('|');
      keys[next++] = {rest.substr(0, bar), static_cast<std::uint16_t>(row)};
      more = bar != std::string_view::npos;
      if (more) rest.remove_prefix(bar + 1);
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

// One table a subject. The first row that matches wins, over all tables in this order: what only
// looks stands before what it looks like.
[[nodiscard]] FactTable inspection_facts();
[[nodiscard]] FactTable restore_facts();
[[nodiscard]] FactTable migration_facts();
[[nodiscard]] FactTable application_facts();
[[nodiscard]] FactTable dump_facts();
[[nodiscard]] FactTable file_backup_facts();
[[nodiscard]] FactTable maintenance_facts();
[[nodiscard]] FactTable administration_facts();
[[nodiscard]] FactTable seed_facts();
[[nodiscard]] FactTable database_client_facts();

}  // namespace composelint::knowledge
