// Whether a script is about tests, by the commands that it runs.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// RAILS_ENV=development, -e NODE_ENV=test, --env=dev, the database shop_development.
bool sets_development(std::string_view word) {
  if (word.ends_with("_development")) return true;
  const std::size_t equals = word.find("=");
  if (equals == std::string_view::npos) return false;
  const std::string_view name = word.substr(0, equals);
  const std::string_view value = word.substr(equals + 1);
  if (name.find("_ENV") == std::string_view::npos && name != "--env") return false;
  return value == "development" || value == "dev" || value == "test" || value == "local";
}

std::string told_by_word(const std::string& word) {
  return (word.ends_with("_development") ? "it names " : "it sets ") + word;
}

// `exec app sh -c "bin/console doctrine:fixtures:load --env=dev"`
std::string set_inside(const Step& step) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const auto shell = inner ? shell_script_in(*inner->words) : std::nullopt;
  if (!shell) return "";
  for (const std::string_view word : words_of_script((*inner->words)[shell->at].text)) {
    if (sets_development(word)) return std::string(word);
  }
  return "";
}

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_a_runner(const Argument& word) {
  static constexpr std::array<std::string_view, 8> kRunners = {
      "pytest", "tox", "phpunit", "rspec", "jest", "bats", "cypress", "playwright"};
  return one_of(text::name_of(word.text), kRunners);
}

// `pip install pytest`, `npx playwright install`, `command -v jest`: the runner is put there or
// looked for, and nothing is tested.
bool only_brings(const std::vector<Argument>& argv, std::size_t runner) {
  static constexpr std::array<std::string_view, 7> kBefore = {
      "add", "get", "i", "install", "remove", "require", "uninstall"};
  static constexpr std::array<std::string_view, 3> kBehind = {"install", "install-deps",
                                                              "uninstall"};
  static constexpr std::array<std::string_view, 6> kLook = {"command", "echo", "hash",
                                                            "printf",  "type", "which"};
  if (runner > 0 && one_of(text::name_of(argv[0].text), kLook)) return true;
  if (runner + 1 < argv.size() && one_of(argv[runner + 1].text, kBehind)) return true;
  return std::any_of(argv.begin(), argv.begin() + static_cast<std::ptrdiff_t>(runner),
                     [](const Argument& word) { return one_of(word.text, kBefore); });
}

// `npm run test`, `yarn test:unit`, `go test`
bool runs_task_of_tests(const std::vector<Argument>& argv) {
  static constexpr std::array<std::string_view, 10> kHaveTests = {
      "npm", "yarn", "pnpm", "bun", "go", "cargo", "dotnet", "mvn", "gradle", "composer"};
  if (argv.size() < 2 || !one_of(text::name_of(argv[0].text), kHaveTests)) return false;
  const Argument& task = argv[1].is("run") && argv.size() > 2 ? argv[2] : argv[1];
  return task.is("test") || task.text.starts_with("test:");
}

bool runs_a_runner(const std::vector<Argument>& argv) {
  for (std::size_t i = 0; i < argv.size(); ++i) {
    if (is_a_runner(argv[i])) return !only_brings(argv, i);
  }
  return false;
}

}  // namespace

std::optional<ContextCue> test_commands(const ContextQuestion& question) {
  const bool in_use = names_work_in_use(words_of(text::name_of(question.path)));
  for (const Step& step : question.timeline.steps) {
    for (const Argument& word : step.argv) {
      if (sets_development(word.text)) return ContextCue{Context::kDev, told_by_word(word.text)};
    }
    const std::vector<Argument>& argv = step.call ? step.call->inner : step.argv;
    if (const std::string set = set_inside(step); !set.empty()) {
      return ContextCue{Context::kDev, told_by_word(set)};
    }
    // A deployment tests before it deploys, by itself or by a script that it calls.
    const bool own = step.span.file == question.timeline.file;
    const bool tests =
        (!in_use && runs_task_of_tests(argv)) || ((!in_use || own) && runs_a_runner(argv));
    if (tests) return ContextCue{Context::kCi, "it runs a test suite"};
  }
  return std::nullopt;
}

}  // namespace composelint::engine
