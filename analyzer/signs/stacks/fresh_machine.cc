#include "analyzer/signs/stacks/fresh_machine.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
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

// `curl -fsSL https://get.docker.com | sh`.
bool fetches_the_installer(const Step& step) {
  return step.launcher == Launcher::kNone && step.out.kind == StreamKind::kPipe &&
         std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
           return word.text.find("//get.docker.com") != std::string::npos;
         });
}

// Ends with an error where it has been done before: to a place that is written out, and that
// nothing has cleared.
bool clones(const Step& step, const Timeline& timeline) {
  if (step.argv.empty() || !step.argv.back().known()) return false;
  const bool cleared = last_before(timeline, step, [&](const Step& other) {
                         return other.effect_name == "rm -r" && same_place(other, step);
                       }) != nullptr;
  return !cleared && program_name(step) == "git" && step.argv.size() > 2 &&
         step.argv[1].is("clone") && step.status == StatusUse::kStops;
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
  bool installs = false;
  bool surely = false;
  bool cloned = false;
  for (std::size_t i = 0; i < here; ++i) {
    const Step& other = timeline.steps[i];
    if (!same_place(other, step)) continue;
    if (finds_a_release(other)) return false;
    const bool always = timeline.reach(i, here) == Reach::kAlways;
    if (installs_the_engine(other) || fetches_the_installer(other)) {
      installs = true;
      surely = surely || always;
    }
    cloned = cloned || (clones(other, timeline) && always);
  }
  return surely || (installs && cloned);
}

}  // namespace composelint
