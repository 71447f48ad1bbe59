// The keys of the configuration as a table of its page.
#include <fmt/format.h>

#include "analyzer/engine/config_keys.h"
#include "analyzer/report/config_schema.h"
#include "analyzer/report/markdown.h"

namespace composelint::report {

namespace {

using engine::ConfigKey;
using engine::KeyKind;

std::string value_of(const ConfigKey& key) {
  switch (key.kind) {
    case KeyKind::kText: return "text";
    case KeyKind::kTexts: return "text or list";
    case KeyKind::kChoice: return fmt::format("{}", fmt::join(key.choices, ", "));
    case KeyKind::kChoices: return fmt::format("{}; or list", fmt::join(key.choices, ", "));
    case KeyKind::kFlag: return "true, false";
    case KeyKind::kLevel:
      return fmt::format("{}; or one for each context", fmt::join(key.choices, ", "));
    case KeyKind::kLevels:
      return fmt::format("of each rule: {}; or one for each context", fmt::join(key.choices, ", "));
    case KeyKind::kList: return "list of mappings";
    case KeyKind::kMapping: return "mapping";
    case KeyKind::kMappings: return "mapping or list of them";
  }
  return "text";
}

void add_rows(std::string& out, std::span<const ConfigKey> keys, const std::string& above) {
  const ConfigKey* told = nullptr;
  for (const ConfigKey& key : keys) {
    out += fmt::format("| `{}{}`{} | {} | {} |\n", above, key.name, key.required ? " (needed)" : "",
                       table_cell(value_of(key)), table_cell(key.doc));
    const bool contexts = key.kind == KeyKind::kLevel || key.kind == KeyKind::kLevels;
    // `unless` has the keys of `when`.
    const bool again = told != nullptr && told->keys.data() == key.keys.data();
    if (!contexts && !again) add_rows(out, key.keys, above + std::string(key.name) + ".");
    if (!key.keys.empty()) told = &key;
  }
}

}  // namespace

Result<std::string> with_config_keys(std::string_view page) {
  std::string table = "| key | value | meaning |\n| --- | --- | --- |\n";
  add_rows(table, engine::config_keys(), "");
  return with_block(page, "keys", table);
}

}  // namespace composelint::report
