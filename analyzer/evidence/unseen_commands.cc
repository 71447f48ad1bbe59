#include "analyzer/evidence/unseen_commands.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/knowledge/interpreters.h"
#include "analyzer/signs/steps/only_sets_variables.h"
#include "analyzer/text/path.h"

namespace composelint::evidence {

namespace {

// `make build`, `npm ci`, `test:unit`: by these names nobody takes backups or looks at stacks.
bool harmless_target(std::string_view target) {
  static constexpr std::array<std::string_view, 22> kTargets = {
      "all",  "assets", "build",  "ci",       "clean",     "codegen", "compile", "coverage",
      "deps", "down",   "format", "generate", "images",    "install", "lint",    "prettier",
      "pull", "start",  "stop",   "test",     "typecheck", "up"};
  target = target.substr(0, target.find(':'));
  return std::find(kTargets.begin(), kTargets.end(), target) != kTargets.end();
}

// `source "$ENV_FILE"`, also where a function gets it as its argument.
bool is_named_for_variables(const Argument& word) {
  const auto says = [](std::string_view text) {
    return lower_case(text).find("env") != std::string::npos;
  };
  // `"$ENVIRONMENT/lib/deploy.sh"` is a script in a folder of that name.
  if (word.text.find('/') != std::string::npos) return says(text::name_of(word.text));
  return says(word.span.text()) || std::any_of(word.holes.begin(), word.holes.end(),
                                               [&](const Hole& hole) { return says(hole.name); });
}

// `source /etc/shop/settings`, `. "$HOME/.restic"`: by its place or its name a file of values.
bool is_no_script(const Argument& word) {
  static constexpr std::array<std::string_view, 8> kSays = {
      "conf", "credential", "default", "param", "secret", "setting", "values", "vars"};
  static constexpr std::array<std::string_view, 5> kWorks = {"backup", "bash", "dump", "func",
                                                             "script"};
  const std::string name = lower_case(text::name_of(word.text));
  const std::size_t begin = word.text.size() - name.size();
  const bool open = std::any_of(word.holes.begin(), word.holes.end(),
                                [&](const Hole& hole) { return hole.at >= begin; });
  if (open || word.splits || begin == 0 || name.empty() || name.ends_with(".sh")) return false;
  const auto speaks_of = [&](const auto& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view say) { return name.find(say) != std::string::npos; });
  };
  if (speaks_of(kWorks)) return false;
  return name.front() == '.' || word.text.starts_with("/etc/") || speaks_of(kSays);
}

}  // namespace

bool runs_unseen_commands(const Step& step) {
  if (step.argv.empty() || step.call || step.followed) return false;
  if (only_sets_variables(step)) return false;
  static constexpr std::array<std::string_view, 11> kRunners = {
      "bash", "sh", "source", ".", "make", "just", "task", "eval", "npm", "yarn", "pnpm"};
  const Argument& first = step.argv.front();
  if (!first.known()) return true;  // `"$@"`, `$CMD`, `"$DIR/backup"`
  const std::string_view name = text::name_of(first.text);
  for (const std::string_view runner : kRunners) {
    if (name != runner) continue;
    // `yarn workspace api run test`, `make -C web build`: the name behind the options decides.
    if (const auto script = knowledge::named_script(step.argv)) {
      return !harmless_target(step.argv[script->at].text);
    }
    for (const Argument& word : std::span(step.argv).subspan(1)) {
      if (word.text.starts_with('-') || word.text == "run") continue;
      // `source .env` sets variables.
      if (text::name_of(word.text).find("env") != std::string_view::npos) return false;
      if ((name == "source" || name == ".") && (is_named_for_variables(word) || is_no_script(word)))
        return false;
      if (!word.known()) return true;
      return !harmless_target(word.text);
    }
    return name != "npm" && name != "yarn" && name != "pnpm";
  }
  const bool system = first.text.starts_with("/usr/") || first.text.starts_with("/bin/");
  return first.text.find('/') != std::string::npos && !system;
}

}  // namespace composelint::evidence
