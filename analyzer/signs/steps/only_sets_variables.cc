#include "analyzer/signs/steps/only_sets_variables.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

bool only_sets_variables(const Step& step) {
  // Programs whose manual says to evaluate what they print: addresses of agents and engines, paths.
  static constexpr std::array<std::string_view, 10> kPrinters = {
      "$(brew)",     "$(direnv)", "$(docker-machine)", "$(fnm)",   "$(keychain)",
      "$(minikube)", "$(mise)",   "$(opam)",           "$(pyenv)", "$(ssh-agent)"};
  // A text in quotes is a command of its own by now.
  const bool plain = step.argv.size() == 2 && step.argv.front().is("eval");
  if (!plain && step.argv.size() != 1) return false;
  const Argument& text = step.argv.back();
  return text.text.empty() && text.holes.size() == 1 &&
         std::find(kPrinters.begin(), kPrinters.end(), text.holes.front().name) != kPrinters.end();
}

}  // namespace composelint
