#include "analyzer/signs/data/first_setup.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

namespace {

// `reinstall-module.sh`, `re-init.sh`: there is something already. Not `pre-install.sh`.
bool is_once_more(std::string_view name, std::size_t at) {
  std::string_view before = name.substr(0, at);
  if (before.ends_with('-') || before.ends_with('_')) before.remove_suffix(1);
  if (!before.ends_with("re")) return false;
  before.remove_suffix(2);
  return before.empty() || before.back() < 'a' || before.back() > 'z';
}

// `install.sh`, `docker/setup.sh`, `quick-start.sh`; not `install-or-update.sh`, nor
// `reinstall.sh`.
bool names_first_setup(std::string_view called) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "install", "setup", "set-up", "bootstrap", "init", "provision", "quickstart", "quick-start"};
  static constexpr std::array<std::string_view, 5> kLater = {"uninstall", "update", "upgrade",
                                                             "deploy", "restore"};
  const std::string name = lower_case(called);
  const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  const auto once = [&](std::string_view word) {
    const std::size_t at = name.find(word);
    return at != std::string::npos && !is_once_more(name, at);
  };
  return std::any_of(kWords.begin(), kWords.end(), once) &&
         std::none_of(kLater.begin(), kLater.end(), has);
}

}  // namespace

bool is_first_setup(const SourceFile* file) {
  return file != nullptr && names_first_setup(file_name(file->path()));
}

bool is_chosen_setup(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return branch.kind == BranchKind::kCase && way.arm < branch.patterns.size() &&
           branch.patterns[way.arm].file != nullptr &&
           names_first_setup(branch.patterns[way.arm].text());
  });
}

bool is_of_first_setup(const Step& step) {
  return is_first_setup(step.span.file) ||
         (!step.called_from.empty() && is_first_setup(step.called_from.front().file));
}

}  // namespace composelint
