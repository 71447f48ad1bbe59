#include "analyzer/signs/stacks/fresh_machine.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

bool installs_the_engine(const Step& step) {
  static constexpr std::array<std::string_view, 4> kPackages = {"docker", "docker-ce",
                                                                "docker-engine", "docker.io"};
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

}  // namespace

bool has_installed_the_engine(const Timeline& timeline, const Step& step) {
  const std::size_t here = index_of(timeline, step);
  for (std::size_t i = 0; i < here; ++i) {
    const Step& other = timeline.steps[i];
    if (installs_the_engine(other) && same_place(other, step) &&
        timeline.reach(i, here) == Reach::kAlways) {
      return true;
    }
  }
  return false;
}

}  // namespace composelint
