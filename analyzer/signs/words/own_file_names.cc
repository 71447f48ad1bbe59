#include "analyzer/signs/words/own_file_names.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace composelint {

namespace {

// `compose.production.yaml`, `docker-compose.override.yml`: each stack has one of that name.
bool is_a_common_name(std::string_view file) {
  static constexpr std::array<std::string_view, 11> kStages = {
      "base",       "common", "dev",     "development", "local",  "override",
      "production", "prod",   "staging", "test",        "testing"};
  for (const std::string_view head : {"docker-compose", "compose"}) {
    if (!file.starts_with(head)) continue;
    std::string_view stage = file.substr(head.size());
    stage = stage.substr(0, stage.rfind(".y"));
    if (stage.empty()) return true;
    stage.remove_prefix(1);
    return std::find(kStages.begin(), kStages.end(), stage) != kStages.end();
  }
  return false;
}

}  // namespace

bool is_told_its_files(std::string_view before) {
  constexpr std::string_view kSets = "COMPOSE_FILE=";
  const std::size_t at = before.rfind(kSets);
  if (at == before.npos) return false;
  std::string_view value = before.substr(at + kSets.size());
  value = value.substr(0, value.find_first_of("\n #;"));
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(':'), value.size());
    std::string_view file = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    while (file.starts_with('"') || file.starts_with('\'')) file.remove_prefix(1);
    while (file.ends_with('"') || file.ends_with('\'')) file.remove_suffix(1);
    if (file.find('/') != file.npos || !is_a_common_name(file)) return true;
  }
  return false;
}

}  // namespace composelint
