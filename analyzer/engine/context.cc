#include "analyzer/engine/context.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

struct WordCue {
  std::string_view word;
  Context context;
};

// Words of a path or file name, told apart by anything that is no letter. Continuous integration is
// looked for first, then development: `test-deploy.sh` tests, `deploy-dev.sh` is a developer's.
constexpr std::array<WordCue, 49> kWords = {{
    {"benchmark", Context::kCi},     {"benchmarks", Context::kCi},
    {"bitbucket", Context::kCi},     {"ci", Context::kCi},
    {"circleci", Context::kCi},      {"e", Context::kCi},
    {"github", Context::kCi},        {"gitlab", Context::kCi},
    {"integration", Context::kCi},   {"jenkins", Context::kCi},
    {"smoke", Context::kCi},         {"spec", Context::kCi},
    {"test", Context::kCi},          {"testing", Context::kCi},
    {"tests", Context::kCi},         {"travis", Context::kCi},
    {"clean", Context::kDev},        {"cleanup", Context::kDev},
    {"debug", Context::kDev},        {"demos", Context::kDev},
    {"destroy", Context::kDev},      {"dev", Context::kDev},
    {"develop", Context::kDev},      {"development", Context::kDev},
    {"devel", Context::kDev},        {"example", Context::kDev},
    {"examples", Context::kDev},     {"hack", Context::kDev},
    {"local", Context::kDev},        {"localhost", Context::kDev},
    {"nuke", Context::kDev},         {"playground", Context::kDev},
    {"purge", Context::kDev},        {"quickstart", Context::kDev},
    {"reset", Context::kDev},        {"sample", Context::kDev},
    {"samples", Context::kDev},      {"sandbox", Context::kDev},
    {"seed", Context::kDev},         {"teardown", Context::kDev},
    {"tutorial", Context::kDev},     {"tutorials", Context::kDev},
    {"uninstall", Context::kDev},    {"wipe", Context::kDev},
    {"workshop", Context::kDev},     {"devcontainer", Context::kDev},
    {"devstack", Context::kDev},     {"provision", Context::kDev},
    {"provisioning", Context::kDev},
}};

// Words of what a script does, not of where: a developer's, unless an operator is asked.
bool is_a_task(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kTasks = {
      "clean", "cleanup", "destroy",  "nuke",      "purge",
      "reset", "seed",    "teardown", "uninstall", "wipe"};
  return std::find(kTasks.begin(), kTasks.end(), word) != kTasks.end();
}

// Files and projects that a call of the script names.
std::optional<ContextCue> cue_of_production(const Timeline& timeline) {
  for (const Step& step : timeline.steps) {
    if (!step.call) continue;
    for (const OptionUse& use : step.call->global_options) {
      const bool tells = use.name == "--file" || use.name == "--env-file" ||
                         use.name == "--project-name" || use.name == "--profile";
      if (tells && use.value && names_production(text::name_of(use.value->text))) {
        return ContextCue{Context::kOps, "a call with " + use.name + " " + use.value->text};
      }
    }
  }
  return std::nullopt;
}

bool asks_the_operator(const Timeline& timeline) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(),
                     [](const Step& step) { return step.asks; });
}

// An operator is at the terminal, or the work is done elsewhere.
std::optional<ContextCue> cue_of_operator(const Timeline& timeline) {
  for (const Step& step : timeline.steps) {
    if (step.place == Place::kRemote)
      return ContextCue{Context::kOps, "it acts on another machine"};
  }
  if (asks_the_operator(timeline)) return ContextCue{Context::kOps, "it asks the operator"};
  return std::nullopt;
}

// Every file that a call of the script names is a developer's or a test's.
std::optional<ContextCue> cue_in_files(const Timeline& timeline) {
  std::optional<ContextCue> found;
  for (const Step& step : timeline.steps) {
    // What a script that it calls names is that one's business.
    if (!step.call || step.call->span.file != timeline.file) continue;
    bool cued = false;
    for (const OptionUse& use : step.call->global_options) {
      if (use.name != "--file" || !use.value || !use.value->known()) continue;
      const auto cue = cue_in(use.value->text, "compose file");
      if (!cue) continue;
      cued = true;
      found = cue;
    }
    if (!cued) return std::nullopt;
  }
  return found;
}

// RAILS_ENV=development, -e NODE_ENV=test.
bool sets_development(std::string_view word) {
  const std::size_t equals = word.find("=");
  if (equals == std::string_view::npos) return false;
  const std::string_view name = word.substr(0, equals);
  const std::string_view value = word.substr(equals + 1);
  if (name.find("_ENV") == std::string_view::npos) return false;
  return value == "development" || value == "dev" || value == "test" || value == "local";
}

// A script that runs a test suite is about tests, whatever its name.
std::optional<ContextCue> cue_in_commands(const Timeline& timeline) {
  static constexpr std::array<std::string_view, 8> kRunners = {
      "pytest", "tox", "phpunit", "rspec", "jest", "bats", "cypress", "playwright"};
  const auto runs_tests = [&](const std::vector<Argument>& argv) {
    return std::any_of(argv.begin(), argv.end(), [&](const Argument& word) {
      const std::string_view name = std::string_view(word.text).substr(word.text.rfind('/') + 1);
      return std::find(kRunners.begin(), kRunners.end(), name) != kRunners.end();
    });
  };
  for (const Step& step : timeline.steps) {
    for (const Argument& word : step.argv) {
      if (sets_development(word.text)) return ContextCue{Context::kDev, "it sets " + word.text};
    }
    const std::vector<Argument>& argv = step.call ? step.call->inner : step.argv;
    if (runs_tests(argv)) return ContextCue{Context::kCi, "it runs a test suite"};
  }
  return std::nullopt;
}

// A script of many commands, some of which only developers have: `case "$1" in lint)`, functions
// that its arguments name.
std::optional<ContextCue> cue_in_branches(const Timeline& timeline) {
  static constexpr std::array<std::string_view, 9> kDevelopers = {
      "coverage", "fmt",  "format",    "lint",     "makemigrations",
      "pytest",   "test", "storybook", "typecheck"};
  std::vector<std::string> found;
  for (const Branch& branch : timeline.branches) {
    std::vector<std::string> words;
    if (branch.kind == BranchKind::kUncalled) words = words_of(branch.name);
    for (const Span& pattern : branch.patterns) {
      for (std::string& word : words_of(pattern.text())) words.push_back(std::move(word));
    }
    if (names_work_in_use(words)) return std::nullopt;
    for (std::string& word : words) {
      const bool known =
          std::find(kDevelopers.begin(), kDevelopers.end(), word) != kDevelopers.end();
      if (known && std::find(found.begin(), found.end(), word) == found.end()) {
        found.push_back(std::move(word));
      }
    }
  }
  if (found.size() < 2) return std::nullopt;
  return ContextCue{Context::kDev, "its commands " + found[0] + " and " + found[1]};
}

}  // namespace

std::optional<ContextCue> cue_in(std::string_view text, std::string_view kind, Words counted) {
  std::vector<std::string> words = words_of(text);
  // usr/local/bin is nobody's local machine.
  if (text.find("usr/local") != std::string_view::npos) std::erase(words, "local");
  for (const Context wanted : {Context::kCi, Context::kDev}) {
    for (const WordCue& cue : kWords) {
      // "e2e" is the one word with a digit inside.
      const bool there = cue.word == "e"
                             ? text.find("e2e") != std::string_view::npos
                             : std::find(words.begin(), words.end(), cue.word) != words.end();
      if (counted == Words::kOfPlace && is_a_task(cue.word)) continue;
      if (cue.context == wanted && there) {
        return ContextCue{wanted, std::string(kind) + " " + std::string(text)};
      }
    }
  }
  return std::nullopt;
}

bool names_production(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kInUse = {"live", "prd", "prod", "production",
                                                             "staging"};
  const std::vector<std::string> words = words_of(text);
  return std::any_of(kInUse.begin(), kInUse.end(), [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  });
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::optional<ContextCue> cue_in_path(std::string_view path, Words counted) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (auto cue = cue_in(name, "file name", counted)) return cue;
  if (slash == std::string_view::npos) return std::nullopt;
  return cue_in(path.substr(0, slash), "directory", counted);
}

ContextCue context_of(const ContextQuestion& question) {
  if (auto cue = context_of_host(question)) return *cue;
  const Timeline& timeline = question.timeline;
  const Words counted = asks_the_operator(timeline) ? Words::kOfPlace : Words::kAll;
  if (auto cue = cue_in_path(question.path, counted)) return *cue;
  if (auto cue = cue_of_production(timeline)) return *cue;
  // `deploy-production.sh` is what it says, whatever its compose file is called.
  const std::string_view name = text::name_of(question.path);
  if (names_production(name)) {
    return ContextCue{Context::kOps, "file name " + std::string(name)};
  }
  if (auto cue = cue_in_files(timeline)) return *cue;
  if (auto cue = cue_in_commands(timeline)) return *cue;
  if (auto cue = cue_of_operator(timeline)) return *cue;
  if (auto cue = cue_in_branches(timeline)) return *cue;
  return context_without_cue(question.kind);
}

}  // namespace composelint::engine
