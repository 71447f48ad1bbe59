#include "analyzer/engine/task_facts.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "analyzer/engine/context_words.h"

namespace composelint::engine {

namespace {

// A docker client of the file may speak to an engine on another machine.
bool reaches_elsewhere(const SourceFile& file) {
  static constexpr std::array<std::string_view, 4> kSigns = {"DOCKER_HOST", "docker context",
                                                             "docker-machine", "ssh://"};
  return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
    return file.bytes().find(sign) != std::string_view::npos;
  });
}

// `prune` that calls `prune:dev` and `prune:prod`: each call is for the files that it names.
std::vector<std::optional<Context>> of_developers_calls(const std::vector<Step>& steps) {
  std::vector<std::optional<Context>> out(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].call || cue_of_production(*steps[i].call)) continue;
    if (const auto cue = cue_of_files(*steps[i].call)) out[i] = cue->context;
  }
  return out;
}

// What `[ … ]` compares or looks at, in words of the shell without their quotes.
std::vector<std::string> words_of_test(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::string_view(" \t\n[];").find(c) != std::string_view::npos) {
      if (!words.back().empty()) words.emplace_back();
    } else if (std::string_view("\"'{}").find(c) == std::string_view::npos) {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  if (!words.empty() && words.front() == "test") words.erase(words.begin());
  return words;
}

bool is_of_developers(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kWords = {"dev", "develop", "development",
                                                             "local"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::vector<std::string_view> words_of_arm(const Branch& branch, std::size_t arm) {
  std::vector<std::string_view> words;
  if (arm >= branch.patterns.size() || branch.patterns[arm].file == nullptr) return words;
  std::string_view patterns = branch.patterns[arm].text();
  while (!patterns.empty()) {
    const std::size_t end = std::min(patterns.find_first_of("|) \t\"'("), patterns.size());
    if (end > 0) words.push_back(patterns.substr(0, end));
    patterns.remove_prefix(std::min(end + 1, patterns.size()));
  }
  return words;
}

// `case "$STORAGE" in local)` is of a disk; `$APP_ENV`, `$1`, or arms beside it that name other
// environments, tell that it is one.
bool asks_for_an_environment(const Branch& branch) {
  static constexpr std::array<std::string_view, 4> kOthers = {"prod", "production", "stage",
                                                              "staging"};
  const std::string subject =
      lower_case(branch.condition.file != nullptr ? branch.condition.text() : std::string_view());
  if (subject.find("env") != subject.npos || subject.find("stage") != subject.npos ||
      subject.find("$1") != subject.npos || subject.find("${1") != subject.npos) {
    return true;
  }
  for (std::size_t arm = 0; arm < branch.patterns.size(); ++arm) {
    for (const std::string_view word : words_of_arm(branch, arm)) {
      const bool other = std::find(kOthers.begin(), kOthers.end(), word) != kOthers.end();
      if (other || (word != "local" && is_of_developers(word))) return true;
    }
  }
  return false;
}

// `dev|local)`: no other word leads there.
bool is_arm_of_developers(const Branch& branch, std::size_t arm) {
  const std::vector<std::string_view> words = words_of_arm(branch, arm);
  return !words.empty() && std::all_of(words.begin(), words.end(), is_of_developers) &&
         asks_for_an_environment(branch);
}

// `[ "$GITHUB_ACTIONS" == true ]`, `[ -n "$CI" ]`, `[ "$profile" = dev ]`: where that holds.
std::optional<Context> context_of_test(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kServices = {
      "$CI", "$CIRCLECI", "$GITHUB_ACTIONS", "$GITLAB_CI", "$TRAVIS"};
  const std::vector<std::string> words = words_of_test(text);
  const auto is_service = [&](std::string_view word) {
    word = word.substr(0, word.find(":-"));
    return std::find(kServices.begin(), kServices.end(), word) != kServices.end();
  };
  if (words.size() == 2 && words[0] == "-n" && is_service(words[1])) return Context::kCi;
  if (words.size() != 3 || (words[1] != "=" && words[1] != "==")) return std::nullopt;
  if (is_service(words[0])) {
    return words[2] == "true" || words[2] == "1" ? std::optional(Context::kCi) : std::nullopt;
  }
  const bool developers = words[0].starts_with('$') && is_of_developers(words[2]);
  return developers ? std::optional(Context::kDev) : std::nullopt;
}

// `start_dev`, `migrate-development`: what the function is called that was called.
bool is_call_of_developers(const Span& call) {
  if (call.file == nullptr) return false;
  const std::string_view text = call.text();
  const std::string_view name = text.substr(0, text.find_first_of(" \t\n;&|"));
  if (name.find('/') != name.npos) return false;
  const std::vector<std::string> words = words_of(name);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return word != "local" && is_of_developers(word);
  });
}

bool is_in_developers_function(const Timeline& timeline, const Step& step) {
  return std::any_of(step.called_from.begin(), step.called_from.end(), is_call_of_developers) ||
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           const Branch& branch = timeline.branches[way.branch];
           const std::vector<std::string> words = words_of(branch.name);
           return branch.kind == BranchKind::kUncalled &&
                  std::any_of(words.begin(), words.end(), [](const std::string& word) {
                    return word != "local" && is_of_developers(word);
                  });
         });
}

// Steps on a way that only a CI service takes, or a developer.
void tell_branches(const Timeline& timeline, std::vector<std::optional<Context>>& out) {
  std::vector<std::optional<Context>> told;
  for (const Branch& branch : timeline.branches) {
    const bool tests = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd;
    told.push_back(tests && branch.condition.file != nullptr
                       ? context_of_test(branch.condition.text())
                       : std::nullopt);
  }
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    for (const Condition& way : timeline.steps[i].conditions) {
      const Branch& branch = timeline.branches[way.branch];
      const bool developers =
          branch.kind == BranchKind::kCase && is_arm_of_developers(branch, way.arm);
      if (!developers && (way.arm != 0 || !told[way.branch])) continue;
      out.resize(timeline.steps.size());
      out[i] = developers ? Context::kDev : *told[way.branch];
    }
    const Step& step = timeline.steps[i];
    if (step.call && cue_of_production(*step.call)) continue;
    if (!is_in_developers_function(timeline, step)) continue;
    out.resize(timeline.steps.size());
    if (!out[i]) out[i] = Context::kDev;
  }
}

}  // namespace

namespace {

// `set shell := ["pwsh", …]`: recipes of which none could be read.
Span shell_of_unread_recipes(const hosts::HostFile& file) {
  const std::string_view bytes = file.file->bytes();
  const std::size_t at = bytes.find("set shell");
  const bool read = std::any_of(file.tasks.begin(), file.tasks.end(),
                                [](const hosts::Task& task) { return !task.blocks.empty(); });
  if (file.kind != hosts::HostKind::kJustfile || at == bytes.npos || read) return {};
  const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
  return {file.file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

}  // namespace

void tell_troubles(const hosts::HostFile& file, Run& run) {
  const std::string_view bytes = file.file->bytes();
  const bool speaks = bytes.find("docker") != std::string_view::npos ||
                      bytes.find("compose") != std::string_view::npos;
  const bool needed =
      file.kind != hosts::HostKind::kMarkdown && file.kind != hosts::HostKind::kDockerfile;
  const Severity severity = speaks && needed ? Severity::kError : Severity::kNote;
  for (const hosts::Trouble& lost : file.troubles) {
    run.notifications.push_back({severity, file.file->path(), lost.span, lost.message});
  }
  const Span shell = shell_of_unread_recipes(file);
  if (shell && speaks) {
    run.notifications.push_back({Severity::kWarning, file.file->path(), shell,
                                 "its recipes are not checked: they are for no POSIX shell"});
  }
}

TaskFacts task_facts(const ScriptFacts& facts, const hosts::Task& task,
                     const EvidenceSource& evidence) {
  TaskFacts out{&facts.timeline, facts.context.context, &evidence};
  const std::vector<Section>& sections = facts.timeline.sections;
  if (task.needed < sections.size()) out.first = sections[task.needed].first;
  if (facts.context.told) return out;
  const std::vector<Step>& steps = facts.timeline.steps;
  if (facts.context.by_call) out.less = of_developers_calls(steps);
  tell_branches(facts.timeline, out.less);
  if (!task.new_machine || reaches_elsewhere(*facts.file)) return out;
  // A machine that is made for the task: what is done there touches nothing in use.
  out.less.resize(steps.size());
  for (std::size_t i = 0; i < sections.size() && i < task.blocks.size(); ++i) {
    // What a shell on another machine runs there is followed as if it ran here.
    if (task.blocks[i]->place != Place::kHost) continue;
    const std::size_t end = i + 1 < sections.size() ? sections[i + 1].first : steps.size();
    for (std::size_t at = sections[i].first; at < end; ++at) {
      // The database that a release is migrated in may be anywhere.
      if (steps[at].place == Place::kHost && steps[at].effect != Effect::kMigrates) {
        out.less[at] = Context::kCi;
      }
    }
  }
  return out;
}

}  // namespace composelint::engine
