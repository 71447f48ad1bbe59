#include "analyzer/signs/data/kept_store.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/mounts.h"

namespace composelint {

namespace {

// `--appendonly yes`, `--save 60 1`; not `--save ""`, which turns it off.
bool says_to_write(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += " " + word;
  for (const std::string_view option : {" --appendonly ", " --save "}) {
    const std::size_t at = text.find(option);
    if (at == text.npos) continue;
    const std::size_t value = text.find_first_not_of(" '\"", at + option.size());
    if (value == text.npos) continue;
    const bool number = std::isdigit(static_cast<unsigned char>(text[value])) != 0;
    if (number || text.compare(value, 3, "yes") == 0) return true;
  }
  return false;
}

}  // namespace

bool is_told_to_write(const Service& service) {
  return service.command && says_to_write(service.command->value);
}

std::optional<DataDirectory> unkept_store_of(const Service& service) {
  static constexpr std::array<std::string_view, 3> kImages = {"keydb", "redis", "valkey"};
  static constexpr std::string_view kData = "/data";
  if (!service.image || !service.image->known || service.build || service.volumes_from ||
      service.entrypoint || !service.command || !service.command->known) {
    return std::nullopt;
  }
  const std::string_view image = service.image->value;
  const std::string_view name = file_name(image);
  const std::string_view bare = name.substr(0, name.find_first_of(":@"));
  if (image.find("bitnami") != image.npos ||
      std::find(kImages.begin(), kImages.end(), bare) == kImages.end()) {
    return std::nullopt;
  }
  const std::vector<std::string>& words = service.command->value;
  // A file of settings may name another folder.
  const bool elsewhere = std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return word.find("--dir") != word.npos || word.find(".conf") != word.npos;
  });
  if (elsewhere || !says_to_write(words)) return std::nullopt;
  DataDirectory data{std::string(kData), std::string(kData)};
  const auto holds = [&](std::string_view target) {
    return lies_below(kData, target) || lies_below(target, kData);
  };
  if (std::any_of(service.tmpfs.begin(), service.tmpfs.end(), holds)) return std::nullopt;
  for (const Mount& mount : service.mounts) {
    if (!mount.known) return std::nullopt;
    if (!holds(mount.target)) continue;
    if (mount.type != "volume" || !mount.source.empty()) return std::nullopt;
    data.mount = &mount;
  }
  return data;
}

}  // namespace composelint
