#include "analyzer/knowledge/compose_cli.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <vector>

#include "analyzer/knowledge/option_rows.h"

namespace composelint::knowledge {
namespace {

#include "analyzer/knowledge/compose_cli.inc"

static_assert(std::is_sorted(std::begin(kVerbs), std::end(kVerbs),
                             [](const VerbSpec& a, const VerbSpec& b) { return a.name < b.name; }));

}  // namespace

std::span<const VerbSpec> verbs() {
  return kVerbs;
}

const VerbSpec* find_verb(std::string_view name) {
  const auto found = std::lower_bound(
      std::begin(kVerbs), std::end(kVerbs), name,
      [](const VerbSpec& verb, std::string_view wanted) { return verb.name < wanted; });
  return found != std::end(kVerbs) && found->name == name ? &*found : nullptr;
}

std::span<const OptionSpec> global_options() {
  return kGlobalOptions;
}

std::string_view nearest_verb(std::string_view word) {
  std::vector<std::string_view> names;
  for (const VerbSpec& verb : kVerbs) {
    if (!verb.v1_only && !verb.hidden) names.push_back(verb.name);
  }
  return nearest(word, names);
}

}  // namespace composelint::knowledge
