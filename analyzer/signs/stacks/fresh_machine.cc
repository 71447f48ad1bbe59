#include "analyzer/signs/stacks/fresh_machine.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool installs_the_engine(const Step& step) {
  static constexpr std::array<std::string_view, 4> kPackages = {"docker", "docker-ce",
                                                                "docker-engine", "docker.io"};
  // To `pip` and `npm`, "docker" is a library.
  static constexpr std::array<std::string_view, 7> kManagers = {
      "apt", "apt-get", "dnf", "microdnf", "snap", "yum", "zypper"};
  if (std::find(kManagers.begin(), kManagers.end(), program_name(step)) == kManagers.end()) {
    return false;
  }
  if (step.launcher != Launcher::kNone || step.argv.empty()) return false;
  const auto has = [&](const auto& wanted) {
    return std::any_of(step.argv.begin() + 1, step.argv.end(), wanted);
  };
  return has([](const Argument& word) { return word.is("install"); }) &&
         has([&](const Argument& word) {
           const std::string_view text = word.text;
           const std::string_view name = text.substr(0, text.find('='));
           return word.known() &&
                  std::find(kPackages.begin(), kPackages.end(), name) != kPackages.end();
         });
}

// There is something to renew or to end: the script has been here before.
bool finds_a_release(const Step& step) {
  if (step.call) return step.call->is("down") || step.call->is("stop") || step.call->is("restart");
  return program_name(step) == "git" && step.argv.size() > 1 &&
         std::any_of(step.argv.begin() + 1, step.argv.end(),
                     [](const Argument& word) { return word.is("pull"); });
}

}  // namespace

bool has_installed_the_engine(const Timeline& timeline, const Step& step) {
  const std::size_t here = index_of(timeline, step);
  bool installed = false;
  for (std::size_t i = 0; i < here; ++i) {
    const Step& other = timeline.steps[i];
    if (!same_place(other, step)) continue;
    if (finds_a_release(other)) return false;
    installed =
        installed || (installs_the_engine(other) && timeline.reach(i, here) == Reach::kAlways);
  }
  return installed;
}

}  // namespace composelint
