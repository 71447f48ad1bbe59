#include "analyzer/engine/config_values.h"

namespace composelint::engine {

using yaml::Node;

std::string text_of(const Node& mapping, std::string_view key) {
  const Node* node = mapping.find(key);
  return node == nullptr ? std::string() : std::string(node->resolved().text);
}

std::vector<std::string> texts_in(const Node& value) {
  const Node& node = value.resolved();
  if (node.kind == yaml::NodeKind::kScalar) return {std::string(node.text)};
  std::vector<std::string> out;
  for (const Node* item : node.items) out.emplace_back(item->resolved().text);
  return out;
}

std::vector<std::string> texts_of(const Node& mapping, std::string_view key) {
  const Node* written = mapping.find(key);
  return written == nullptr ? std::vector<std::string>() : texts_in(*written);
}

Effect effect_named(std::string_view word) {
  for (const Effect effect :
       {Effect::kReads, Effect::kMigrates, Effect::kImports, Effect::kExports, Effect::kDumps,
        Effect::kRestores, Effect::kDeletes, Effect::kAdministers, Effect::kShell, Effect::kRuns}) {
    if (to_string(effect) == word) return effect;
  }
  return Effect::kUnknown;
}

RuleLevel level_in(const Node& value) {
  RuleLevel level;
  const Node& node = value.resolved();
  if (node.kind == yaml::NodeKind::kScalar) {
    level.on = node.text == "on";
    level.all = severity_named(node.text);
    return level;
  }
  for (const yaml::Entry& entry : node.entries) {
    const auto context = context_named(entry.key->resolved().text);
    if (!context) continue;
    level.in[static_cast<std::size_t>(*context)] = severity_named(entry.value->resolved().text);
  }
  return level;
}

}  // namespace composelint::engine
