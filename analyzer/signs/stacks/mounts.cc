#include "analyzer/signs/stacks/mounts.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

bool lies_below(std::string_view path, std::string_view root) {
  while (root.size() > 1 && root.ends_with('/')) root.remove_suffix(1);
  if (!path.starts_with(root)) return false;
  return root == "/" || path.size() == root.size() || path[root.size()] == '/';
}

bool may_be_mounted(const Service& service, const ComposeInvocation& call, std::string_view path) {
  for (const Mount& mount : service.mounts) {
    if (!mount.known || lies_below(path, mount.target)) return true;
  }
  for (const OptionUse& use : call.options) {
    if (use.name != "--volume") continue;
    if (!use.value || !use.value->known()) return true;
    const std::string& text = use.value->text;  // SOURCE:TARGET[:MODE], TARGET
    std::string_view target = text;
    if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
      target.remove_prefix(colon + 1);
      target = target.substr(0, target.find(':'));
    }
    if (lies_below(path, target)) return true;
  }
  return false;
}

}  // namespace composelint
