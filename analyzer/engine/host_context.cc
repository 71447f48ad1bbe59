// What the kind of a file tells of where its tasks belong.
#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context.h"
#include "analyzer/engine/context_words.h"
#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

using hosts::HostKind;

bool names_any(const std::vector<std::string>& words, std::span<const std::string_view> of) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(of.begin(), of.end(), word) != of.end();
  });
}

// What a task of `file` upgrades is what the project is built from, and nothing in use.
bool upgrades_dependencies(const std::vector<std::string>& words, std::string_view file) {
  static constexpr std::array<std::string_view, 11> kBuiltFrom = {
      "dep",      "deps", "dependencies", "dependency",   "lock", "npm",
      "packages", "pip",  "requirement",  "requirements", "yarn"};
  return names_any(words, kBuiltFrom) || names_any(words_of(file), kBuiltFrom);
}

// `deploy-dev` is a developer's, `test-backup` a test.
bool names_operations(std::string_view name, std::string_view file) {
  if (cue_in(name, "")) return false;
  std::vector<std::string> words = words_of(name);
  if (upgrades_dependencies(words, file)) std::erase(words, "upgrade");
  return names_work_in_use(words);
}

// "Restore local database from staging backups": the help of a recipe of make or just.
bool is_told_for_a_developers_data(const ContextQuestion& question) {
  static constexpr std::array<std::string_view, 5> kSays = {
      "dev database", "development database", "local database", "local db", "local dev"};
  for (const Step& step : question.timeline.steps) {
    const Recipe recipe = recipe_of(step);
    if (recipe.name != question.task->name) continue;
    const std::string help = lower_case(recipe.help);
    const bool restores =
        help.find("restore") != std::string::npos && help.find("backup of") == std::string::npos;
    return restores && std::any_of(kSays.begin(), kSays.end(), [&](std::string_view each) {
             return help.find(each) != std::string::npos;
           });
  }
  return false;
}

// `build-prod` of GitHub on a machine that GitHub lends for it: it tries what production is made
// of.
bool tries_production(const ContextQuestion& question) {
  const bool of_github = question.kind == HostKind::kGithubWorkflow;
  if (!of_github || acts_elsewhere(question) || !question.task->new_machine) return false;
  std::vector<std::string> words = words_of(question.task->name);
  std::erase_if(words, [](const std::string& word) { return names_production(word); });
  return !names_work_in_use(words) && !names_work_in_use(words_of(text::name_of(question.path)));
}

ContextCue of_integration(const ContextQuestion& question) {
  const std::string& name = question.task->name;
  if (tries_production(question)) return {Context::kCi, "continuous integration"};
  if (names_operations(name, text::name_of(question.path))) return {Context::kOps, "job " + name};
  const bool tests = names_tests(name) || names_tests(text::name_of(question.path));
  if (!tests && acts_elsewhere(question)) {
    return {Context::kOps, "it acts on another machine"};
  }
  return {Context::kCi, "continuous integration"};
}

}  // namespace

std::optional<ContextCue> context_of_host(const ContextQuestion& question) {
  if (question.task == nullptr) return std::nullopt;
  const hosts::Task& task = *question.task;
  if (task.context) return ContextCue{*task.context, task.context_cue};
  switch (question.kind) {
    case HostKind::kMarkdown: return ContextCue{Context::kDocs, "documentation"};
    case HostKind::kCrontab: return ContextCue{Context::kOps, "crontab"};
    case HostKind::kSystemd: return ContextCue{Context::kOps, "systemd unit"};
    case HostKind::kGithubWorkflow:
    case HostKind::kGithubAction:
    case HostKind::kGitlabCi:
    case HostKind::kCircleCi:
    case HostKind::kWoodpecker:
    case HostKind::kDrone:
    case HostKind::kBitbucket:
    case HostKind::kAzure:
    case HostKind::kTravis: return of_integration(question);
    case HostKind::kMakefile:
    case HostKind::kJustfile:
    case HostKind::kTaskfile:
    case HostKind::kPackageJson:
    case HostKind::kMise:
    case HostKind::kPreCommit:
      if (auto cue = cue_in(text::name_of(question.path), "file name");
          cue && cue->context == Context::kCi) {
        return cue;
      }
      // `init-prod-data` of a file named for tests copies what is in use, and touches it not.
      if (is_told_for_a_developers_data(question)) {
        return ContextCue{Context::kDev, "the help of task " + task.name};
      }
      if (names_operations(task.name, "") && !cue_in(text::name_of(question.path), "") &&
          !keeps_a_developers_own(question, task.name)) {
        return ContextCue{Context::kOps, "task " + task.name};
      }
      return cue_in(task.name, "task");
    default: return std::nullopt;
  }
}

ContextCue context_without_cue(HostKind kind) {
  switch (kind) {
    case HostKind::kMakefile:
    case HostKind::kJustfile:
    case HostKind::kTaskfile:
    case HostKind::kPackageJson:
    case HostKind::kMise:
    case HostKind::kPreCommit: return {Context::kDev, "a developer's task runner"};
    default: return {Context::kOps, "no cue of development or tests", true};
  }
}

}  // namespace composelint::engine
